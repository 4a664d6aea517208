// Runs the tests of every *.test.mjs of this folder, or those whose file and name contain an argument; three at a time,
// since most of a test is waiting for a browser.
import { readdirSync } from "node:fs";
import { closeBrowser, openBrowser } from "./harness.mjs";

const folder = new URL(".", import.meta.url);
const wanted = process.argv[2] ?? "";
const waiting = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort()) {
  const { tests } = await import(new URL(file, folder));
  for (const [name, run] of Object.entries(tests))
    if (`${file} ${name}`.includes(wanted)) waiting.push({ file, name, run });
}

let passed = 0, failed = 0;
async function work() {
  for (let test; (test = waiting.shift()); ) {
    const begun = Date.now();
    try {
      await test.run();
      passed++;
      console.log(`ok      ${test.name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${test.file}: ${test.name}\n${error.stack}`);
    }
  }
}
await openBrowser();
await Promise.all([work(), work(), work()]);
await closeBrowser();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
