// A disk whose power is cut: what may be left of the files of a program, from the trace that faults.c made of it.
//
// What was synced is there. Of what was written since, any page may be there, or not, or in part; a file may be
// longer without what stands in it. A name that was made, moved or taken away is certain only once its folder was
// synced. Memory that is shared (SQLite's -shm) is gone.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PAGE = 4096, SECTOR = 512, HEAD = 24;
const chance = (share) => Math.random() < share;

// The records of a trace, in their order: { kind, file, at, bytes }.
export function readTrace(path) {
  const trace = readFileSync(path), records = [];
  for (let at = 0; at < trace.length;) {
    const length = trace.readUInt32LE(at + 4);
    records.push({
      kind: String.fromCharCode(trace.readUInt32LE(at)),
      file: trace.readBigUInt64LE(at + 8),
      at: Number(trace.readBigInt64LE(at + 16)),
      bytes: trace.subarray(at + HEAD, at + HEAD + length),
    });
    at += HEAD + length;
  }
  return records;
}

const makeFile = (bytes = Buffer.alloc(0)) => ({ durable: bytes, pending: [] });

function resize(bytes, length) {
  if (length <= bytes.length) return bytes.subarray(0, length);
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]);
}

function put(bytes, at, piece) {
  const whole = Buffer.from(resize(bytes, Math.max(bytes.length, at + piece.length)));
  piece.copy(whole, at);
  return whole;
}

const apply = (bytes, change) => change.bytes ? put(bytes, change.at, change.bytes) : resize(bytes, change.at);

// One write as the pages that it falls into.
function* pagesOf({ at, bytes }) {
  for (let from = 0; from < bytes.length;) {
    const length = Math.min(PAGE - ((at + from) % PAGE), bytes.length - from);
    yield { at: at + from, bytes: bytes.subarray(from, from + length) };
    from += length;
  }
}

// One page of which the disk has perhaps nothing, perhaps some sectors.
function putInPart(bytes, page) {
  if (chance(0.4)) return chance(0.5) ? bytes : resize(bytes, Math.max(bytes.length, page.at + page.bytes.length));
  if (chance(0.7)) return apply(bytes, page);
  const cut = Math.min(page.bytes.length, SECTOR * Math.floor((Math.random() * PAGE) / SECTOR));
  return chance(0.5) ? put(bytes, page.at, page.bytes.subarray(0, cut)) : put(bytes, page.at + cut, page.bytes.subarray(cut));
}

// What the disk has of a file: "none" of what was not synced, "all" of it, or "some".
function contentOf(file, luck) {
  let bytes = file.durable;
  for (const change of luck === "none" ? [] : file.pending) {
    if (luck === "all") bytes = apply(bytes, change);
    else if (!change.bytes) bytes = chance(0.5) ? apply(bytes, change) : bytes;
    else for (const page of pagesOf(change)) bytes = putInPart(bytes, page);
  }
  return bytes;
}

// A change of names, in a map of paths to files; null is a folder. What is not there any more is not moved.
function rename(names, { from, to, file }) {
  if (from !== undefined && !names.has(from)) return;
  const moved = file === undefined ? names.get(from) : file;
  if (from !== undefined && file === undefined) names.delete(from);
  if (to !== undefined) names.set(to, moved);
}

// A disk that has what is in `folder`, below which all paths of the trace lie.
export function makeDisk(folder) {
  const durable = new Map(), now = new Map(), byInode = new Map();
  let pending = [];
  const load = (path) => {
    durable.set(path, null);
    for (const entry of readdirSync(path, { withFileTypes: true }))
      if (entry.isDirectory()) load(join(path, entry.name));
      else durable.set(join(path, entry.name), makeFile(readFileSync(join(path, entry.name))));
  };
  load(folder);
  for (const [path, file] of durable) now.set(path, file);

  const change = (names) => {
    rename(now, names);
    pending.push(names);
  };
  const sync = (path) => {
    const here = ({ from, to }) => dirname(to ?? from) === path;
    pending.filter(here).forEach((names) => rename(durable, names));
    pending = pending.filter((names) => !here(names));
  };
  const syncFile = (file) => Object.assign(file, { durable: contentOf(file, "all"), pending: [] });
  const opened = (record, path) => byInode.set(record.file, now.get(path) ?? path.replace(/\/$/, ""));

  const steps = {
    o: (record, path) => opened(record, path),
    c: (record, path) => {
      change({ to: path, file: makeFile() });
      opened(record, path);
    },
    w: (record) => byInode.get(record.file).pending.push({ at: record.at, bytes: record.bytes }),
    t: (record) => byInode.get(record.file).pending.push({ at: record.at }),
    s: ({ file }) => {
      const synced = byInode.get(file);
      if (typeof synced === "string") sync(synced);
      else syncFile(synced);
    },
    S: () => {
      for (const file of now.values()) if (file) syncFile(file);
      pending.splice(0).forEach((names) => rename(durable, names));
    },
    r: (_, path) => change({ from: path.split("\0")[0], to: path.split("\0")[1] }),
    l: (_, path) => change({ to: path.split("\0")[1], file: now.get(path.split("\0")[0]) }),
    m: (_, path) => change({ to: path, file: null }),
    u: (_, path) => change({ from: path }),
    a: () => {},
  };

  // The names that are left, of those that are not certain some or an earlier state of all.
  const namesLeft = (luck) => {
    const names = new Map(durable);
    const ordered = chance(0.5), until = Math.floor(Math.random() * (pending.length + 1));
    pending.forEach((change, i) => {
      if (luck === "all" || (luck === "some" && (ordered ? i < until : chance(0.5)))) rename(names, change);
    });
    return names;
  };

  return {
    play: (record) => steps[record.kind](record, ["w", "a"].includes(record.kind) ? "" : record.bytes.toString()),

    // Puts what is left after a cut at this moment into the folder, in the place of all that is in it.
    cut(luck) {
      const names = namesLeft(luck);
      const isReached = (path) => path === folder || (names.has(path) && isReached(dirname(path)));
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const left = [...names].filter(([path]) => isReached(path) && !path.endsWith("-shm"));
      for (const [path, file] of left) if (!file) mkdirSync(path, { recursive: true });
      for (const [path, file] of left) if (file) writeFileSync(path, contentOf(file, luck), { mode: 0o600 });
    },
  };
}

export const lucks = ["none", "all", "some", "some", "some"];
