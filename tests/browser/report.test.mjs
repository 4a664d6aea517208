// Goal: the report is one accessible file that asks nothing of anybody else, on screen and on paper, and what
// an answer says cannot become part of it.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, fits, allTypes, assert, bin, equal, scratch, visit } from "./harness.mjs";

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
        await (width === 320 ? accessible : fits)(page, `report in ${language} at ${width} px`);
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
    equal(await page.locator('img[src*="example.org"], main script, strong:has-text("bold")').count(), 0, "markup of an answer");
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

  async "it is accessible in the dark, and its charts turn dark with it"() {
    const folder = report("dark", 30);
    for (const width of [360, 1280]) {
      const page = await read(folder, { viewport: { width, height: 900 }, colorScheme: "dark" });
      await accessible(page, `dark report at ${width} px`);
      const styles = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector("figure img")).filter]);
      assert(styles[0] !== "rgb(255, 255, 255)" && styles[1].includes("invert"), styles.join());
      await page.context().close();
    }
  },

  async "the contents stay beside the text and say where one is"() {
    const page = await read(report("place", 30), { viewport: { width: 1280, height: 800 } });
    await page.locator("#method").evaluate((one) => one.scrollIntoView({ behavior: "instant" }));
    const current = page.locator('nav a[aria-current="true"]');
    await current.waitFor();
    equal(await current.getAttribute("href"), "#method", "the present section");
    assert(await current.evaluate((one) => one.getBoundingClientRect().top < innerHeight), "it is in view");
    equal(await page.locator("nav a[aria-current]").count(), 1, "there is one");
  },

  async "on a phone the contents open above the text, by keyboard, and close again"() {
    const page = await read(report("phone", 30), { viewport: { width: 360, height: 740 } });
    const details = page.locator("nav details");
    equal(await details.getAttribute("open"), null, "closed at first");
    await page.locator("#method").evaluate((one) => one.scrollIntoView({ behavior: "instant" }));
    await page.waitForFunction(() => document.querySelector(".present").textContent);
    assert(await details.evaluate((one) => one.getBoundingClientRect().top < 60), "it stays at the top");
    await page.locator("nav summary").focus();
    await page.keyboard.press("Enter");
    assert(await details.evaluate((one) => one.open), "opened");
    await accessible(page, "open contents on a phone");
    await page.keyboard.press("Escape");
    assert(!(await details.evaluate((one) => one.open)), "closed by Escape");
    await page.keyboard.press("Enter");
    await page.locator("nav a", { hasText: /./ }).first().click();
    assert(!(await details.evaluate((one) => one.open)), "closed by its link");
    equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, "nothing is wider than the phone");
  },

  async "tables sort by a column, up, down and back, with totals at their foot, and fold"() {
    for (const language of ["en", "fr"]) {
      const page = await read(report(`sort-${language}`, 31, "--language", language, "--no-charts"));
      const table = page.locator("#question-service table").first();
      const column = async (number) => (await table.locator("tbody tr:not([class])").all()).length &&
        table.locator(`tbody tr:not([class]) > :nth-child(${number})`).allInnerTexts();
      const before = await table.locator("tbody tr").allInnerTexts();
      const head = table.locator("thead th").nth(1);
      await head.locator("button").focus();
      await page.keyboard.press("Enter");
      equal(await head.getAttribute("aria-sort"), "descending", "largest first");
      const down = (await column(2)).map((text) => parseFloat(text));
      equal(down, [...down].sort((a, b) => b - a), "in that order");
      assert(new Set(down).size > 1, "there is something to sort");
      await page.keyboard.press("Enter");
      equal((await column(2)).map((text) => parseFloat(text)), [...down].reverse(), "smallest first");
      const rest = (rows) => rows.slice(down.length);
      equal(rest(await table.locator("tbody tr").allInnerTexts()), rest(before), "what is below the answers stays there");
      await page.keyboard.press("Enter");
      equal(await head.getAttribute("aria-sort"), null, "as it was");
      equal(await table.locator("tbody tr").allInnerTexts(), before, "in the report's order");
      const fold = table.locator("caption button");
      await fold.click();
      equal(await fold.getAttribute("aria-expanded"), "false", "folded");
      assert(!(await table.locator("tbody").isVisible()), "its rows are away");
      await accessible(page, "a folded table");
      await page.emulateMedia({ media: "print" });
      assert(await table.locator("tbody").isVisible(), "they are printed");
      await page.context().close();
    }
  },

  async "it is complete without script"() {
    const folder = report("plain", 30, "--no-charts");
    const with_script = await read(folder), without = await read(folder, { javaScriptEnabled: false });
    const words = async (page) => (await page.locator("main").textContent()).replace(/\s+/g, " ");
    equal(await words(without), await words(with_script), "words");
    equal(await without.locator("button").count(), 0, "buttons");
    assert(await without.locator("nav a").last().isVisible(), "the contents are open");
  },

  async "its headings make a table of contents whose links lead somewhere"() {
    const page = await read(report("contents", 30, "--no-charts"));
    const targets = await page.locator("nav a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    assert(targets.length >= 8, `${targets.length} links`);
    for (const target of targets) equal(await page.locator(`[id="${target.slice(1)}"]`).count(), 1, target);
  },
};
