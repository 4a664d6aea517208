// Goal: whatever happens to the machine while people answer, those who were thanked are in the store once, the
// others are told to send again, and the server serves again when it is over.
//
// usage: trouble.mjs [ROUNDS]. A slow disk, a clock that jumps, no more files to be opened, no more memory, two
// servers on one store, a store that is moved or deleted, and (as root) a real disk that is full or read-only.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crowd, makeCampaign, questionnaire } from "./campaign.mjs";
import { finish, freePort, makeServer, note, pause, scratch, tell } from "./rig.mjs";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 1);
const folder = scratch("trouble");
const healthy = async (campaign) => (await fetch(`${campaign.server.url}health`)).status === 200;

function expect(campaign, what, outcomes, wanted) {
  if (!outcomes.every((outcome) => wanted.includes(outcome))) note(`${what}, ${campaign.access}: ${outcomes}; ${campaign.server.said}`);
}

function expectSaid(campaign, what, pattern) {
  if (!pattern.test(campaign.server.said)) note(`${what}, ${campaign.access}: unclear: ${campaign.server.said}`);
}

// --- the disk and the clock ---

// The sync of a commit takes its time; nobody is thanked before.
async function slowDisk(campaign) {
  const delay = 200 + Math.floor(Math.random() * 200), began = performance.now();
  campaign.faults.set({ delay });
  expect(campaign, "slow disk", await campaign.sendAll(), ["thanks"]);
  if (performance.now() - began < delay) note("slow disk: thanked before it was on disk");
}

// Forward and back, by a day, by years, and to before computers had clocks.
async function clockJumps(campaign) {
  const day = 86400;
  for (const [i, clock] of [day, -day, 20 * 365 * day, -56 * 365 * day, 0].entries()) {
    campaign.faults.set({ clock });
    await campaign.open(crowd[3 + i]);
    expect(campaign, "clock", await campaign.sendAll([crowd[3 + i], crowd[i % 3]]), ["thanks"]);
    if (!(await healthy(campaign))) note(`clock: not healthy ${clock} seconds from now`);
  }
}

// --- what a process may have ---

const limit = (campaign, option) => execFileSync("prlimit", ["--pid", String(campaign.server.pid), option]);

// Those who are connected are answered, the others wait at the door. Where a journal has to be opened, nothing is kept.
async function noFiles(campaign) {
  const open = readdirSync(`/proc/${campaign.server.pid}/fd`).map(Number);
  let free = 0;
  while (open.includes(free)) free++;
  const hard = execFileSync("prlimit", ["--pid", String(campaign.server.pid), "--nofile", "--noheadings", "-o", "HARD"], { encoding: "utf8" }).trim();
  limit(campaign, `--nofile=${free}:${hard}`);
  const sent = campaign.sendAll(crowd.slice(0, 8));
  await pause(500);
  limit(campaign, `--nofile=${hard}:${hard}`);
  const outcomes = await sent;
  expect(campaign, "no more files", outcomes, ["thanks", "refused"]);
  if (campaign.access === "links") expectSaid(campaign, "no more files", /Too many open files; respondents/);
}

// Without memory the server may end, but not as if nothing were.
async function noMemory(campaign) {
  const size = Number(readFileSync(`/proc/${campaign.server.pid}/statm`, "utf8").split(" ")[0]) * 4096;
  limit(campaign, `--as=${size + Math.floor(Math.random() * 3) * 65536}:unlimited`);
  const outcomes = await campaign.sendAll(crowd.slice(0, 8));
  if (!outcomes.includes("cut")) return void limit(campaign, "--as=unlimited:unlimited");
  await campaign.server.gone;
  expectSaid(campaign, "no more memory", /out of memory|failed to allocate/i);
  await campaign.server.start();
}

// --- two servers ---

// Everybody sends to both at the same time. Where one holds the store for too long, the other has people send again.
async function twoServers(campaign) {
  const other = makeServer(questionnaire, await freePort(), campaign.store);
  await other.start();
  const sent = crowd.slice(0, 6).map((person) => [campaign.send(person), campaign.send(person, other)]);
  expect(campaign, "two servers", await Promise.all(sent.flat()), ["thanks", "refused"]);
  if ((await other.stop()) !== 0) note("two servers: the other did not stop well");
}

// --- the store is not where it was ---

const away = (campaign) => `${campaign.work}-away`;
const moved = /was moved, deleted or replaced while it was open/;

