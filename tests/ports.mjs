// Free ports for servers that a test starts, stops and starts again.

import { createServer } from "node:net";

const listens = (port) => new Promise((done) => {
  const probe = createServer().once("error", () => done(false))
    .listen(port, "127.0.0.1", () => probe.close(() => done(true)));
});

// A free port below those that the system gives to outgoing connections (32768 and up): while the server is stopped,
// no connection of another test can take it.
export async function freePort() {
  for (;;) {
    const port = 10000 + Math.floor(Math.random() * 22000);
    if (await listens(port)) return port;
  }
}
