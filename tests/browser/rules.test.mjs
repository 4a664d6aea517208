// Goal: what RGAA 4.1 and WCAG 2.2 ask of every page of a form and that no picture of it shows: titles, languages, labels,
// help in the same place, nothing asked twice, no hurry, a code that may be pasted, and clicks that can be taken back.
import { accessible, allTypes, assert, dip, equal, query, serve, variant, visit } from "./harness.mjs";
import { fillIn, focused } from "./keyboard.mjs";
import { fillRightly, gallery, invited, small, submit } from "./gallery.mjs";

// What is wrong with the page, in words: runs in the page.
function faults() {
  const list = [], all = (selector) => [...document.querySelectorAll(selector)];
  const say = (what, elements) => elements.forEach((one) => list.push(`${what}: ${one.outerHTML?.slice(0, 120) ?? one}`));
  const ids = all("[id]").map((one) => one.id);
  say("id twice", ids.filter((id, i) => ids.indexOf(id) !== i));
  say("leads nowhere", all("a[href^='#']").filter((one) => !document.getElementById(one.hash.slice(1))));
  say("describes with nothing", all("[aria-describedby]").filter((one) =>
    !one.getAttribute("aria-describedby").split(" ").every((id) => document.getElementById(id)?.textContent.trim())));
  say("a field without a label of its own", all("input:not([type=hidden]), select, textarea").filter((one) => one.labels.length !== 1));
  say("a group without a legend", all("fieldset").filter((one) => one.firstElementChild?.tagName !== "LEGEND" || !one.firstElementChild.textContent.trim()));
  say("a placeholder", all("[placeholder]"));
  say("an order of its own", all("[tabindex]").filter((one) => one.tabIndex > 0));
  say("a key of its own", all("[accesskey]"));
  say("required, but not in words", all("[aria-required=true]").filter((one) => {
    const legend = one.querySelector("legend") ?? one.labels?.[0];
    return one.id !== "code" && !legend?.querySelector(".required")?.textContent.trim();
  }));
  say("a help that is not tied to its field", all(".question:not(.known) .help").filter((one) =>
    !document.querySelector(`[aria-describedby~="${one.id}"]`)));
  say("takes the focus, and is no summary", all("[autofocus]").filter((one) => !one.matches(".summary[tabindex='-1']")));
  say("autocompletion that is not a purpose the standard knows", all("[autocomplete]").filter((one) =>
    !["on", "off", "one-time-code", "email", "name", "username", "current-password", "new-password"].includes(one.autocomplete)));
  say("a new window that is not announced", all("a[target]").filter((one) => !/\(.+\)/.test(one.textContent)));
  say("a page that leaves by itself", all("meta[http-equiv=refresh i]"));
  if (all("h1").length !== 1) list.push(`${all("h1").length} main headings`);
  const levels = all("h1, h2, h3, h4, h5, h6").filter((one) => !one.closest(".summary")).map((one) => Number(one.tagName[1]));
  if (levels.some((level, i) => i > 0 && level > levels[i - 1] + 1)) list.push(`headings leap: ${levels}`);
  if (document.doctype?.name !== "html") list.push("no doctype");
  return list;
}

