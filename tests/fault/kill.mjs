// Goal: whoever saw the thank-you page is in the store, exactly once, however often the server was killed.
//
// usage: kill.mjs [ROUNDS]. In each round several respondents post as fast as they can, and the server is killed
// (SIGKILL) at a random moment; then it is started again on the same store. A respondent whose connection was
// cut sends again after the restart, as a person would press Send again.
import { join } from "node:path";
import { fillIn, finish, freePort, isThanks, makeServer, note, pause, root, scratch, sql, tell } from "./rig.mjs";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 12), respondents = 8;
const store = join(scratch("kill"), "answers.db");
const server = makeServer(join(root, "questionnaires/accueil.yaml"), await freePort(), store);
const acknowledged = new Map(), statuses = new Map();
let stopped = false;

async function send(answer) {
  while (!stopped) {
    try {
      const reply = await fetch(server.url, { method: "POST", body: answer.body });
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (isThanks(await reply.text())) acknowledged.set(answer.key, (acknowledged.get(answer.key) ?? 0) + 1);
      return;
    } catch {
      await pause(5);
    }
  }
}

async function respond() {
  while (!stopped) {
    try {
      const answer = fillIn(await (await fetch(server.url)).text(), "");
      await send(answer);
    } catch {
      await pause(5);
    }
  }
}

await server.start();
const all = Array.from({ length: respondents }, respond);
for (let round = 0; round < rounds; round++) {
  await pause(20 + Math.random() * 200);
  await server.kill();
  await server.start();
}
await pause(100);
stopped = true;
await Promise.all(all);
const status = await server.stop();

const keys = sql(store, "SELECT key FROM response").split("\n").filter(Boolean), stored = new Set(keys);
const counted = Number(sql(store, "SELECT coalesce(sum(count), 0) FROM day_count"));
const integrity = sql(store, "PRAGMA integrity_check");
const lost = [...acknowledged.keys()].filter((key) => !stored.has(key));
console.log(`answers by status ${JSON.stringify([...statuses])}`);
if (integrity !== "ok" || status !== 0 || acknowledged.size <= rounds) note(JSON.stringify({ integrity, status }));
tell("kill -9 at random moments, open", {
  rounds, acknowledged: acknowledged.size, lost: lost.length, twice: keys.length - stored.size,
  half: Math.abs(counted - stored.size),
});
finish();
