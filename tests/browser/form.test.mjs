// Goal: a respondent with any browser fills in any form, makes every kind of mistake, goes back, changes the
// language, sends twice, and what is stored is what they meant, once.
import { accessible, accueil, allTypes, assert, dip, equal, query, serve, visit } from "./harness.mjs";

const choose = async (page, name, ...codes) => {
  for (const code of codes) await page.locator(`[name="${name}"][value="${code}"]`).check();
};
const type = (page, name, words) =>
  page.locator(`input:not([type=hidden]):not([type=checkbox])[name="${name}"], textarea[name="${name}"]`)
    .fill(words);
const press = async (page, button) => {
  await Promise.all([page.waitForNavigation(), page.locator(`button[name="go-${button}"]`).last().click()]);
};
const switchTo = async (page, language) => {
  await Promise.all([
    page.waitForNavigation(),
    page.locator(`button[name="go-language"][value="${language}"]`).first().click(),
  ]);
};
const shown = (page, name) => page.locator(`[name="${name}"]:not([type=hidden])`).count();
const isThanks = (page) => page.locator("main#thanks").count();
// The links of the summary of errors, as the ids of the questions they lead to.
const complaints = (page) => page.locator(".summary[role=alert] a").evaluateAll((all) =>
  all.map((link) => document.querySelector(link.getAttribute("href"))?.name));
const rows = (server) => query(server.store, "SELECT * FROM response");

// Every page of a form, whatever it asks: the first choice of each question, an answer to what must be typed.
async function fillInEverything(page) {
  const names = await page.evaluate(() => [...new Set([...document.querySelectorAll(
    "main input:not([type=hidden]), main textarea, main select")].map((field) => field.name))]);
  for (const name of names) {
    const field = page.locator(`main [name="${name}"]:not([type=hidden])`).first();
    const kind = await field.evaluate((one) => one.type ?? one.tagName);
    if (kind === "radio" || kind === "checkbox") await field.check();
    else if (kind === "select-one") await field.selectOption({ index: 1 });
    else if (kind === "date") await field.fill("2013-03-01");
    else if (name.endsWith("_specify")) await field.fill("");
    else await field.fill((await field.getAttribute("inputmode"))?.match(/decimal|numeric/) ? "3" : "Words <b>&amp;");
  }
}

async function fillInAll(language, javaScriptEnabled, file) {
  const server = await serve(file);
  const page = await visit(server.url, { javaScriptEnabled, locale: language });
  equal(await page.locator("html").getAttribute("lang"), language, "the language asked for");
  for (let pages = 0; !(await isThanks(page)); pages++) {
    assert(pages < 20, "the form does not end");
    if (javaScriptEnabled) await accessible(page, `page ${pages + 1} in ${language}`);
    await fillInEverything(page);
    await press(page, (await page.locator("button[name=go-send]").count()) ? "send" : "next");
  }
  if (javaScriptEnabled) await accessible(page, "thanks");
  const stored = rows(server);
  equal([stored.length, stored[0].language, stored[0].channel], [1, language, "web"], "stored");
  equal(await server.stop(), 0, "exit status");
}

async function allTypesAsTyped(page) {
  await choose(page, "service", "works");
  await choose(page, "tasks", "welcome", "other");
  await type(page, "tasks_specify", "Tea & <biscuits>");
  await press(page, "next");
  await choose(page, "overall", "3");
  await choose(page, "method_pace", "4");
  await choose(page, "method_tools", "no_opinion");
  await type(page, "hours", "12,5");
  await type(page, "since", "2012-09-01");
  await page.locator('select[name="priorities"]').nth(0).selectOption("time");
  await page.locator('select[name="priorities"]').nth(1).selectOption("training");
}

