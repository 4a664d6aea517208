// A made-up campaign that is broken off in a thousand ways: its store as it was before, people who answer, and
// the books on what they were told.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin, copyStore, fillIn, freePort, isThanks, makeFaults, makeServer, note, root, sql } from "./rig.mjs";

export const questionnaire = join(root, "questionnaires/accueil.yaml");
const people = 40, answeredBefore = 8;
export const answering = [answeredBefore, answeredBefore + 1, answeredBefore + 2];
export const crowd = Array.from({ length: 12 }, (_, i) => answeredBefore + i);
const patience = 60000;
const headers = { "Accept-Encoding": "identity" }; // so that the trace has the thanks to be read

// What is in the store, one row a response; and what must agree with their number.
function look(store) {
  const json = execFileSync("sqlite3", ["-readonly", "-json", store, "SELECT * FROM response"], { encoding: "utf8" });
  const [counted, used, invited, integrity] = sql(store,
    `SELECT (SELECT coalesce(sum(count), 0) FROM day_count), (SELECT count(*) FROM invitation WHERE used),
     (SELECT count(*) FROM invitation), (SELECT group_concat(integrity_check) FROM pragma_integrity_check)`).split("|");
  return { responses: JSON.parse(json || "[]"), counted: Number(counted), used: Number(used), invited: Number(invited), integrity };
}

// Invites made-up people; gives where their links lead.
function invite(folder, store) {
  const roster = join(folder, "roster.csv");
  writeFileSync(roster, "name\n" + Array.from({ length: people }, (_, i) => `Made-up person ${i}\n`).join(""));
  const csv = execFileSync(join(bin, "survey"), ["invite", questionnaire, roster, "--store", store,
    "--public-url", "http://survey.example/"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return csv.trim().split("\n").slice(1).map((line) => line.split(",")[3].replace("http://survey.example/", ""));
}

// `access`: "open" or "links". `trace`: the file where all that happens is recorded.
export async function makeCampaign(folder, access, trace) {
  const base = join(folder, `${access}-base`), work = join(folder, `${access}-store`);
  const store = join(work, "answers.db"), port = await freePort();
  const faults = makeFaults(folder, work, trace);
  const server = makeServer(questionnaire, port, store, { faults });
  mkdirSync(work);
  const links = access === "links" ? invite(folder, store) : [];
  const tally = {};
  let thanked = new Set(), answers = new Map(), pattern = null;

  const campaign = {
    access, store, base, work, server, faults, tally,
    addressOf: (person, at = server) => at.url + (links[person] ?? ""),
    wordsOf: (person) => `made-up words of person ${person}.`,

    // Another line of the table.
    begin: () => Object.assign(tally, { rounds: 0, acknowledged: 0, lost: 0, twice: 0, half: 0 }),

    // The store as it was in the beginning.
    restore: () => copyStore(base, work),

    // The same, and nobody of this round has answered yet.
    reset() {
      faults.clear();
      campaign.restore();
      thanked = new Set(Array.from({ length: answeredBefore }, (_, person) => person));
      answers = new Map();
      tally.rounds++;
    },

    // The same people as before, of whom only some were thanked.
    resume(people) {
      thanked = new Set([...Array(answeredBefore).keys(), ...people]);
      tally.acknowledged += people.length;
      tally.rounds++;
    },

    // A person opens the form, and fills it in.
    async open(person) {
      const html = await (await fetch(campaign.addressOf(person))).text();
      answers.set(person, fillIn(html, campaign.wordsOf(person)));
    },

    // And sends it: "thanks", "refused" (not recorded, what was typed is kept), or "cut" (no whole reply).
    async send(person, at = server) {
      let reply, html;
      const address = new URL(campaign.addressOf(person, at));
      try {
        reply = await fetch(address, { method: "POST", body: answers.get(person).body, headers, signal: AbortSignal.timeout(patience) });
        html = await reply.text();
      } catch {
        return "cut";
      }
      if (reply.status === 200 && isThanks(html)) {
        if (!thanked.has(person)) tally.acknowledged++;
        thanked.add(person);
        return "thanks";
      }
      if (reply.status !== 503) note(`person ${person} got ${reply.status} for an answer`);
      else if (!html.includes(campaign.wordsOf(person))) note(`person ${person} lost what was typed`);
      return "refused";
    },

    // Some at once.
    sendAll: (people = answering) => Promise.all(people.map((person) => campaign.send(person))),

    // Whoever was not thanked sends again, and is thanked now.
    async settle() {
      for (const person of answers.keys()) {
        const outcome = await campaign.send(person, server);
        if (outcome !== "thanks") note(`${access}: person ${person} sends again and is ${outcome}; ${server.said}`);
      }
    },

    // Holds the books against the store. Those of this round who were not thanked may be there, once, or not.
    check() {
      const found = look(store);
      for (const person of [...thanked, ...answers.keys()]) {
        const count = found.responses.filter(({ comment }) => comment === campaign.wordsOf(person)).length;
        tally.lost += count === 0 && thanked.has(person);
        tally.twice += count > 1;
      }
      const shape = (row) => JSON.stringify({ ...row, key: 0, comment: "" });
      pattern ??= shape(found.responses[0]);
      tally.half += found.responses.filter((row) => shape(row) !== pattern).length;
      tally.half += Math.abs(found.counted - found.responses.length);
      if (access === "links") tally.half += Math.abs(found.used - found.responses.length);
      if (access === "links" && found.invited !== people) note(`${found.invited} people are invited instead of ${people}`);
      if (found.integrity !== "ok") note(`the store is damaged: ${found.integrity}`);
    },

    // Starts the server without faults, as a person would; all who were cut off answer, and the books agree.
    async recover() {
      faults.clear();
      await server.start();
      await campaign.settle();
      await server.kill();
      campaign.check();
    },
  };

  campaign.begin();
  await server.start();
  for (let person = 0; person < answeredBefore; person++) {
    await campaign.open(person);
    await campaign.send(person);
  }
  if ((await server.stop()) !== 0) note("the server did not stop well");
  campaign.check();
  copyStore(work, base);
  return campaign;
}


// How many steps of these kinds three answers take, one after the other: sent at once they take fewer.
export async function countSteps(campaign, steps) {
  campaign.reset();
  await campaign.server.start();
  for (const person of answering) await campaign.open(person);
  campaign.faults.set({ steps });
  for (const person of answering) await campaign.send(person);
  const count = campaign.faults.count();
  await campaign.server.kill();
  campaign.begin();
  return count;
}