async function moveAway(campaign, what, from) {
  rmSync(away(campaign), { recursive: true, force: true });
  renameSync(from, away(campaign));
  expect(campaign, what, await campaign.sendAll(), ["refused"]);
  expectSaid(campaign, what, moved);
  if (await healthy(campaign)) note(`${what}, ${campaign.access}: healthy`);
  renameSync(away(campaign), from);
}

const moveStore = (campaign) => moveAway(campaign, "store moved", campaign.store);
const moveFolder = (campaign) => moveAway(campaign, "folder moved", campaign.work);
const moveLog = (campaign) => moveAway(campaign, "log moved", `${campaign.store}-wal`);

// In the midst of a commit, which ends well in a file that nobody will find.
async function moveInCommit(campaign) {
  rmSync(away(campaign), { recursive: true, force: true });
  campaign.faults.set({ delay: 300 });
  const sent = campaign.sendAll();
  await pause(100);
  renameSync(campaign.work, away(campaign));
  expect(campaign, "moved in a commit", await sent, ["refused"]);
  renameSync(away(campaign), campaign.work);
}

// A copy in its place is another file, on which the server is to be started again.
async function deleteStore(campaign) {
  rmSync(away(campaign), { recursive: true, force: true });
  cpSync(campaign.work, away(campaign), { recursive: true });
  for (const name of readdirSync(campaign.work)) rmSync(join(campaign.work, name));
  expect(campaign, "store deleted", await campaign.sendAll(), ["refused"]);
  expectSaid(campaign, "store deleted", moved);
  cpSync(away(campaign), campaign.work, { recursive: true });
  expect(campaign, "another in its place", await campaign.sendAll(), ["refused"]);
  await campaign.server.stop();
  await campaign.server.start();
}

// --- real disks ---

const mount = (...words) => spawnSync("mount", words).status === 0;
const sizes = { open: "4m", links: "8m" };

async function fullDisk(campaign) {
  const ballast = join(campaign.work, "ballast");
  try {
    writeFileSync(ballast, Buffer.alloc(16 << 20));
  } catch { /* it is as large as the disk */ }
  expect(campaign, "a real disk that is full", await campaign.sendAll(), ["refused"]);
  expectSaid(campaign, "a real disk that is full", /no space is left/);
  rmSync(ballast);
}

// A disk that has files open to be written does not become read-only, but the next start finds it so.
async function readOnlyDisk(campaign) {
  await campaign.server.kill();
  if (!mount("-o", "remount,ro", campaign.work)) note("the disk cannot be made read-only");
  const said = await campaign.server.start().then(() => "it starts", (error) => error.message);
  if (!/Read-only file system/.test(said)) note(`a real disk that is read-only, ${campaign.access}: ${said}`);
  mount("-o", "remount,rw", campaign.work);
  await campaign.server.start();
}

// --- all of them ---

async function tryTrouble(campaign, what, trouble) {
  campaign.begin();
  for (let round = 0; round < rounds; round++) {
    campaign.reset();
    await campaign.server.start();
    for (const person of crowd) await campaign.open(person);
    await trouble(campaign);
    campaign.faults.clear();
    await campaign.settle();
    if (!(await healthy(campaign))) note(`${what}, ${campaign.access}: not healthy when it is over`);
    if ((await campaign.server.stop()) !== 0) note(`${what}, ${campaign.access}: the server did not stop well`);
    campaign.check();
  }
  tell(`${what}, ${campaign.access}`, campaign.tally);
}

for (const access of ["open", "links"]) {
  const campaign = await makeCampaign(folder, access);
  await tryTrouble(campaign, "slow disk", slowDisk);
  await tryTrouble(campaign, "clock jumps", clockJumps);
  await tryTrouble(campaign, "no more files", noFiles);
  await tryTrouble(campaign, "no more memory", noMemory);
  await tryTrouble(campaign, "two servers", twoServers);
  await tryTrouble(campaign, "store moved away", moveStore);
  await tryTrouble(campaign, "folder moved away", moveFolder);
  if (access === "open") await tryTrouble(campaign, "log moved away", moveLog);
  await tryTrouble(campaign, "moved in a commit", moveInCommit);
  await tryTrouble(campaign, "store deleted", deleteStore);
  if (!mount("-t", "tmpfs", "-o", `size=${sizes[access]}`, "tmpfs", campaign.work)) {
    console.log("real disks are left out: nothing may be mounted here");
    continue;
  }
  try {
    await tryTrouble(campaign, "a real disk that is full", fullDisk);
    await tryTrouble(campaign, "a real disk that is read-only", readOnlyDisk);
  } finally {
    await campaign.server.kill();
    spawnSync("umount", [campaign.work]);
  }
}
finish();