export const tests = {
  "dip-2013 in French, without JavaScript": () => fillInAll("fr", false, dip),
  "dip-2013 in English, with JavaScript, every page accessible": () => fillInAll("en", true, dip),
  "accueil in French, every page accessible": () => fillInAll("fr", true, accueil),

  async "every type of answer reaches its column"() {
    const server = await serve(allTypes);
    const page = await visit(server.url, { locale: "en", javaScriptEnabled: false });
    await allTypesAsTyped(page);
    await press(page, "next");
    await choose(page, "safety", "yes");
    await press(page, "next");
    await type(page, "remark", "One line,\nand \"another\".");
    await press(page, "send");
    assert(await isThanks(page), "no thanks");
    const [row] = rows(server);
    delete row.key;
    const sorted = (object) => Object.fromEntries(Object.entries(object).sort());
    equal(sorted(row), sorted({
      channel: "web", language: "en", sheet: null, service: "works", tasks_welcome: 1, tasks_files: 0,
      tasks_repair: 0, tasks_lead: 0, tasks_other: 1, tasks_none: 0, tasks_specify: "Tea & <biscuits>",
      overall: 3, method_pace: 4, method_tools: null, hours: 12.5, since: "2012-09-01",
      priorities: "time training", safety: "yes", remark: "One line,\nand \"another\".",
      missing: "method_tools=no_opinion",
    }), "stored");
    await server.stop();
  },

  async "what was entered survives Back, an error and a language switch"() {
    const server = await serve(allTypes);
    const page = await visit(server.url, { locale: "en" });
    await allTypesAsTyped(page);
    await switchTo(page, "fr");
    equal(await page.locator("html").getAttribute("lang"), "fr", "switched");
    equal(await page.locator('input:not([type=checkbox])[name="hours"]').inputValue(), "12,5", "kept by the switch");
    assert(await page.locator('[name="overall"][value="3"]').isChecked(), "choice kept by the switch");
    await type(page, "hours", "many");
    await press(page, "back");
    assert(await page.locator('[name="tasks"][value="other"]').isChecked(), "kept by Back");
    equal(await page.locator('[name="tasks_specify"]').inputValue(), "Tea & <biscuits>", "words kept by Back");
    await press(page, "next");
    equal(await page.locator('input:not([type=checkbox])[name="hours"]').inputValue(), "many", "mistake kept by Back");
    await press(page, "next");
    equal(await complaints(page), ["hours"], "the summary links to the field");
    equal(await page.locator('select[name="priorities"]').nth(1).inputValue(), "training", "kept by an error");
    await server.stop();
  },

  async "each kind of mistake is said at its field, and nothing is stored"() {
    const server = await serve(allTypes);
    const page = await visit(server.url, { locale: "en" });
    const mistake = async (where) => {
      await press(page, "next");
      assert(!(await isThanks(page)), `${where}: accepted`);
      const names = await complaints(page);
      assert(names.length > 0 && names.every(Boolean), `${where}: the summary leads to ${names}`);
      for (const name of names) {
        const described = await page.locator(`[aria-describedby~="${name}-error"]`).count();
        assert(described > 0 && (await page.locator(`[id="${name}-error"]`).count()) === 1, `${where}: ${name}`);
      }
      await accessible(page, where);
      return names;
    };
    equal(await mistake("required"), ["service"], "required");
    await choose(page, "service", "works");
    await choose(page, "tasks", "welcome");
    await mistake("too few");
    await choose(page, "tasks", "files", "repair", "lead");
    await mistake("too many");
    await page.locator('[name="tasks"][value="repair"]').uncheck();
    await page.locator('[name="tasks"][value="files"]').uncheck();
    await choose(page, "tasks", "none");
    await mistake("exclusive beside others");
    await page.locator('[name="tasks"][value="none"]').uncheck();
    await press(page, "next");
    for (const [what, words] of Object.entries({
      "no number": "a dozen", "too small": "-1", "too large": "81", "too precise": "1.25", "two numbers": "1 2",
    })) {
      await type(page, "hours", words);
      equal(await mistake(what), ["hours"], what);
    }
    await type(page, "hours", "8");
    await choose(page, "hours", "no_opinion");
    await mistake("a number and no opinion");
    await page.locator('[name="hours"][value="no_opinion"]').uncheck();
    await page.locator('select[name="priorities"]').nth(0).selectOption("time");
    await page.locator('select[name="priorities"]').nth(1).selectOption("time");
    await mistake("ranked twice");
    await page.locator('select[name="priorities"]').nth(1).selectOption("");
    await page.locator('[name="since"]').evaluate((field) => (field.type = "text"));
    await type(page, "since", "31/02/2013");
    await mistake("no date");
    await type(page, "since", "");
    await press(page, "next");
    await choose(page, "safety", "no");
    await press(page, "next");
    await page.locator('[name="remark"]').evaluate((field) => field.removeAttribute("maxlength"));
    await type(page, "remark", "é".repeat(201));
    await press(page, "send");
    equal(await complaints(page), ["remark"], "too long");
    equal(rows(server).length, 0, "stored");
    await type(page, "remark", "é".repeat(200));
    await press(page, "send");
    assert(await isThanks(page), "mended");
    equal(rows(server).length, 1, "stored");
    await server.stop();
  },

  async "routing skips what does not concern, and forgets what was answered there"() {
    const server = await serve(allTypes);
    const page = await visit(server.url, { locale: "en", javaScriptEnabled: false });
    equal(await page.locator('[name="tasks"][value="repair"]:not([type=hidden])').count() <= 1, true, "first page");
    await choose(page, "service", "works");
    await press(page, "next");
    await press(page, "next");
    await choose(page, "safety", "yes");
    await press(page, "back");
    await press(page, "back");
    await choose(page, "service", "desk");
    await press(page, "next");
    await press(page, "next");
    equal([await shown(page, "safety"), await shown(page, "remark")], [0, 1], "the page of the works is skipped");
    await press(page, "send");
    assert(await isThanks(page), "no thanks");
    const [row] = rows(server);
    equal(row.safety, null, "forgotten");
    assert(row.missing.includes("safety=not_asked"), row.missing);
    await server.stop();
  },

  async "sent twice, it is one response"() {
    const server = await serve(accueil);
    const page = await visit(server.url, { locale: "fr" });
    await fillInEverything(page);
    const again = await page.context().newPage();
    const body = await page.evaluate(() => {
      const data = new FormData(document.querySelector("form"));
      data.append("go-send", "");
      return new URLSearchParams(data).toString();
    });
    const post = () => fetch(server.url, {
      method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const answers = await Promise.all(Array.from({ length: 8 }, post));
    await press(page, "send");
    assert(await isThanks(page), "no thanks after sending again");
    await page.reload();
    assert(await isThanks(page), "no thanks after a reload");
    for (const answer of answers) assert((await answer.text()).includes('id="thanks"'), "no thanks");
    equal(rows(server).length, 1, "stored");
    await again.close();
    await server.stop();
  },

  async "the keyboard alone is enough"() {
    const server = await serve(allTypes);
    const page = await visit(server.url, { locale: "en" });
    const focused = () => page.evaluate(() => document.activeElement?.name ?? "");
    for (let presses = 0; (await focused()) !== "service" && presses < 20; presses++) await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    for (let presses = 0; (await focused()) !== "go-next" && presses < 40; presses++) await page.keyboard.press("Tab");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    equal(await shown(page, "since"), 1, "the second page");
    await type(page, "hours", "3");
    await page.locator('input:not([type=checkbox])[name="hours"]').focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    equal(await shown(page, "remark"), 1, "Enter in a field goes on, not back");
    await server.stop();
  },
};
