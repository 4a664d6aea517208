// Goal: whoever saw the thank-you page is in the store, exactly once, however often the server was killed.
//
// usage: kill.mjs [ROUNDS]. In each round several respondents post as fast as they can, and the server is killed
// (SIGKILL) at a random moment; then it is started again on the same store. A respondent whose connection was
// cut sends again after the restart, as a person would press Send again.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 12), respondents = 8;
const root = resolve(new URL(".", import.meta.url).pathname, "../..");
const bin = process.env.BIN ?? join(root, "bin");
const questionnaire = join(root, "questionnaires/accueil.yaml");
const folder = mkdtempSync(join(tmpdir(), "bilan-kill-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const store = join(folder, "answers.db");
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const port = await new Promise((done) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const free = probe.address().port;
    probe.close(() => done(free));
  });
});
const url = `http://127.0.0.1:${port}/`;

async function start() {
  const server = spawn(join(bin, "survey"),
    ["serve", questionnaire, "--listen", `127.0.0.1:${port}`, "--store", store], { stdio: "ignore" });
  for (let attempt = 0; attempt < 400; attempt++) {
    try {
      await fetch(`${url}health`);
      return server;
    } catch {
      await pause(10);
    }
  }
  throw new Error("the server does not start again");
}

const hidden = (html, name) => html.match(new RegExp(`name="${name}"[^>]*value="([^"]*)"`))?.[1];

// A made-up answer: the form's own hidden fields, and one choice whose code is on the form.
async function fillIn() {
  const html = await (await fetch(url)).text();
  const body = new URLSearchParams({ "go-send": "" });
  for (const [, tag] of html.matchAll(/<input([^>]*type="hidden"[^>]*)>/g)) {
    const name = tag.match(/name="([^"]*)"/)[1];
    body.append(name, tag.match(/value="([^"]*)"/)?.[1] ?? "");
  }
  const seen = new Set();
  for (const [, tag] of html.matchAll(/<input([^>]*type="radio"[^>]*)>/g)) {
    const name = tag.match(/name="([^"]*)"/)[1];
    if (!seen.has(name)) body.append(name, tag.match(/value="([^"]*)"/)[1]);
    seen.add(name);
  }
  return { key: hidden(html, "response-key"), body };
}

const acknowledged = new Map();
let stopped = false;
const statuses = new Map();

async function respond() {
  while (!stopped) {
    let answer;
    try {
      answer = await fillIn();
    } catch {
      await pause(5);
      continue;
    }
    while (!stopped) {
      try {
        const reply = await fetch(url, { method: "POST", body: answer.body });
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        if ((await reply.text()).includes('id="thanks"'))
          acknowledged.set(answer.key, (acknowledged.get(answer.key) ?? 0) + 1);
        break;
      } catch {
        await pause(5);
      }
    }
  }
}

let server = await start();
const all = Array.from({ length: respondents }, respond);
for (let round = 0; round < rounds; round++) {
  await pause(20 + Math.random() * 200);
  const gone = new Promise((done) => server.on("exit", done));
  server.kill("SIGKILL");
  await gone;
  server = await start();
}
await pause(100);
stopped = true;
await Promise.all(all);
const gone = new Promise((done) => server.on("exit", done));
server.kill("SIGTERM");
const status = await gone;

const sql = (text) => execFileSync("sqlite3", ["-readonly", store, text], { encoding: "utf8" }).trim();
const stored = new Set(sql("SELECT key FROM response").split("\n").filter(Boolean));
const counted = Number(sql("SELECT coalesce(sum(count), 0) FROM day_count"));
const integrity = sql("PRAGMA integrity_check");
const lost = [...acknowledged.keys()].filter((key) => !stored.has(key));
console.log(`${rounds} kills, ${acknowledged.size} acknowledged, ${stored.size} stored, ${lost.length} lost; ` +
  `answers by status ${JSON.stringify([...statuses])}`);
const sound = lost.length === 0 && acknowledged.size > rounds && counted === stored.size &&
  integrity === "ok" && status === 0;
if (!sound) console.log(JSON.stringify({ lost: lost.slice(0, 5), counted, integrity, status, store: [...stored].slice(0, 3), seen: [...acknowledged.keys()].slice(0, 3) }));
console.log(sound ? "1 passed, 0 failed" : "0 passed, 1 failed");
process.exit(sound ? 0 : 1);
