// Goal: a command that is killed at any step, that finds the disk failing, or whose power is cut, leaves what was
// there before or what was to be, never something in between; what it said was done stays; run again, it is done.
//
// usage: commands.mjs [ROUNDS [COMMAND]]. Of each command every step; ROUNDS of them, spread over all, if they are
// more. COMMAND: only those whose name here begins so.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { makeCampaign, questionnaire } from "./campaign.mjs";
import { lucks, makeDisk, readTrace } from "./disk.mjs";
import { EVERY, NAME, STOP, TEAR, TRUNCATE, WRITE, copyStore, finish, makeFaults, note, root, run, sample, scratch, tell } from "./rig.mjs";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 1), only = process.argv[3] ?? "";
const folder = scratch("commands"), work = join(folder, "work"), trace = join(folder, "trace");
const store = join(work, "answers.db"), links = join(work, "links.csv");
const faults = makeFaults(folder, work, trace);

// --- what a store holds, in words that can be compared ---

const query = `SELECT json_array(
  (SELECT json_group_array(json_array(channel, sheet, said)) FROM
    (SELECT channel, sheet, comment AS said FROM response ORDER BY said)),
  (SELECT coalesce(sum(count), 0) FROM day_count), (SELECT ended FROM state),
  (SELECT json_group_array(json_array(name, generation, used, revoked)) FROM (SELECT * FROM invitation ORDER BY name)),
  (SELECT count(*) FROM imported), (SELECT count(*) FROM paper_page), (SELECT count(*) FROM paper_entry),
  (SELECT group_concat(integrity_check) FROM pragma_integrity_check))`;

// In a copy, so that it is the program under test that brings in order what was broken off. A store in which
// nothing is yet is like none.
function lookAtStore(path) {
  if (!existsSync(path) || statSync(path).size === 0) return "nothing";
  const copy = join(folder, "look");
  copyStore(join(path, ".."), copy);
  const { stdout, stderr } = spawnSync("sqlite3", [join(copy, "answers.db"), query], { encoding: "utf8" });
  if (/no such table/.test(stderr)) return "nothing";
  const empty = /^\[\[\],0,0,\[\],0,0,0,"ok"\]$/.test(stdout.trim());
  return empty ? "nothing" : stdout.trim() || stderr;
}

const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

// Every file of a folder with its contents. What a program keeps while it works begins with a dot.
function lookAtFiles(path) {
  const files = existsSync(path) ? readdirSync(path).filter((name) => !name.startsWith(".")) : [];
  return files.map((name) => `${name} ${digest(join(path, name))}`);
}

// --- the commands ---

