// Goal: with a keyboard alone one gets from the first page to the thank-you, past every mistake; always sees where one
// is; meets everything in the order of reading; and is told what is wrong where it is.
import { allTypes, assert, dip, equal, query, serve, variant, visit } from "./harness.mjs";
import { fillIn, focused, seen, stops, walkThrough } from "./keyboard.mjs";
import { gallery } from "./gallery.mjs";

// The page says what is wrong: in its title, in a summary that has the focus and is read out, and at each field,
// which each link of the summary leads to. Leaves the focus at the last of these fields.
async function announced(page, ids, where) {
  assert(/^(Error:|Erreur\s:)/.test(await page.title()), `${where}: the title is ${await page.title()}`);
  const summary = await page.evaluate(() => {
    const here = document.activeElement;
    return { role: here.getAttribute("role"), links: [...here.querySelectorAll("li a")].map((link) => link.hash.slice(1)) };
  });
  equal([summary.role, summary.links], ["alert", ids.map((id) => `${id}-1`)], `${where}: what has the focus`);
  for (const [number, id] of ids.entries()) {
    // On to the link; the summary is the first thing after the header.
    for (let presses = 0; (await page.evaluate(() => document.activeElement.hash ?? "")) !== `#${id}-1`; presses++) {
      assert(presses < 300, `${where}: no way to the link of ${id}`);
      await page.keyboard.press(number ? "Shift+Tab" : "Tab");
    }
    await seen(page, where);
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => document.activeElement.id === id, `${id}-1`);
    await seen(page, where);
    const field = await page.evaluate((id) => {
      const one = document.activeElement, error = document.getElementById(`${id}-error`);
      const group = one.closest("[role=radiogroup], fieldset");
      const names = (each) => each?.getAttribute("aria-describedby")?.split(" ").includes(error?.id);
      return {
        words: error?.textContent.trim() ?? "", tied: names(one) || names(group),
        invalid: one.type === "checkbox" || [one, group].some((each) => each?.getAttribute("aria-invalid") === "true"),
        said: [...document.querySelectorAll(`.summary a[href="#${id}-1"] + span`)].map((each) => each.textContent)[0],
      };
    }, id);
    assert(field.tied && field.invalid && /^(Error:|Erreur\s:)/.test(field.words) && field.words.endsWith(field.said),
      `${where}: the error of ${id}: ${JSON.stringify(field)}`);
  }
}

// Back to the top, as a new reader of the page: where the next Tab leads to the skip link.
async function toTheTop(page) {
  for (let presses = 0; (await focused(page))?.text !== (await page.locator(".skip").textContent()); presses++) {
    assert(presses < 300, "no way back to the top");
    await page.keyboard.press("Shift+Tab");
  }
}

// Fills in a form page by page; each is first sent as wrong as `wrong` says, if it says anything.
async function complete(file, locale, pages) {
  const server = await serve(file);
  const page = await visit(server.url, { locale, viewport: { width: 1024, height: 600 } });
  for (const [number, { wrong, complaints, right }] of pages.entries()) {
    const where = `page ${number + 1}`, last = number === pages.length - 1;
    await walkThrough(page, where);
    await toTheTop(page);
    if (wrong) {
      await fillIn(page, wrong, last ? "go-send" : "go-next");
      await announced(page, complaints, where);
      await toTheTop(page);
    }
    await fillIn(page, right, last ? "go-send" : "go-next");
  }
  equal(await page.locator("main#thanks").count(), 1, `not the thank-you: ${await page.title()}`);
  await walkThrough(page, "thanks");
  const rows = query(server.store, "SELECT * FROM response");
  equal(rows.length, 1, "stored");
  equal(await server.stop(), 0, "exit status");
  return rows[0];
}

const dipPages = [
  {
    wrong: { service_years: "many", meaning: ["opportunity", "necessity", "constraint", "fashion"] },
    complaints: ["roles", "role", "service_years", "meaning"],
    right: { roles: ["member", "manager"], role: "manager", service_years: "12", meaning: ["opportunity", "other"],
      meaning_specify: "a game" },
  },
  { wrong: { meetings: "99" }, complaints: ["meetings"],
    right: { meetings: "5", exploration_interesting: "3", themes_relevant: "no_opinion", synthesis_faithful: "1",
      composition: "4", rhythm: "2" } },
  { wrong: { news: ["hierarchy", "none"] }, complaints: ["news"],
    right: { arbitration_clear: "2", informed: "4", news: ["meeting", "intranet"] } },
  { wrong: { contract_hours: "x", obstacles: ["time", "means", "coordination", "support"] },
    complaints: ["contract_hours", "obstacles"],
    right: { contract_axis: "green", monthly_report: "not_concerned", sponsor_support: "4", contract_hours: "7,5",
      obstacles: ["time"] } },
  { wrong: { hopes: ["voice", "voice"] }, complaints: ["hopes"],
    right: { hopes: ["action", "voice"], result_users: "5", result_green: "no_opinion" } },
  { wrong: { go_on: "4" }, complaints: ["recommend"],
    right: { new_contracts: "1", recommend: "yes", hope_words: "Words typed\nin two lines", idea: "None" } },
];

