// What the fault tests share: a real server that can be killed and started again on the same store, and
// respondents who fill in whatever form they are shown.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(new URL(".", import.meta.url).pathname, "../..");
export const bin = process.env.BIN ?? join(root, "bin");
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// A folder that goes when the test ends.
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `bilan-${name}-`));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const free = probe.address().port;
      probe.close(() => done(free));
    });
  });
}

// A server of a questionnaire at a port, not yet started; `kill` gives when it is gone, `stop` its exit status.
export function makeServer(questionnaire, port, store, ...options) {
  let child;
  const end = async (signal) => {
    const gone = new Promise((done) => child.on("exit", (status) => done(status)));
    child.kill(signal);
    return gone;
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    async start() {
      child = spawn(join(bin, "survey"),
        ["serve", questionnaire, "--listen", `127.0.0.1:${port}`, "--store", store, ...options], { stdio: "ignore" });
      for (let attempt = 0; attempt < 400; attempt++) {
        try {
          await fetch(`${this.url}health`);
          return;
        } catch {
          await pause(10);
        }
      }
      throw new Error("the server does not start");
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

export const sql = (store, text) => execFileSync("sqlite3", ["-readonly", store, text], { encoding: "utf8" }).trim();

const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"')
  .replace(/&#39;/g, "'").replace(/&amp;/g, "&");
const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\b${name}="([^"]*)"`));
  return found && unescape(found[1]);
};

// A made-up answer to all that a page asks: its hidden fields, the first choice of each group, `words` as each text,
// and the button that goes on. `complete`: it is the button that sends.
export function fillIn(html, words) {
  const body = new URLSearchParams();
  const chosen = new Set();
  for (const [, tag] of html.matchAll(/<input([^>]*)>/g)) {
    const name = attribute(tag, "name"), type = attribute(tag, "type");
    if (!name) continue;
    if (type === "hidden") body.append(name, attribute(tag, "value") ?? "");
    else if (type === "radio" && !chosen.has(name)) body.append(name, attribute(tag, "value"));
    else if (type === "checkbox" && !chosen.has(name)) body.append(name, attribute(tag, "value"));
    chosen.add(name);
  }
  for (const [, tag] of html.matchAll(/<textarea([^>]*)>/g)) body.append(attribute(tag, "name"), words);
  const complete = /<button[^>]*name="go-send"/.test(html);
  body.append(complete ? "go-send" : "go-next", "1");
  return { body, complete, key: body.get("response-key"), screen: body.get("page-shown") };
}

export const isThanks = (html) => html.includes('id="thanks"');