const header = "sheet,visit_date,reason,preparation,waiting,courtesy,clarity,premises,solved,overall,comment\n";
function write(name, text) {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const paper = write("paper.csv", header + Array.from({ length: 30 }, (_, i) =>
  `${i + 1},,civil,website,${i},5,4,3,yes,4,made-up paper ${i}\n`).join(""));
const roster = write("more.csv", "name\n" + Array.from({ length: 30 }, (_, i) => `Another made-up person ${i}\n`).join(""));
const url = ["--public-url", "http://survey.example/"];

// Printed, ticked by a program, and scanned.
function makeScans() {
  const types = join(root, "tests/questionnaires/all-types.yaml"), at = join(folder, "scans");
  mkdirSync(at);
  run("survey", ["paper", types, "-o", join(at, "form.pdf"), "--copies", "1", "--language", "en", "--store", join(at, "s/answers.db")]);
  execFileSync("pdftoppm", ["-r", "150", "-gray", "-png", join(at, "form.pdf"), join(at, "blank")]);
  const pages = readdirSync(at).filter((name) => name.startsWith("blank")).sort();
  const ticks = [["service:works", "tasks:welcome", "overall:4", "method_pace:3"], ["priorities:tools:1", "safety:yes"]];
  const scans = pages.map((page, i) => {
    const scan = join(at, `${i + 1}.png`);
    execFileSync("python3", [join(root, "tests/cases/scan/cross.py"), join(at, "form.json"), String(i + 1), join(at, page), scan, ...ticks[i]]);
    return scan;
  });
  copyStore(join(at, "s"), join(folder, "scan-base"));
  return ["scan", types, ...scans, "--form", join(at, "form.json"), "--store", store];
}

// A store of each kind, as it is before a command; and a report and an export of what was there earlier.
async function makeBases() {
  for (const access of ["open", "links"]) copyStore((await makeCampaign(folder, access)).work, join(folder, `${access}-before`));
  const make = (name, from, ...commands) => {
    if (from) copyStore(join(folder, from), work);
    else mkdirSync(work, { recursive: true });
    for (const [program, ...words] of commands) if (run(program, words).status !== 0) note(`${name}: cannot be prepared`);
    copyStore(work, join(folder, name));
  };
  const bring = ["survey", "import", questionnaire, paper, "--store", store];
  make("none-before", null);
  make("sheets-before", "open-before", bring);
  make("erasable-before", "open-before", ["survey", "close", questionnaire, "--store", store]);
  make("reported-before", "open-before", ["analysis", ...report], ["analysis", ...exported], bring);
}
const report = ["report", questionnaire, "--store", store, "-o", join(work, "out"), "--no-charts"];
const exported = ["export", questionnaire, "--store", store, "-o", join(work, "out.csv")];

const inStore = (path = store) => () => [lookAtStore(path)];
const withLinks = () => [lookAtStore(store), existsSync(links) ? `${readFileSync(links, "utf8").trim().split("\n").length} lines` : "no links"];
const nested = join(work, "new/below/answers.db");
const commands = (scan) => [
  { what: "import, no store yet", base: "none-before", words: ["import", questionnaire, paper, "--store", nested], look: inStore(nested) },
  { what: "import, open", base: "open-before", words: ["import", questionnaire, paper, "--store", store], look: inStore() },
  { what: "import, links", base: "links-before", words: ["import", questionnaire, paper, "--store", store], look: inStore() },
  { what: "invite, no store yet", base: "none-before", words: ["invite", questionnaire, roster, "--store", store, ...url, "-o", links], look: withLinks },
  { what: "invite more", base: "links-before", words: ["invite", questionnaire, roster, "--store", store, ...url, "-o", links], look: withLinks },
  { what: "revoke", base: "links-before", words: ["revoke", questionnaire, "--store", store, "--name", "Made-up person 20"], look: inStore() },
  { what: "close, open", base: "open-before", words: ["close", questionnaire, "--store", store], look: inStore() },
  { what: "close, links", base: "links-before", words: ["close", questionnaire, "--store", store], look: inStore(), gone: `${store}.key` },
  { what: "remove", base: "sheets-before", words: ["remove", questionnaire, "--sheet", "7", "--store", store], look: inStore() },
  { what: "erase", base: "erasable-before", words: ["erase", questionnaire, "--store", store, "--yes"], look: () => [existsSync(store) ? "there" : "gone"], gone: store },
  { what: "scan", base: "scan-base", words: scan, look: inStore() },
  { what: "export", program: "analysis", base: "reported-before", words: exported, look: () => [existsSync(join(work, "out.csv")) ? digest(join(work, "out.csv")) : "none"] },
  { what: "report", program: "analysis", base: "reported-before", words: report, look: () => lookAtFiles(join(work, "out")), byFile: true },
];

// --- what befalls them ---

const isOneOf = (found, command) => command.byFile
  ? found.every((line) => command.before.includes(line) || command.after.includes(line))
  : found.every((line, i) => line === command.before[i] || line === command.after[i]);
const isSame = (one, other) => one.join("\n") === other.join("\n");
const perform = (command, withFaults) => run(command.program ?? "survey", command.words, withFaults);

// What is there after a fault, and after the command is run again. `done`: it had said that it was.
function judge(command, tally, done, where) {
  const found = command.look();
  tally.rounds++;
  tally.acknowledged += done;
  if (done && !isSame(found, command.after)) {
    tally.lost++;
    note(`${command.what}, ${where}: done, but ${found}`);
  }
  if (!isOneOf(found, command)) {
    tally.half++;
    note(`${command.what}, ${where}: neither as before nor as it was to be: ${found}`);
  }
  faults.clear();
  const again = perform(command), then = command.look();
  if (again.status !== 0 && !isSame(found, command.after)) note(`${command.what}, ${where}, again: ${again.stderr}`);
  if (!isSame(then, command.after)) note(`${command.what}, ${where}, again: ${then}`);
  if (command.gone && existsSync(command.gone)) note(`${command.what}, ${where}, again: ${command.gone} is there`);
}

const begin = () => ({ rounds: 0, acknowledged: 0, lost: 0, twice: 0, half: 0 });
const restore = (command) => copyStore(join(folder, command.base), work);

// How it goes without faults: what was there before and after, how many steps it took, and the trace of them.
function learn(command) {
  restore(command);
  command.before = command.look();
  truncateSync(trace);
  faults.set({ steps: EVERY });
  const { status, stderr } = perform(command, faults);
  command.steps = faults.count();
  command.records = readTrace(trace);
  command.after = command.look();
  if (status !== 0 || isSame(command.before, command.after)) note(`${command.what} does nothing: ${stderr}`);
}

function stop(command, fault, step, tally) {
  restore(command);
  faults.set({ fault, first: step });
  const { status } = perform(command, faults);
  judge(command, tally, status === 0, `killed at ${step}`);
}

const failures = [
  ["no space", constants.errno.ENOSPC, WRITE | TRUNCATE | NAME],
  ["I/O errors", constants.errno.EIO, EVERY],
];

function fail(command, [what, fault, steps], step, tally) {
  restore(command);
  faults.set({ fault, steps, first: step });
  const { status, stderr } = perform(command, faults), where = `${what} from ${step}`;
  const lines = stderr.split("\n").filter((line) => /^(survey|analysis): /.test(line));
  if (status !== 0 && (status !== 1 || lines.length !== 1)) note(`${command.what}, ${where}: status ${status}: ${stderr}`);
  judge(command, tally, status === 0, where);
}

function cutPower(command, tally) {
  restore(command);
  const disk = makeDisk(work), end = command.records.length;
  const moments = new Set([end, ...sample(end, rounds)]);
  command.records.forEach((record, i) => {
    disk.play(record);
    if (!moments.has(i + 1)) return;
    for (const luck of i + 1 === end ? ["none", "some", "all"] : [lucks[i % lucks.length]]) {
      disk.cut(luck);
      judge(command, tally, i + 1 === end, `power cut at ${i + 1} of ${end}, ${luck} kept`);
    }
  });
}

function tryAll(what, command, fault) {
  const tally = begin();
  fault(tally);
  // Whoever was killed or refused was told nothing, and so nothing could be lost.
  tell(`${what}, ${command.what}`, tally, true);
}

await makeBases();
writeFileSync(trace, "");
for (const command of commands(makeScans()).filter(({ what }) => what.startsWith(only))) {
  learn(command);
  const steps = () => sample(command.steps, rounds);
  tryAll("kill -9 at each step", command, (tally) => {
    for (const step of steps()) stop(command, STOP, step, tally);
    for (const step of steps()) stop(command, TEAR, step, tally);
  });
  tryAll("disk full or broken", command, (tally) => {
    for (const failure of failures) for (const step of steps()) fail(command, failure, step, tally);
  });
  tryAll("power cut", command, (tally) => cutPower(command, tally));
}
finish();
