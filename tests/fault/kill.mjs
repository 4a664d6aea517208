// Goal: whoever saw the thank-you page is in the store, exactly once, however often the server was killed.
//
// usage: kill.mjs [ROUNDS]. In each round several respondents post as fast as they can, and the server is killed
// (SIGKILL) at a random moment; then it is started again on the same store. A respondent whose connection was
// cut sends again after the restart, as a person would press Send again.
import { join } from "node:path";
import { fillIn, freePort, isThanks, makeServer, pause, root, scratch, sql } from "./rig.mjs";

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

const stored = new Set(sql(store, "SELECT key FROM response").split("\n").filter(Boolean));
const counted = Number(sql(store, "SELECT coalesce(sum(count), 0) FROM day_count"));
const integrity = sql(store, "PRAGMA integrity_check");
const lost = [...acknowledged.keys()].filter((key) => !stored.has(key));
console.log(`${rounds} kills, ${acknowledged.size} acknowledged, ${stored.size} stored, ${lost.length} lost; ` +
  `answers by status ${JSON.stringify([...statuses])}`);
const sound = lost.length === 0 && acknowledged.size > rounds && counted === stored.size &&
  integrity === "ok" && status === 0;
if (!sound) console.log(JSON.stringify({ lost: lost.slice(0, 5), counted, integrity, status }));
console.log(sound ? "1 passed, 0 failed" : "0 passed, 1 failed");
process.exit(sound ? 0 : 1);
