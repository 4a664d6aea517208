// Goal: whatever step to the disk fails, at once or from then on, nobody is thanked for what is not kept; they are
// told to send again, it is said on standard error once, and the same server serves again when the fault ends.
//
// usage: refuse.mjs [ROUNDS]. Three people send at once, and the k-th step fails for lack of space, of an
// input/output error, or because the disk is read-only: it alone, or all from it on. Every k; ROUNDS of them,
// spread over all, if they are more, and always the first: three who send at once take fewer steps than three one after
// the other, so that a late one may never come.
import { constants } from "node:os";
import { answering, countSteps, makeCampaign } from "./campaign.mjs";
import { ERASE, EVERY, NAME, SYNC, TRUNCATE, WRITE, finish, note, pause, sample, scratch, tell } from "./rig.mjs";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 2);
const folder = scratch("refuse");
const { ENOSPC, EIO, EROFS } = constants.errno;
const kinds = [
  { what: "disk full", fault: ENOSPC, steps: WRITE | TRUNCATE | NAME, said: /no space is left/ },
  { what: "I/O errors", fault: EIO, steps: EVERY, said: /Input\/output error|disk I\/O error/ },
  { what: "I/O errors at syncs", fault: EIO, steps: SYNC, said: /Input\/output error|disk I\/O error/ },
  { what: "read-only disk", fault: EROFS, steps: WRITE | TRUNCATE | NAME | ERASE, said: /Read-only file system|disk I\/O error/ },
];

// Whether anybody was refused.
async function refuse(campaign, { fault, steps, said }, first, last) {
  campaign.reset();
  await campaign.server.start();
  for (const person of answering) await campaign.open(person);
  campaign.faults.set({ fault, steps, first, last });
  const outcomes = await campaign.sendAll();
  const where = `${campaign.access}, step ${first}${first === last ? " alone" : ""}`;
  if (outcomes.includes("cut")) note(`${where}: the connection was cut`);
  const refused = outcomes.includes("refused");
  // A form that could not be looked up is refused at once; the log has it when the store is next looked at.
  if (refused && !said.test(campaign.server.said)) {
    await pause(1100);
    await fetch(`${campaign.server.url}health`);
  }
  if (refused && !said.test(campaign.server.said)) note(`${where}: unclear: ${campaign.server.said}`);
  if (refused && campaign.server.said.split("\n").length > 4) note(`${where}: said too often: ${campaign.server.said}`);
  campaign.faults.clear();
  await campaign.settle();
  if ((await campaign.server.stop()) !== 0) note(`${where}: the server did not stop well`);
  campaign.check();
  return refused;
}

for (const access of ["open", "links"]) {
  const campaign = await makeCampaign(folder, access);
  for (const kind of kinds) {
    campaign.begin();
    const most = await countSteps(campaign, kind.steps);
    let refused = 0;
    for (const step of new Set([1, ...sample(most, rounds)])) {
      refused += await refuse(campaign, kind, step, 0xffffffff);
      refused += await refuse(campaign, kind, step, step);
    }
    if (!refused) note(`${kind.what}, ${access}: nobody was ever refused`);
    tell(`${kind.what}, ${access}`, campaign.tally);
  }
}
finish();
