// Goal: the pages around the form, at every width, in both colour schemes and on paper, and what the headers
// promise: no script, no third party, no cookie.
import { accessible, accueil, allTypes, assert, dip, equal, query, serve, variant, visit } from "./harness.mjs";

const day = (offset) => new Date(Date.now() + offset * 86400000).toISOString().slice(0, 10);
const dated = (name, lines) => variant(accueil, name, (text) => text.replace(/^layout:.*$/m, (line) => `${line}\n${lines}`));

async function says(page, pattern, where) {
  const text = await page.locator("main").innerText();
  assert(pattern.test(text), `${where} says: ${text.slice(0, 300)}`);
}

export const tests = {
  async "every width from 320 px, light and dark"() {
    const server = await serve(dip);
    for (const [width, colorSchemes] of [[320, ["light", "dark"]], [768, ["light"]], [1920, ["dark"]]])
      for (const colorScheme of colorSchemes) {
        const page = await visit(server.url, { viewport: { width, height: 800 }, colorScheme });
        for (const path of ["/", "/privacy", "/accessibility", "/nowhere"]) {
          await page.goto(server.url + path);
          await accessible(page, `${path} at ${width} px, ${colorScheme}`);
        }
        await page.context().close();
      }
    await server.stop();
  },

  async "a grid is readable on the smallest phone"() {
    const single = variant(allTypes, "single", (text) => text.replace("layout: pages", "layout: single"));
    const server = await serve(single);
    const page = await visit(server.url, { viewport: { width: 320, height: 640 } });
    await accessible(page, "all in one page at 320 px");
    const widths = await page.locator('[name="method_pace"]').evaluateAll((all) =>
      all.map((one) => one.closest("label")?.getBoundingClientRect().height ?? 0));
    assert(widths.every((height) => height >= 40), `targets of ${widths} px`);
    await server.stop();
  },

  async "a preview stores nothing and says so on each page"() {
    const server = await serve(accueil, "--preview");
    const page = await visit(server.url);
    assert(/aperçu|prévisualisation/i.test(await page.locator("body").innerText()), "the form does not say it");
    await accessible(page, "preview");
    await server.stop();
    equal(query(server.store, "SELECT count(*) AS n FROM response")[0]?.n ?? 0, 0, "stored");
  },

  async "before it opens and after it closes"() {
    for (const [name, lines, pattern] of [
      ["early", `opens: ${day(3)}`, /ouvrira|ouvre/i],
      ["late", `closes: ${day(-3)}`, /terminé|close|clos/i],
    ]) {
      const server = await serve(dated(name, lines));
      const page = await visit(server.url);
      equal(await page.locator("form").count(), 0, `${name}: a form`);
      await says(page, pattern, name);
      await accessible(page, name);
      await server.stop();
    }
  },

  async "no script, no third party, no cookie, and a policy that forbids them"() {
    const server = await serve(dip);
    const answer = await fetch(server.url, { headers: { "accept-language": "fr" } });
    const html = await answer.text();
    equal([/<script/i.test(html), / style="/.test(html), /https?:\/\/(?!127)[^"]*\.(css|js|png|woff)/.test(html)],
      [false, false, false], "script, inline style, third party");
    equal(answer.headers.get("set-cookie"), null, "cookie");
    const policy = answer.headers.get("content-security-policy");
    for (const part of ["default-src 'none'", "style-src 'sha256-", "form-action 'self'", "frame-ancestors 'none'"])
      assert(policy?.includes(part), `${part} is not in ${policy}`);
    equal(answer.headers.get("referrer-policy"), "no-referrer", "referrer");
    equal(answer.headers.get("x-content-type-options"), "nosniff", "sniffing");
    await server.stop();
  },

  async "it prints: nothing of it is cut, nothing of it is dark"() {
    const server = await serve(accueil);
    const page = await visit(server.url, { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert(/255, 255, 255|, 0\)$/.test(colour), `printed on ${colour}`);
    await server.stop();
  },
};