const allTypesPages = [
  { wrong: { tasks: ["welcome"] }, complaints: ["service", "tasks"],
    right: { service: "works", tasks: ["welcome", "other"], tasks_specify: "Tea" } },
  { wrong: { hours: "81", priorities: ["time", "time"] }, complaints: ["hours", "priorities"],
    right: { overall: "3", method_pace: "4", method_tools: "no_opinion", hours: "12.5", since: "05052012",
      priorities: ["time", "training"] } },
  { wrong: {}, complaints: ["safety"], right: { safety: "yes" } },
  { wrong: { remark: "x".repeat(201) }, complaints: ["remark"], right: { remark: "Nothing else" } },
];

const part = (row, answers) => Object.fromEntries(Object.keys(answers).map((key) => [key, row[key]]));

export const tests = {
  async "dip-2013 from the first page to the thank-you, past every mistake"() {
    const expected = { roles_member: 1, roles_manager: 1, roles_facilitator: 0, role: "manager", service_years: 12,
      meaning_specify: "a game", meetings: 5, exploration_interesting: 3, synthesis_faithful: 1, news_intranet: 1, news_none: 0,
      contract_axis: "green", sponsor_support: 4, contract_hours: 7.5, obstacles_time: 1, obstacles_means: 0,
      hopes: "action voice", result_users: 5, go_on: 4, new_contracts: 1, recommend: "yes",
      hope_words: "Words typed\nin two lines", idea: "None" };
    equal(part(await complete(dip, "fr", dipPages), expected), expected, "stored");
  },

  async "every type of question from the first page to the thank-you, past every mistake"() {
    const expected = { service: "works", tasks_welcome: 1, tasks_other: 1, tasks_specify: "Tea", overall: 3, method_pace: 4,
      hours: 12.5, since: "2012-05-05", priorities: "time training", safety: "yes", remark: "Nothing else" };
    equal(part(await complete(allTypes, "en", allTypesPages), expected), expected, "stored");
  },

  async "the same way back, and no trap"() {
    for (const [file, first] of [[allTypes, allTypesPages[0].right], [dip, dipPages[0].right]]) {
      const server = await serve(file);
      // So low a window that the head of a grid, which stays in sight, could cover what has the focus.
      const page = await visit(server.url, { locale: "en", viewport: { width: 1024, height: 300 } });
      await fillIn(page, first, "go-next");
      await walkThrough(page, "on");
      const here = await focused(page), all = await stops(page);
      equal(here.at, all.at(-1).at, "the last stop");
      await page.keyboard.press("Tab"); // out of the page, and in again at its top
      if (await focused(page)) await page.keyboard.press("Shift+Tab");
      await walkThrough(page, "back", true);
      await server.stop();
    }
  },

  async "the first Tab offers to skip to the content, and does"() {
    const page = await visit("about:blank");
    for (const [name, { html }] of [...(await gallery())].filter((_, number) => number % 3 === 0)) {
      await page.goto("about:blank"); // a page begins at its top, not where the last one was left
      await page.setContent(html.replaceAll(" autofocus", ""));
      await page.keyboard.press("Tab");
      equal((await focused(page))?.text, await page.locator(".skip").textContent(), `${name}: the first stop`);
      await seen(page, name);
      await page.keyboard.press("Enter");
      equal(await page.evaluate(() => document.activeElement.tagName), "MAIN", `${name}: skipped to`);
      await page.keyboard.press("Tab");
      const { inside, header } = await page.evaluate(() => ({
        inside: Boolean(document.activeElement.closest("main, footer")), header: document.querySelectorAll("main :is(a, input, button)").length,
      }));
      assert(inside, `${name}: after skipping, of ${header} stops, one is above the content`);
    }
  },

  async "what comes up in reply to an answer is said, and has the focus"() {
    const single = variant(allTypes, "keyboard-single", (text) => text.replace("layout: pages", "layout: single"));
    const server = await serve(single);
    const page = await visit(server.url, { locale: "en" });
    await fillIn(page, { service: "works" }, "go-send");
    equal(await page.evaluate(() => [document.activeElement.getAttribute("role"), document.activeElement.innerText.includes("Is safety better?")]),
      ["alert", true], "what has the focus");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "safety-1");
    await server.stop();
  },

  async "choosing, typing and leaving a field change nothing else"() {
    const server = await serve(allTypes);
    const page = await visit(server.url, { locale: "en" });
    let navigations = 0;
    page.on("framenavigated", () => navigations++);
    const before = await page.locator("main").innerHTML();
    const count = (await stops(page)).length;
    for (let i = 0; i < count; i++) {
      await page.keyboard.press("Tab");
      const { tag, type } = await focused(page);
      if (tag === "INPUT") await page.keyboard.press("Space");
      if (type === "radio") await page.keyboard.press("ArrowDown");
    }
    equal([navigations, await page.locator("main").innerHTML() === before], [0, true], "pages that came, same content");
    equal(page.context().pages().length, 1, "windows");
    await server.stop();
  },
};
