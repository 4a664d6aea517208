// Goal: a server that is killed at any write, sync or other step of its way through a commit has kept whatever it
// has thanked for, and nothing in half.
//
// usage: stop.mjs [ROUNDS]. Three people send at once; the server is killed in place of the k-th thing that it
// does to the files of its store, or in the middle of the k-th write. Then it starts again, those who were cut
// off send again, and the store is looked at. Every k; ROUNDS of them, spread over all, if they are more, and
// always the first: three who send at once take fewer steps than three one after the other, so that a late one may
// never come. The same for the start of a server, which makes a store with links anew.
import { answering, countSteps, makeCampaign } from "./campaign.mjs";
import { EVERY, STOP, TEAR, finish, note, sample, scratch, tell } from "./rig.mjs";

const rounds = Number(process.argv[2] ?? process.env.ROUNDS ?? 5);
const folder = scratch("stop");

async function stopCommit(campaign, step, fault) {
  campaign.reset();
  await campaign.server.start();
  for (const person of answering) await campaign.open(person);
  campaign.faults.set({ fault, first: step });
  const outcomes = await campaign.sendAll();
  if (outcomes.includes("refused")) note(`${campaign.access}: refused at step ${step}`);
  await campaign.server.kill();
  await campaign.recover();
  return outcomes.includes("cut");
}

// One was thanked by a server that was killed: the next one has something to bring in order.
async function prepareStart(campaign) {
  campaign.reset();
  await campaign.server.start();
  for (const person of answering) await campaign.open(person);
  await campaign.send(answering[0]);
  await campaign.server.kill();
}

async function countStart(campaign) {
  await prepareStart(campaign);
  campaign.faults.set({ steps: EVERY });
  await campaign.server.start();
  await campaign.server.kill();
  return campaign.faults.count();
}

async function stopStart(campaign, step) {
  await prepareStart(campaign);
  campaign.faults.set({ fault: STOP, first: step });
  const stopped = await campaign.server.start().then(() => false, () => true);
  await campaign.server.kill();
  await campaign.recover();
  return stopped;
}

async function tryAll(campaign, what, most, stop) {
  campaign.begin();
  let stopped = 0;
  for (const step of new Set([1, ...sample(most, rounds)])) stopped += await stop(campaign, step);
  if (!stopped) note(`${what}: the server was never stopped`);
  tell(what, campaign.tally);
}

for (const access of ["open", "links"]) {
  const campaign = await makeCampaign(folder, access);
  const steps = await countSteps(campaign, EVERY);
  await tryAll(campaign, `kill -9 at each step of a commit, ${access}`, steps, (c, step) => stopCommit(c, step, STOP));
  await tryAll(campaign, `kill -9 in each write of a commit, ${access}`, steps, (c, step) => stopCommit(c, step, TEAR));
  const start = await countStart(campaign);
  await tryAll(campaign, `kill -9 at each step of the start, ${access}`, start, stopStart);
  console.log(`${access}: ${steps} steps of three commits, ${start} of a start`);
}
finish();
