// Goal: the report is one accessible file that asks nothing of anybody else, on screen and on paper, and what
// an answer says cannot become part of it.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, allTypes, assert, bin, equal, scratch, visit } from "./harness.mjs";

const header = "service,tasks,tasks_specify,overall,method_pace,method_tools,hours,since,priorities,safety," +
  "remark,channel,language,sheet";
const payload = "<script>document.title='taken'</script>**bold** ![x](http://example.org/x.png) {{rate}} $(id)";

// A report on `count` made-up answers; gives its path.
function report(name, count, ...options) {
  const store = join(scratch, `${name}.db`), csv = join(scratch, `${name}.csv`), folder = join(scratch, name);
  const records = Array.from({ length: count }, (_, i) => [
    ["desk", "works", "school"][i % 3], "welcome files", "", 1 + (i % 4), 4 - (i % 3), 1 + (i % 2), i % 17,
    `2012-0${1 + (i % 9)}-10`, "time tools", i % 3 === 1 ? "yes" : "", `"${payload} ${i}"`, i % 4 ? "web" : "paper",
    i % 2 ? "fr" : "en", i % 4 ? "" : i + 1,
  ].join(","));
  writeFileSync(csv, [header, ...records, ""].join("\n"));
  execFileSync(join(bin, "survey"), ["import", allTypes, csv, "--store", store], { stdio: "pipe" });
  execFileSync(join(bin, "analysis"), ["report", allTypes, "--store", store, "--output", folder, ...options],
    { stdio: "pipe" });
  return folder;
}

async function read(folder, options) {
  const page = await visit(`file://${folder}/report.html`, options);
  equal(page.strays, [], "requests and complaints");
  return page;
}

export const tests = {
  async "it is accessible and self-contained at every width, in both languages"() {
    for (const language of ["en", "fr"]) {
      const folder = report(`report-${language}`, 30, "--language", language, "--notice", "Made-up answers");
      for (const width of [320, 1280]) {
        const page = await read(folder, { viewport: { width, height: 900 } });
        equal(await page.locator("html").getAttribute("lang"), language, "language");
        await accessible(page, `report in ${language} at ${width} px`);
        const charts = await page.locator("img").evaluateAll((all) =>
          all.map((one) => one.complete && one.naturalWidth > 0 && one.alt.length > 20 && one.src.startsWith("data:")));
        assert(charts.length >= 8 && charts.every(Boolean), `charts: ${charts}`);
        assert((await page.locator("body").innerText()).includes("Made-up answers"), "the notice is shown");
        await page.context().close();
      }
    }
  },

  async "an answer cannot become part of the report"() {
    const folder = report("hostile", 30, "--no-charts");
    const page = await read(folder);
    assert((await page.title()) !== "taken", "a script ran");
    equal(await page.locator('img[src*="example.org"], script, strong:has-text("bold")').count(), 0, "markup of an answer");
    const markdown = readFileSync(join(folder, "report.md"), "utf8");
    assert(!/(?<!\\)!\[x\]\(/.test(markdown), "an image of an answer in report.md");
  },

  async "one response, and none: it says so and shows nothing of a person"() {
    for (const count of [1, 0]) {
      const page = await read(report(`few-${count}`, count, "--no-charts"));
      await accessible(page, `${count} responses`);
      const text = await page.locator("body").innerText();
      assert(!/100\s?%/.test(text.replace(/95\s?%/g, "")) || count === 0, "the one answer shows");
    }
  },

  async "its headings make a table of contents whose links lead somewhere"() {
    const page = await read(report("contents", 30, "--no-charts"));
    const targets = await page.locator("nav a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    assert(targets.length >= 8, `${targets.length} links`);
    for (const target of targets) equal(await page.locator(`[id="${target.slice(1)}"]`).count(), 1, target);
  },
};
