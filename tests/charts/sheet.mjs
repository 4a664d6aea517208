// All charts of the made-up studies (studies.mjs), measured (measure.mjs) and, if wanted, as pictures to look at: as
// printed, 16 cm wide, with the default theme and one of larger letters, and in the report on a telephone.
//
//   node sheet.mjs FOLDER [--most N] [--default-theme] [--pictures]     N answers at most (100 000), not with the second
//                                                     theme; prints what is wrong, exit 1 if any
//
// BIN names the folder of the programs.
import { execFile } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { bin, closeBrowser, openBrowser, visit } from "../browser/harness.mjs";
import { measure, measurePhone } from "./measure.mjs";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const [folder, ...options] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node sheet.mjs FOLDER [--most N] [--default-theme] [--pictures]");
  process.exit(2);
}
const most = options.includes("--most") ? options[options.indexOf("--most") + 1] : "100000";
const wanted = options.includes("--pictures");

// Of each study: how its report, or the comparison with its earlier wave, is asked for.
const serif = ["--chart-theme", join(here, "serif.theme")];
const jobs = [
  { name: "region", options: ["--language", "en"] },
  { name: "lengthy" },
  { name: "lengthy", as: "lengthy-serif", options: [...serif, "--likert", "diverging"] },
  { name: "staff" },
  { name: "staff", as: "staff-serif", options: [...serif, "--likert", "diverging", "--language", "en"] },
  { name: "meeting", options: ["--minimum-cell", "2"] },
  { name: "meeting", as: "meeting-serif", options: ["--minimum-cell", "2", ...serif] },
  { name: "single", options: ["--minimum-cell", "1"] },
  { name: "census" },
  { name: "region", as: "region-compared", compared: true },
  { name: "lengthy", as: "lengthy-compared", compared: true },
  { name: "lengthy", as: "lengthy-compared-serif", compared: true, options: serif },
  { name: "staff", as: "staff-compared", compared: true },
  { name: "meeting", as: "meeting-compared", compared: true, options: ["--minimum-cell", "2"] },
  { name: "census", as: "census-compared", compared: true },
].map((job) => ({ as: job.name, options: [], ...job }))
  .filter((job) => !options.includes("--default-theme") || !job.options.includes("--chart-theme"));
const place = (...names) => join(resolve(folder), ...names);

async function makeStore(name, earlier) {
  const path = place(`${name}${earlier}.db`);
  rmSync(path, { force: true });
  await run(join(bin, "survey"), ["import", place(`${name}.yaml`), place(`${name}${earlier}.csv`), "--store", path]);
  if (!earlier) await run("sqlite3", [path, readFileSync(place(`${name}.sql`), "utf8")]);
}

function work(job) {
  const of = job.compared ? ["compare", place(`${job.name}-before.db`), place(`${job.name}.db`)]
    : ["report", place(`${job.name}.yaml`), "--store", place(`${job.name}.db`)];
  return run(join(bin, "analysis"), [...of, "-o", place(job.as), "--format", "html", ...job.options]);
}

// Two at a time, the longest first.
async function inPairs(list, each) {
  const left = [...list];
  const next = async () => { while (left.length) await each(left.shift()); };
  await Promise.all([next(), next()]);
}

const charts = (job) => readdirSync(place(job.as, "charts")).filter((name) => name.endsWith(".svg")).sort();
const document = (job) => place(job.as, job.compared ? "comparison.html" : "report.html");

async function check(page, job) {
  const wrong = [];
  let smallest = Infinity, texts = 0;
  for (const name of charts(job)) {
    const found = await measure(page, readFileSync(place(job.as, "charts", name), "utf8"));
    wrong.push(...found.wrong.map((sentence) => `${job.as}/${name}: ${sentence}`));
    smallest = Math.min(smallest, found.smallest);
    texts += found.texts;
  }
  const phone = await visit(pathToFileURL(document(job)).href, { viewport: { width: 360, height: 740 } });
  wrong.push(...(await measurePhone(phone, smallest)).map((sentence) => `${job.as} at 360 px: ${sentence}`));
  await phone.context().close();
  return { wrong, texts, count: charts(job).length };
}

// A sheet of at most this many charts, each 16 cm wide, in two columns.
const ON_A_SHEET = 8;
async function drawSheets(job) {
  const page = await visit("about:blank", { viewport: { width: 1290, height: 800 }, deviceScaleFactor: 1.25 });
  const names = charts(job);
  for (let i = 0; i < names.length; i += ON_A_SHEET) {
    const pictures = names.slice(i, i + ON_A_SHEET).map((name) => {
      const source = readFileSync(place(job.as, "charts", name)).toString("base64");
      return `<figure><figcaption>${job.as}/${name}</figcaption><img src="data:image/svg+xml;base64,${source}"></figure>`;
    });
    await page.setContent(`<style>body { display: flex; gap: 16px; align-items: start; margin: 16px; background: #ddd; font: 11px monospace }
      figure { margin: 0 0 16px } img { width: 16cm; display: block; background: white }</style>
      <div>${pictures.filter((_, j) => j % 2 === 0).join("")}</div><div>${pictures.filter((_, j) => j % 2).join("")}</div>`);
    await page.screenshot({ path: place(`${job.as}-${1 + i / ON_A_SHEET}.png`), fullPage: true });
  }
  await page.context().close();
}

async function drawPhone(job) {
  const phone = await visit(pathToFileURL(document(job)).href, { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
  const figures = await phone.locator("figure").all();
  for (let i = 0; i < Math.min(figures.length, 4); i++) await figures[i].screenshot({ path: place(`${job.as}-phone-${i + 1}.png`) });
  await phone.context().close();
}

await run("node", [join(here, "studies.mjs"), resolve(folder), most]);
await inPairs(new Set(jobs.map((job) => job.name)), (name) => makeStore(name, ""));
await inPairs(new Set(jobs.filter((job) => job.compared).map((job) => job.name)), (name) => makeStore(name, "-before"));
await inPairs(jobs, work);
await openBrowser();
const page = await visit("about:blank");
let count = 0, texts = 0;
const wrong = [];
for (const job of jobs) {
  const found = await check(page, job);
  wrong.push(...found.wrong);
  count += found.count;
  texts += found.texts;
  if (wanted) await drawSheets(job);
  if (wanted && !job.as.includes("serif")) await drawPhone(job);
}
await closeBrowser();
for (const sentence of wrong) console.log(sentence);
console.log(`${count} charts with ${texts} texts, ${wrong.length ? `${wrong.length} things wrong` : "nothing wrong: passed"}${wanted ? `; pictures in ${folder}` : ""}`);
process.exitCode = wrong.length ? 1 : 0;