async function codeByPaste(page, server, code) {
  await page.goto(server.url);
  for (let presses = 0; (await focused(page))?.id !== "code"; presses++) {
    assert(presses < 20, "no way to the code");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type(code);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+X");
  equal(await page.locator("#code").inputValue(), "", "cut");
  await page.keyboard.press("Control+V");
  equal(await page.locator("#code").inputValue(), code, "pasted");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

export const tests = {
  async "on every page"() {
    const page = await visit("about:blank", small);
    const list = [];
    for (const [name, { html }] of await gallery()) {
      await page.setContent(html);
      list.push(...(await page.evaluate(faults)).map((fault) => `  ${name}: ${fault}`));
    }
    assert(!list.length, `\n${list.join("\n")}`);
  },

  async "titles tell one page from another, and mistakes first"() {
    const titles = new Map();
    const page = await visit("about:blank", small);
    for (const [name, { html }] of await gallery()) {
      await page.setContent(html);
      const title = await page.title(), wrong = await page.locator(".summary.bad").count();
      assert(title.length > 8, `${name}: the title is ${title}`);
      equal(/^(Error:|Erreur\s:)/.test(title), wrong > 0, `${name}: an error in the title ${title}`);
      assert(/Every type|Innovation|Your visit|Votre visite/.test(title), `${name}: which survey is not in ${title}`);
      // The form's pages of one survey each have their own.
      const key = name.match(/^(dip-2013|all-types), (page \d+|thanks)$/)?.[0];
      if (key) {
        assert(!titles.has(title), `${name} and ${titles.get(title)} have the same title ${title}`);
        titles.set(title, name);
      }
    }
  },

  async "each page says its language, and so does each part in another"() {
    const page = await visit("about:blank", small);
    for (const [name, { html }] of await gallery()) {
      await page.setContent(html);
      const { lang, foreign } = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        foreign: [...document.querySelectorAll(".languages [lang]")].map((one) => [one.lang, one.textContent]),
      }));
      assert(["fr", "en"].includes(lang), `${name}: language ${lang}`);
      const words = await page.locator("footer").innerText();
      equal(/Confidentialité/.test(words), lang === "fr", `${name}: the language of the footer`);
      if (foreign.length) equal([...foreign].sort(), [["en", "English"], ["fr", "Français"]], `${name}: the switch`);
    }
    // A questionnaire in a language the program itself does not speak: its own words are marked as English.
    const german = variant(allTypes, "german", (text) => text.replace("languages: [en, fr]", "languages: [de]")
      .replace(/\ben: /g, "de: ").replace(/, fr: [^{}]*?(?=[},])/g, "").replace(/, fr: "[^"]*"/g, ""));
    const server = await serve(german);
    const other = await visit(server.url, { locale: "de" });
    for (let step = 0; step < 2; step++) {
      equal(await other.locator("html").getAttribute("lang"), "de", "language");
      const unmarked = await other.evaluate(() => [...document.querySelectorAll("body *")].filter((one) =>
        [...one.childNodes].some((node) => node.nodeType === 3 && /Next|\(required\)|Privacy|Skip|answer|Page \d|Save|Error/.test(node.data)) &&
          one.closest("[lang]").lang !== "en").map((one) => one.outerHTML));
      assert(await other.locator("body [lang=en]").count() > 4, "nothing is marked");
      equal(unmarked.filter((html) => !/Two or three answers/.test(html)), [], "English words that are not marked");
      await submit(other, "go-next");
      await accessible(other, "a form in German, with mistakes");
    }
    await server.stop();
  },

  async "help stands in the same place on every page"() {
    const page = await visit("about:blank", small);
    for (const [name, { html }] of await gallery()) {
      await page.setContent(html);
      const links = await page.locator("footer a").evaluateAll((all) => all.map((one) => one.getAttribute("href").replace(/\?.*/, "")));
      equal(links, ["/privacy", "/accessibility"], `${name}: the footer`);
      equal(await page.evaluate(() => document.querySelector("footer") === document.body.lastElementChild), true, `${name}: its place`);
    }
    // Whoever cannot go on finds whom to write to: the statement leads to the page that says it.
    const server = await serve(dip);
    for (const [language, address] of [["fr", /Défenseur des droits[^]*71120/], ["en", /Défenseur des droits[^]*71120/]]) {
      await page.goto(`${server.url}/accessibility?language=${language}`);
      assert(address.test(await page.locator("main").innerText()), `${language}: no remedy`);
      await Promise.all([page.waitForNavigation(), page.locator('main a[href^="privacy"]').press("Enter")]);
      assert(/@exempleville\.example/.test(await page.locator("main").innerText()), `${language}: no address to write to`);
      equal(await page.locator("html").getAttribute("lang"), language, "the language stays");
    }
    await server.stop();
  },

  async "the code may be pasted, typed in small letters, with blanks; it is no riddle"() {
    const { server, people } = await invited();
    const page = await visit(server.url, { locale: "fr" });
    await accessible(page, "code");
    equal(await page.locator("#code").evaluate((one) => [one.type, one.readOnly, one.maxLength < 0 || one.maxLength >= 40, one.pattern]),
      ["text", false, true, ""], "the field");
    for (const typed of [people[0].code, people[0].code.toLowerCase().replaceAll("-", " ")]) {
      await codeByPaste(page, server, typed);
      equal(new URL(page.url()).pathname, people[0].path, "what the code opens");
      equal(await page.locator("main form, form main").count(), 1, "a form");
    }
    await codeByPaste(page, server, "ABCD");
    equal([await page.locator("#code").inputValue(), await page.evaluate(() => document.activeElement.getAttribute("role"))],
      ["ABCD", "alert"], "what was typed is kept, what is wrong is said");
    await server.stop();
  },

  async "nothing is asked twice: on another device what was entered is there, and what is known is not asked"() {
    const { server, people } = await invited();
    const page = await visit(server.url + people[0].path, { locale: "fr" });
    equal(await page.locator("[name=role]:not([type=hidden])").count(), 0, "the role, which is known, is asked");
    await page.locator('[name="roles"][value="member"]').check();
    await page.locator('[name="service_years"]').fill("12");
    await submit(page, "go-next");
    const other = await visit(server.url + people[0].path, { locale: "fr" });
    await submit(other, "go-back");
    equal([await other.locator('[name="roles"][value="member"]').isChecked(), await other.locator("input[name=service_years]").inputValue()],
      [true, "12"], "what was entered");
    await server.stop();
  },

  async "there is no hurry: the same form can be sent an hour later"() {
    const server = await serve(allTypes);
    const page = await visit("about:blank", { locale: "en" });
    await page.clock.install({ time: new Date("2030-01-01T08:00:00Z") });
    await page.goto(server.url);
    const before = await page.content();
    await page.clock.fastForward("01:00:00");
    equal(await page.content() === before, true, "the page is the same after an hour");
    await fillRightly(page);
    await submit(page, "go-next");
    equal(await page.locator(".summary.bad").count(), 0, "it is taken");
    await server.stop();
  },

  async "a click is taken back by moving away before letting go"() {
    const server = await serve(allTypes);
    const page = await visit(server.url, { locale: "en" });
    const url = page.url();
    for (const selector of ['label:has([value="works"])', ".buttons button", ".languages button", "footer a"]) {
      const { x, y, width, height } = await page.locator(selector).first().boundingBox();
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      equal(await page.locator('[value="works"]').isChecked(), false, `${selector} acts when pressed`);
      await page.mouse.move(2, 2);
      await page.mouse.up();
    }
    equal([page.url(), await page.locator('[value="works"]').isChecked(), await page.locator("html").getAttribute("lang"),
      page.context().pages().length], [url, false, "en", 1], "nothing happened");
    await server.stop();
  },

  async "Enter in a field goes on, and never sends, erases or goes back"() {
    const { server, people } = await invited();
    const page = await visit(server.url + people[1].path, { locale: "fr" });
    await fillIn(page, { roles: ["manager"] }, "go-next");
    await page.locator("html").press("Tab");
    await submit(page, "go-back");
    for (let presses = 0; (await focused(page))?.name !== "service_years"; presses++) {
      assert(presses < 60, "no way to the field");
      await page.keyboard.press("Tab");
    }
    await page.keyboard.type("7");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert(!/Vous et la démarche/.test(await page.title()), `Enter leads to ${await page.title()}`);
    equal(query(server.store, "SELECT count(*) AS n FROM response")[0].n, 0, "sent");
    await server.stop();
  },
};
