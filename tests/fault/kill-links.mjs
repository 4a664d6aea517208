// Goal: with personal links, whoever saw the thank-you page is in the store exactly once, no link is both unused
// and answered or both used and unanswered, and after each break a form opens where it was left.
//
// usage: kill-links.mjs [ROUNDS]. 140 made-up people answer page by page while the server is killed (SIGKILL) at
// random moments and started again. Whoever is cut off opens the link again, as a person would, or sends the same
// page once more. When all of them have answered, the next campaign begins, until there were enough rounds.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin, fillIn, finish, freePort, isThanks, makeServer, note, pause, root, scratch, sql, tell } from "./rig.mjs";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 6), people = 140, atOnce = 10;
const questionnaire = join(root, "questionnaires/dip-2013.yaml");
const roles = [["member", 98], ["facilitator", 10], ["manager", 32]].flatMap(([role, count]) => Array(count).fill(role));
const folder = scratch("kill-links");

function invite(store, url) {
  const roster = join(folder, "roster.csv");
  writeFileSync(roster, "name,role\n" + roles.map((role, i) => `Made-up person ${i},${role}\n`).join(""));
  const csv = execFileSync(join(bin, "survey"),
    ["invite", questionnaire, roster, "--store", store, "--public-url", url], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const [header, ...lines] = csv.trim().split("\n").map((line) => line.split(","));
  return lines.map((cells) => cells[header.indexOf("link")]);
}

const tally = { rounds: 0, acknowledged: 0, lost: 0, twice: 0, half: 0 };
const seen = { thanks: 0, already: 0, resumed: 0, sentAgain: 0 };

// What came back; null: the connection was cut.
async function ask(link, body) {
  try {
    const reply = await fetch(link, body ? { method: "POST", body, redirect: "manual" } : {});
    return { status: reply.status, html: await reply.text() };
  } catch {
    await pause(5);
    return null;
  }
}

// One person, from the link to the thank-you. What the server has shown after a step it has also kept.
async function respond(number, link) {
  const words = `made-up words of person ${number}.`;
  let page = null, answer = null, reached = 0;
  for (;;) {
    const reply = await ask(link, answer?.body);
    if (!reply) {
      // Half of the people press Send again; the others open their link anew.
      if (answer && Math.random() < 0.5) seen.sentAgain++;
      else [page, answer] = [null, null];
      continue;
    }
    if (isThanks(reply.html)) {
      tally.acknowledged++;
      return void seen.thanks++;
    }
    if (!/<form/.test(reply.html)) {
      if (reached < 2) note(`person ${number} got no form: ${reply.status}`);
      return void seen.already++;
    }
    const reopened = !page && reached > 0;
    page = fillIn(reply.html, words);
    if (reopened) {
      seen.resumed++;
      if (Number(page.screen) < reached) note(`person ${number} had reached screen ${reached}, came back to ${page.screen}`);
    }
    reached = Math.max(reached, Number(page.screen));
    answer = page;
    await pause(Math.random() * 20);
  }
}

async function campaign() {
  const store = join(mkdtempSync(join(folder, "store-")), "answers.db");
  const server = makeServer(questionnaire, await freePort(), store);
  const links = invite(store, server.url);
  let next = 0, left = people, kills = 0;
  const worker = async () => {
    while (next < people) {
      const number = next++;
      await respond(number, links[number]);
      left--;
    }
  };
  await server.start();
  const all = Array.from({ length: atOnce }, worker);
  while (left > 0) {
    await pause(20 + Math.random() * 250);
    if (left === 0) break;
    await server.kill();
    await server.start();
    kills++;
  }
  await Promise.all(all);
  if ((await server.stop()) !== 0) note("the server did not stop well");
  check(store);
  return kills;
}

function check(store) {
  const number = (text) => Number(sql(store, text));
  const expected = [
    ["SELECT count(*) FROM response", people],
    ["SELECT sum(count) FROM day_count", people],
    ["SELECT count(*) FROM invitation WHERE used", people],
    ["SELECT count(*) FROM draft", 0],
  ];
  for (const [text, count] of expected)
    if (number(text) !== count) {
      tally.half++;
      note(`${text}: ${number(text)} instead of ${count}`);
    }
  const rows = sql(store, "SELECT role, coalesce(hope_words, '') || coalesce(criticism, '') || coalesce(idea, '') FROM response")
    .split("\n").map((line) => line.split("|"));
  for (let person = 0; person < people; person++) {
    const theirs = rows.filter(([, text]) => text.includes(`words of person ${person}.`));
    tally.lost += theirs.length === 0;
    tally.twice += theirs.length > 1;
    if (theirs.length !== 1) note(`person ${person} has ${theirs.length} responses`);
    else if (theirs[0][0] !== roles[person]) note(`person ${person} answered as ${theirs[0][0]}`);
  }
  if (sql(store, "PRAGMA integrity_check") !== "ok") note("the store is damaged");
}

let campaigns = 0;
while (tally.rounds < rounds && tally.lost + tally.twice + tally.half === 0) {
  tally.rounds += await campaign();
  campaigns++;
}
if (seen.resumed === 0) note("nobody ever came back to a form: nothing was tried");
console.log(`${campaigns} campaigns of ${people} people: ${JSON.stringify(seen)}`);
tell("kill -9 at random moments, links", tally);
finish();
