// Every kind of page a respondent can meet, as the server wrote it: gathered once, then looked at in many ways.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accueil, allTypes, assert, bin, dip, scratch, serve, variant, visit } from "./harness.mjs";

const day = (offset) => new Date(Date.now() + offset * 86400000).toISOString().slice(0, 10);
const dated = (name, lines) => variant(accueil, name, (text) => text.replace(/^layout:.*$/m, (line) => `${line}\n${lines}`));

// A window in which pages are not looked at, only read: there is less to paint.
export const small = { viewport: { width: 480, height: 320 } };

// Presses a button of the form without mouse or keyboard; waits for the page that comes.
export const submit = (page, name, value = "1") => Promise.all([
  page.waitForNavigation(),
  page.evaluate(([name, value]) => {
    const all = [...document.querySelectorAll(`button[name="${name}"]`)];
    const button = all.findLast((one) => one.value === value) ?? all.at(-1);
    button.form.requestSubmit(button);
  }, [name, value]),
]);

// Fills in the whole page, rightly or as wrongly as it can be.
const fillIn = (page, rightly) => page.evaluate((rightly) => {
  for (const field of document.querySelectorAll("main :is(input:not([type=hidden]), textarea, select)")) {
    const place = [...document.querySelectorAll(`main [name="${field.name}"]:not([type=hidden])`)].indexOf(field);
    if (field.type === "radio") field.checked = rightly && place === 1;
    else if (field.type === "checkbox") field.checked = !rightly || (place < 3 && !field.closest(".aside"));
    else if (field.tagName === "SELECT") field.selectedIndex = !rightly || place === 0 ? 1 : 0;
    else if (field.classList.contains("date")) {
      if (!rightly) field.type = "text"; // as it comes back
      field.value = rightly ? "2013-03-01" : "the first of March";
    } else if (field.name.endsWith("_specify")) field.value = "";
    else if (field.inputMode) field.value = rightly ? "3" : "a great many";
    else field.value = rightly ? "Some words" : (field.removeAttribute("maxlength"), "long ".repeat(2001));
  }
}, rightly);
export const fillRightly = (page) => fillIn(page, true);
export const fillWrongly = (page) => fillIn(page, false);

// What can be done on a page to leave it: each page of a form, the same with everything wrong on it, the end.
async function walk(add, page, name) {
  for (let number = 1; ; number++) {
    assert(number < 20, `${name} does not end: ${await page.locator("main").innerText()}`);
    await add(`${name}, page ${number}`, page);
    const last = await page.locator("button[name=go-send]").count();
    await fillWrongly(page);
    await submit(page, last ? "go-send" : "go-next");
    if (await page.locator(".summary.bad").count()) await add(`${name}, page ${number}, wrong`, page);
    else if (!last) await submit(page, "go-back");
    for (let mended = 0; mended < 3; mended++) {
      await fillRightly(page);
      await submit(page, (await page.locator("button[name=go-send]").count()) ? "go-send" : "go-next");
      if (!(await page.locator(".summary").count())) break;
      await add(`${name}, page ${number}, again`, page);
    }
    if (await page.locator("main#thanks").count()) return add(`${name}, thanks`, page);
  }
}

async function gatherForms(add) {
  for (const [name, file, locale] of [["dip-2013", dip, "fr"], ["all-types", allTypes, "en"], ["accueil", accueil, "en"]]) {
    const server = await serve(file);
    const page = await visit(server.url, { ...small, locale });
    await walk(add, page, name);
    await server.stop();
  }
}

async function gatherAsides(add) {
  const server = await serve(dip);
  const page = await visit(server.url, { ...small, locale: "fr" });
  for (const path of ["/privacy", "/accessibility", "/nowhere"]) await add(path, page, server.url + path);
  await page.goto(server.url);
  await fillRightly(page);
  await submit(page, "go-save");
  await add("saved", page);
  await add("resumed", page, server.url);
  await submit(page, "go-erase");
  await add("erase?", page);
  await submit(page, "go-erase-all");
  await add("erased", page);
  await server.stop();
  const single = await serve(variant(allTypes, "gallery-single", (text) => text.replace("layout: pages", "layout: single")));
  await page.goto(`${single.url}/?language=en`);
  await fillRightly(page);
  await submit(page, "go-next");
  await add("revealed", page);
  await single.stop();
  const preview = await serve(accueil, "--preview");
  await add("preview", await visit(preview.url, { ...small, locale: "en" }));
  await preview.stop();
  for (const [name, lines] of [["early", `opens: ${day(3)}`], ["late", `closes: ${day(-3)}`]]) {
    const dates = await serve(dated(`gallery-${name}`, lines));
    await add(name, await visit(dates.url, { ...small, locale: "fr" }));
    await dates.stop();
  }
}

// A campaign with two made-up people; gives the server and each one's link and code.
export async function invited(file = dip) {
  const folder = mkdtempSync(join(scratch, "invited-"));
  const roster = join(folder, "roster.csv"), merge = join(folder, "merge.csv"), store = join(folder, "answers.db");
  writeFileSync(roster, "email,role\nane@exempleville.example,member\nben@exempleville.example,manager\n");
  execFileSync(join(bin, "survey"), ["invite", file, roster, "--output", merge, "--store", store,
    "--public-url", "http://127.0.0.1:8080/"], { stdio: "pipe" });
  const [header, ...records] = readFileSync(merge, "utf8").replace(/^\uFEFF/, "").trim().split(/\r?\n/)
    .map((line) => line.split(","));
  const people = records.map((record) => ({
    path: record[header.indexOf("link")].replace("http://127.0.0.1:8080", ""), code: record[header.indexOf("code")],
  }));
  return { server: await serve(file, "--store", store), people };
}

async function gatherInvited(add) {
  const { server, people } = await invited();
  const page = await visit(server.url, { ...small, locale: "fr" });
  await add("code", page);
  await page.locator("#code").fill("ABCD");
  await submit(page, "go-code");
  await add("code, wrong", page);
  await add("personal link", page, server.url + people[0].path);
  for (let pages = 0; !(await page.locator("main#thanks").count()); pages++) {
    assert(pages < 20, "the form does not end");
    await fillRightly(page);
    await submit(page, (await page.locator("button[name=go-send]").count()) ? "go-send" : "go-next");
  }
  await add("used link", page, server.url + people[0].path);
  await add("unknown link", page, `${server.url}/r/00000000000000000000000000`);
  await add("privacy, by invitation", page, `${server.url}/privacy`);
  await server.stop();
}

let gathered;
// The pages by name: `{html, url}`. The HTML is what a browser made of the page before anything was done to it.
export function gallery() {
  gathered ??= (async () => {
    // Side by side, and then in one order.
    const parts = await Promise.all([gatherForms, gatherAsides, gatherInvited].map(async (gather) => {
      const pages = [];
      await gather(async (name, page, url) => {
        if (url) await page.goto(url);
        pages.push([name, { html: await page.content(), url: page.url() }]);
      });
      return pages;
    }));
    return new Map(parts.flat());
  })();
  return gathered;
}
