// What the fault tests share: a real server that can be hindered, killed and started again on the same store,
// respondents who fill in whatever form they are shown, and what must be true of the store afterwards.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, readSync, readdirSync, realpathSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export { freePort } from "../ports.mjs";

export const root = resolve(new URL(".", import.meta.url).pathname, "../..");
export const bin = process.env.BIN ?? join(root, "bin");
const build = process.env.BUILD ?? join(root, "build");
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// A folder that goes when the test ends.
export function scratch(name) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `bilan-${name}-`)));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// --- faults ---

export const WRITE = 1, TRUNCATE = 2, SYNC = 4, NAME = 8, ERASE = 16, EVERY = 31;
export const STOP = -1, TEAR = -2;

// The faults of programs started with `environment`, to what they do below the folder `watched`: faults.c.
export function makeFaults(folder, watched, trace) {
  const path = join(mkdtempSync(join(folder, "faults-")), "control"), control = Buffer.alloc(32);
  writeFileSync(path, control);
  const file = openSync(path, "r+");
  const set = ({ clock = 0, first = 1, last = 0xffffffff, fault = 0, steps = fault ? EVERY : 0, delay = 0 }) => {
    control.writeBigInt64LE(BigInt(clock), 0);
    [first, last].forEach((value, i) => control.writeUInt32LE(value, 8 + 4 * i));
    control.writeInt32LE(fault, 16);
    [steps, delay, 0].forEach((value, i) => control.writeUInt32LE(value, 20 + 4 * i));
    writeSync(file, control, 0, 32, 0);
  };
  return {
    environment: {
      ...process.env, LD_PRELOAD: join(build, "tests/fault/faults.so"), FAULTS: path, FAULTS_FOLDER: watched,
      ...(trace && { FAULTS_TRACE: trace }), ASAN_OPTIONS: "verify_asan_link_order=0",
    },
    set,
    clear: () => set({}),
    // How many steps were taken since `set`.
    count() {
      readSync(file, control, 0, 32, 0);
      return control.readUInt32LE(28);
    },
  };
}

// --- the programs ---

// Runs a command to its end, perhaps with faults; gives its exit status (null: it was killed) and its errors.
export function run(program, words, faults) {
  const { status, stdout, stderr } = spawnSync(join(bin, program), words,
    { encoding: "utf8", env: faults ? faults.environment : process.env });
  return { status, stdout, stderr };
}

// A server of a questionnaire at a port, not yet started; `kill` gives when it is gone, `stop` its exit status.
export function makeServer(questionnaire, port, store, { faults, options = [] } = {}) {
  let child, gone, said = "";
  const end = (signal) => {
    child.kill(signal);
    return gone;
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    get pid() { return child.pid; },
    get gone() { return gone; },
    // What it has said on standard error since it was started.
    get said() { return said; },
    async start() {
      said = "";
      let ended = false;
      child = spawn(join(bin, "survey"),
        ["serve", questionnaire, "--listen", `127.0.0.1:${port}`, "--store", store, "--rate-limit", "0", ...options],
        { stdio: ["ignore", "ignore", "pipe"], env: faults ? faults.environment : process.env });
      child.stderr.on("data", (text) => (said += text));
      gone = new Promise((done) => child.on("exit", (status) => ((ended = true), done(status))));
      for (let attempt = 0; attempt < 2000 && !ended; attempt++) {
        try {
          await fetch(`${this.url}health`);
          return;
        } catch {
          await pause(5);
        }
      }
      throw new Error(`the server does not start: ${said}`);
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

// The store with what lies beside it, as it was. The folder itself stays, which may be a disk of its own.
export function copyStore(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(to)) rmSync(join(to, name), { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

export const sql = (store, text) => execFileSync("sqlite3", ["-readonly", store, text], { encoding: "utf8" }).trim();

// --- respondents ---

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

// --- what must be true ---

// The whole numbers from 1 to `most`; if they are more than `wanted`, so many of them, spread at random.
export function sample(most, wanted) {
  const all = Array.from({ length: most }, (_, i) => i + 1);
  if (most <= wanted) return all;
  return Array.from({ length: wanted }, (_, i) => all[Math.floor(((i + Math.random()) * most) / wanted)]);
}

const faultsFound = [], rows = [];
export const note = (text) => void faultsFound.push(text);

// A line of the table at the end of `make fault-test`.
export function tell(fault, { rounds, acknowledged, lost, twice, half }, isSilent = false) {
  rows.push(["row", fault, rounds, acknowledged, lost, twice, half].join("\t"));
  if (lost || twice || half) note(`${fault}: ${lost} lost, ${twice} twice, ${half} half`);
  if (!rounds || (!acknowledged && !isSilent)) note(`${fault}: nothing was tried`);
}

// Prints what was found, and ends.
export function finish() {
  for (const row of rows) console.log(row);
  for (const text of faultsFound.slice(0, 20)) console.log(text);
  console.log(faultsFound.length ? "0 passed, 1 failed" : "1 passed, 0 failed");
  process.exit(faultsFound.length ? 1 : 0);
}
