// Takes the README's pictures: pictures.mjs REPORT.html, with the report of `make demo`.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { closeBrowser, dip, openBrowser, serve, visit } from "./harness.mjs";

const pictures = new URL("pictures/", import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });
await openBrowser();
const server = await serve(dip);
const form = await visit(server.url, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, locale: "en" });
for (const role of ["member", "manager"]) await form.locator(`[name="roles"][value="${role}"]`).check();
await form.locator('[name="role"][value="member"]').check();
await form.locator("button[name=go-next]").last().click();
await form.waitForLoadState();
await form.screenshot({ path: `${pictures}form.png` });
await server.stop();
const report = await visit(`file://${resolve(process.argv[2])}`, { viewport: { width: 1100, height: 844 } });
await report.screenshot({ path: `${pictures}report.png` });
await closeBrowser();
process.exit(0);
