// Goal: whoever was thanked is in the store after a power cut, whatever of the unsynced pages and names the disk
// has lost or kept.
//
// usage: power.mjs [ROUNDS]. A server is started on a store, takes three answers and ends, and all that it does is
// recorded. In each round the power is cut at some moment of that: the store is put together as a disk might have
// it then, a server is started on it, those who were not thanked yet send again, and the store is looked at.
import { truncateSync } from "node:fs";
import { join } from "node:path";
import { answering, makeCampaign } from "./campaign.mjs";
import { lucks, makeDisk, readTrace } from "./disk.mjs";
import { finish, isThanks, note, sample, scratch, tell } from "./rig.mjs";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 10);
const folder = scratch("power");

async function record(campaign, trace) {
  campaign.reset();
  truncateSync(trace);
  await campaign.server.start();
  for (const person of answering) {
    await campaign.open(person);
    await campaign.send(person);
  }
  if ((await campaign.server.stop()) !== 0) note("the server did not stop well");
  return readTrace(trace);
}

for (const access of ["open", "links"]) {
  const trace = join(folder, `${access}.trace`);
  const campaign = await makeCampaign(folder, access, trace);
  const records = await record(campaign, trace);
  campaign.restore();
  campaign.begin();
  const disk = makeDisk(campaign.work), moments = new Set(sample(records.length, Math.max(1, rounds / 2)));
  const perMoment = Math.max(1, Math.ceil(rounds / moments.size));
  let thanks = 0;
  for (const [i, record] of records.entries()) {
    disk.play(record);
    thanks += record.kind === "a" && isThanks(record.bytes.toString());
    for (let round = 0; moments.has(i + 1) && round < perMoment; round++) {
      disk.cut(lucks[(i + round) % lucks.length]);
      campaign.resume(answering.slice(0, thanks));
      await campaign.recover();
    }
  }
  if (thanks !== answering.length) note(`${access}: the trace has ${thanks} thanks`);
  console.log(`${access}: ${records.length} moments`);
  tell(`power cut, ${access}`, campaign.tally);
}
finish();
