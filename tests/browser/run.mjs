// Runs every *.test.mjs of this folder, one test after the other, or those whose name contains an argument.
import { readdirSync } from "node:fs";
import { closeBrowser, openBrowser } from "./harness.mjs";

const folder = new URL(".", import.meta.url);
const wanted = process.argv[2] ?? "";
let passed = 0, failed = 0;
await openBrowser();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort()) {
  const { tests } = await import(new URL(file, folder));
  for (const [name, run] of Object.entries(tests)) {
    if (!`${file} ${name}`.includes(wanted)) continue;
    try {
      await run();
      passed++;
      console.log(`ok      ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${file}: ${name}\n${error.stack}`);
    }
  }
}
await closeBrowser();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
