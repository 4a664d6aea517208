// Load over keep-alive connections: plain pages, then responses, each with a key of its own and waiting for its
// thank-you. usage: load.mjs URL
import { Agent, request } from "node:http";

const url = new URL(process.argv[2]), connections = 32, duration = 3000;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function send(method, body) {
  return new Promise((done, fail) => {
    const headers = body ? { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) } : {};
    request({ host: url.hostname, port: url.port, path: "/", method, agent, headers }, (reply) => {
      let text = "";
      reply.setEncoding("utf8");
      reply.on("data", (part) => (text += part));
      reply.on("end", () => done(text));
    }).on("error", fail).end(body);
  });
}

const key = () => String((BigInt(Math.floor(Math.random() * 2 ** 31)) << 31n) + BigInt(Math.floor(Math.random() * 2 ** 31)) + 1n);

async function measure(name, once) {
  const times = [], end = performance.now() + duration;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await once();
      times.push(performance.now() - start);
    }
  }));
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(1);
  console.log(`${name}: ${Math.round(times.length / duration * 1000)} a second, median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  return times.length;
}

const page = await send("GET");
const fields = new URLSearchParams();
for (const [, tag] of page.matchAll(/<input([^>]*type="(?:radio|checkbox)"[^>]*)>/g)) {
  const name = tag.match(/name="([^"]*)"/)[1];
  if (!fields.has(name)) fields.append(name, tag.match(/value="([^"]*)"/)[1]);
}
fields.append("page-shown", "0");
fields.append("go-send", "1");
const pages = await measure("form pages", () => send("GET"));
const responses = await measure("durable responses", async () => {
  const text = await send("POST", `response-key=${key()}&${fields}`);
  if (!text.includes('id="thanks"')) throw new Error(text.slice(text.indexOf("<main"), text.indexOf("<main") + 600));
});
console.log(`responses to pages: ${(responses / pages).toFixed(2)}`);
process.exit(0);
