// Goal: whoever has a personal link, or its code, answers once, on whatever device, comes back to what they began,
// and can erase it; two devices at once make one response; what is known of a person is shown and cannot be changed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, assert, bin, dip, equal, query, scratch, serve, visit } from "./harness.mjs";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

// A server with links for three made-up people; each has `link` (at this server) and `code`.
async function invite() {
  const folder = mkdtempSync(join(scratch, "links-"));
  const roster = join(folder, "roster.csv"), store = join(folder, "answers.db");
  writeFileSync(roster, "name,role,language\nPersonne inventée,member,fr\nInvented person,manager,en\nNobody real,,en\n");
  const csv = execFileSync(join(bin, "survey"), ["invite", dip, roster, "--store", store, "--public-url", "http://x/"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const server = await serve(dip, "--store", store);
  server.people = csv.trim().split("\n").slice(1).map((line) => {
    const cells = line.split(",");
    return { link: cells.at(-2).replace("http://x", server.url), code: cells.at(-1) };
  });
  return server;
}

const press = (page, button) =>
  Promise.all([page.waitForNavigation(), page.locator(`button[name="go-${button}"]`).last().click()]);
const isThanks = (page) => page.locator("main#thanks").count();
const heading = (page) => page.locator("main h1, main h2").first().textContent();

// The first choice of each question that is not answered yet, and a word wherever words go.
async function fillIn(page, words) {
  const names = await page.evaluate(() => [...new Set([...document.querySelectorAll(
    "main input:not([type=hidden]), main textarea")].map((field) => field.name))]);
  for (const name of names) {
    const field = page.locator(`main [name="${name}"]:not([type=hidden])`).first();
    const kind = await field.evaluate((one) => one.type);
    if (kind === "radio" || kind === "checkbox") {
      if (!(await page.locator(`main [name="${name}"]:checked`).count())) await field.check();
    } else if (!name.endsWith("_specify")) {
      const number = (await field.getAttribute("inputmode"))?.match(/decimal|numeric/);
      await field.fill(number ? "3" : words);
    }
  }
}

async function goOn(page, words, pages) {
  for (let i = 0; i < pages && !(await isThanks(page)); i++) {
    await fillIn(page, words);
    await press(page, (await page.locator("button[name=go-send]").count()) ? "send" : "next");
  }
}

const rows = (server) => query(server.store, "SELECT * FROM response");
const drafts = (server) => query(server.store, "SELECT count(*) AS count FROM draft")[0].count;

export const tests = {
  async "a form begun on the phone is ended on the computer, and the link is used then"() {
    const server = await invite();
    const [person] = server.people;
    const small = await visit(person.link, phone);
    await accessible(small, "first page");
    assert((await small.locator("main").textContent()).includes("Membre d’un groupe"), "what is known is shown");
    equal(await small.locator("main [name=role]:not([type=hidden])").count(), 0, "what is known is not asked");
    await goOn(small, "begun on the phone", 3);
    const reached = await small.locator("[name=page-shown]").first().inputValue();
    equal([drafts(server), rows(server).length], [1, 0], "kept, not sent");

    const large = await visit(person.link);
    equal(await large.locator("[name=page-shown]").first().inputValue(), reached, "the page one was on");
    await accessible(large, "resumed");
    await goOn(large, "ended on the computer", 20);
    assert(await isThanks(large), "thanks");
    const stored = rows(server);
    equal([stored.length, stored[0].role, drafts(server)], [1, "member", 0], "one response, no draft");

    await small.goto(person.link);
    equal(await small.locator("form").count(), 0, "no form for a link that was used");
    await accessible(small, "already answered");
    equal(await server.stop(), 0, "exit status");
  },

  async "two devices that send at the same moment make one response"() {
    const server = await invite();
    const { link } = server.people[1];
    const pages = await Promise.all([visit(link, phone), visit(link)]);
    // The page before the last of each, then both at once.
    for (const page of pages)
      while (!(await page.locator("button[name=go-send]").count())) await goOn(page, "of one of two", 1);
    for (const page of pages) await fillIn(page, "of one of two");
    await Promise.all(pages.map((page) => press(page, "send")));
    const thanked = await Promise.all(pages.map(isThanks));
    equal([...thanked].sort(), [0, 1], "thanked");
    equal(rows(server).length, 1, "responses");
    const other = pages[thanked.indexOf(0)];
    assert(/already answered/i.test(await other.locator("main").textContent()), "the other is told why");
    await accessible(other, "the second device");
    equal(await server.stop(), 0, "exit status");
  },

  async "a code is typed as people type, and a wrong one is explained"() {
    const server = await invite();
    const [person] = server.people;
    const page = await visit(`${server.url}/`, phone);
    await accessible(page, "the page for the code");
    await page.locator("#code").fill("ABCD-1234");
    await press(page, "code");
    assert(await page.locator("#code-error").count(), "a wrong code is said to be wrong");
    equal(await page.locator("#code").inputValue(), "ABCD-1234", "what was typed is kept");
    await accessible(page, "wrong code");
    await page.locator("#code").fill(person.code.toLowerCase().replaceAll("0", "o").replaceAll("-", " "));
    await press(page, "code");
    assert(page.url().startsWith(person.link), `${page.url()} is the personal link`);
    equal(page.strays, [], "nothing strays");
    equal(await server.stop(), 0, "exit status");
  },

  async "what was entered is erased, after asking, and the form is empty"() {
    const server = await invite();
    const page = await visit(server.people[2].link, { ...phone, javaScriptEnabled: false });
    await goOn(page, "to be forgotten", 2);
    equal(drafts(server), 1, "kept");
    await press(page, "erase");
    const question = await page.locator("main h1").textContent();
    await press(page, "stay");
    equal(drafts(server), 1, `kept after all: ${question}`);
    await press(page, "erase");
    await press(page, "erase-all");
    equal([drafts(server), rows(server).length], [0, 0], "erased");
    equal(await page.locator("main :checked").count(), 0, "nothing is ticked");
    await page.goto(server.people[2].link);
    equal(await page.locator("[name=page-shown]").first().inputValue(), "0", "the first page again");
    equal(await server.stop(), 0, "exit status");
  },

  async "in open access the same browser comes back, another does not"() {
    const server = await serve(dip);
    const page = await visit(server.url);
    await goOn(page, "of this browser", 2);
    await press(page, "save");
    await accessible(page, "saved for later");
    const cookies = await page.context().cookies();
    equal(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]), [["draft", true, "Lax"]], "cookies");
    assert(cookies[0].expires > 0, "it outlives the browser");
    await page.goto(server.url);
    assert(Number(await page.locator("[name=page-shown]").first().inputValue()) > 0, "where one was");
    const other = await visit(server.url);
    equal(await other.locator("[name=page-shown]").first().inputValue(), "0", "another browser begins");
    await goOn(page, "of this browser", 20);
    assert(await isThanks(page), "thanks");
    equal([(await page.context().cookies()).length, drafts(server), rows(server).length], [0, 0, 1], "cookie, draft, response");
    equal(await server.stop(), 0, "exit status");
  },

  async "the language of the roster is the page's, and can be changed"() {
    const server = await invite();
    const page = await visit(server.people[1].link, { locale: "fr-FR" });
    equal(await page.locator("html").getAttribute("lang"), "en", "the roster's language");
    await Promise.all([page.waitForNavigation(), page.locator('button[name="go-language"][value="fr"]').first().click()]);
    equal(await page.locator("html").getAttribute("lang"), "fr", "the one chosen");
    assert((await heading(page)).length > 0, "a heading");
    equal(await server.stop(), 0, "exit status");
  },
};
