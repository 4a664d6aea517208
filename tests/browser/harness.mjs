// What every browser test needs: a real server on a free port with a store of its own, a real browser, and
// axe-core's verdict on a page.
import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { freePort } from "../ports.mjs";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
export const bin = process.env.BIN ?? join(root, "bin");
export const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const allTypes = join(root, "tests/questionnaires/all-types.yaml");
export const dip = join(root, "questionnaires/dip-2013.yaml");
export const accueil = join(root, "questionnaires/accueil.yaml");

// A folder that goes when the tests end.
export const scratch = mkdtempSync(join(tmpdir(), "bilan-browser-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

// A copy of a questionnaire, changed by `change`, a function of its text.
export function variant(file, name, change) {
  const path = join(scratch, `${name}.yaml`);
  writeFileSync(path, change(readFileSync(file, "utf8")));
  return path;
}

async function answers(url) {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      await fetch(`${url}/health`);
      return true;
    } catch {
      await new Promise((done) => setTimeout(done, 25));
    }
  }
  return false;
}

const servers = new Set();
process.on("exit", () => servers.forEach((server) => server.kill("SIGKILL")));

// Serves a questionnaire; gives its URL, its store (a new one unless `--store` names it), and how to stop it (the
// exit status).
export async function serve(file, ...options) {
  const port = await freePort();
  const given = options.indexOf("--store");
  const store = given < 0 ? join(mkdtempSync(join(scratch, "store-")), "answers.db") : options.splice(given, 2)[1];
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(join(bin, "survey"),
    ["serve", file, "--listen", `127.0.0.1:${port}`, "--store", store, ...options],
    { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (bytes) => (said += bytes));
  servers.add(child);
  if (!(await answers(url))) throw new Error(`the server does not answer: ${said}`);
  const stop = () => new Promise((done) => {
    child.on("exit", (status) => (servers.delete(child), done(status)));
    child.kill("SIGTERM");
  });
  return { url, store, stop };
}

// The rows that a query gives, by SQLite's own program.
export function query(store, sql) {
  if (!existsSync(store)) return [];
  const text = execFileSync("sqlite3", ["-readonly", "-json", store, sql], { encoding: "utf8" });
  return text.trim() ? JSON.parse(text) : [];
}

let browser;
export async function openBrowser() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}
export const closeBrowser = () => browser.close();

// A page of a fresh browser, and everything on it that should not be: requests to elsewhere, complaints of
// the console (a style refused by the policy, for one).
export async function visit(url, options = {}) {
  const context = await browser.newContext({
    locale: "fr-FR", javaScriptEnabled: true, viewport: { width: 1280, height: 900 }, ...options,
  });
  const page = await context.newPage();
  page.strays = [];
  page.on("request", (request) => {
    const target = request.url();
    if (!target.startsWith(new URL(url).origin) && !target.startsWith("data:") && !target.startsWith("file:"))
      page.strays.push(`request to ${target}`);
  });
  // A browser says of every answer of 400 and above that it is one: pages with errors are meant to be.
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("the server responded with a status of"))
      page.strays.push(message.text());
  });
  page.on("pageerror", (error) => page.strays.push(String(error)));
  await page.goto(url);
  return page;
}

export function assert(truth, message) {
  if (!truth) throw new Error(message);
}

export function equal(actual, expected, message) {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(one === other, `${message}: ${one} instead of ${other}`);
}

// No violation of any rule that axe-core knows, and nothing wider than the window.
export async function accessible(page, where) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const list = violations.map((one) =>
    `  ${one.id}: ${one.help}\n    ${one.nodes.map((node) => node.html).slice(0, 3).join("\n    ")}`);
  assert(list.length === 0, `${where}: axe-core finds\n${list.join("\n")}`);
  await fits(page, where);
}

// What of it depends on the window's size.
export async function fits(page, where) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert(overflow <= 0, `${where}: ${overflow} px wider than the window`);
  equal(page.strays, [], where);
}
