// Goal: whatever the device and its settings make of the page, it can be seen and used: colours light, dark, strong or
// forced, no motion, no style, no script, no images, on paper.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allTypes, assert, axeSource, dip, equal, query, scratch, serve, visit } from "./harness.mjs";
import { fillIn } from "./keyboard.mjs";
import { gallery } from "./gallery.mjs";
import { contrasting, picture } from "./picture.mjs";

const settings = {
  light: { colorScheme: "light" }, dark: { colorScheme: "dark" },
  "strong contrast": { contrast: "more", colorScheme: "light" }, "strong contrast, dark": { contrast: "more", colorScheme: "dark" },
  "forced colours": { forcedColors: "active", colorScheme: "light" },
  "forced colours, dark": { forcedColors: "active", colorScheme: "dark" },
};
const showing = async (name) => {
  const page = (await gallery()).get(name);
  assert(page, `no page "${name}"`);
  return page.html;
};

// One of each kind of thing that takes the focus, on the page where each is.
const kinds = {
  "all-types, page 2, wrong": {
    "a link of the summary": ".summary a", "a language": ".languages button", "a radio button": "#overall-2",
    "a radio button in a grid": "#method_pace-1", "an answer aside": "#overall-5", "a box to tick": "#hours-2",
    "a field with an error": "#hours-1", "a date": "#since-1", "a list": "#priorities-2", "the main button": ".buttons [name=go-next]",
    "the other button": ".buttons [name=go-back]", "a quiet button": ".quiet-buttons button", "a link of the footer": "footer a",
  },
  "all-types, page 4": { "a field of many lines": "textarea" },
  "/privacy": { "a language": ".languages a" },
};

// Where the rules are those of another setting in other colours, which are measured elsewhere, a few of each kind do.
const fewer = { "all-types, page 2, wrong": Object.fromEntries(Object.entries(kinds["all-types, page 2, wrong"])
  .filter(([what]) => ["a radio button", "a field with an error", "the main button", "a link of the footer"].includes(what))) };

async function focusShows(page, where, kinds) {
  for (const [name, elements] of Object.entries(kinds)) {
    await page.setContent((await showing(name)).replaceAll(" autofocus", ""));
    await page.evaluate(() => document.querySelector("#overall-2")?.click());
    await page.keyboard.press("Tab"); // the keyboard is in use: from now on the focus shows
    for (const [what, selector] of Object.entries(elements)) {
      const field = page.locator(selector).first();
      const holder = (await field.evaluate((one) => Boolean(one.closest("label")))) ? page.locator(`label:has(${selector})`) : field;
      await page.evaluate(() => document.activeElement.blur());
      const before = await picture(page, holder);
      await field.focus();
      const changed = await contrasting(before, await picture(page, holder));
      const { width, height } = await holder.boundingBox();
      // WCAG 2.4.13: as large as a line of 2 px around what has the focus, with 3:1 between with and without.
      assert(changed >= 2 * 2 * (width + height), `${where}: ${what}: ${changed} px change around ${width} × ${height}`);
    }
  }
}

async function marksShow(page, where) {
  await page.setContent(await showing("all-types, page 2"));
  for (const selector of ["#overall-1", "#method_pace-1", "#hours-2", "#hours-1", "#priorities-1", "#since-1"]) {
    const field = page.locator(selector);
    const { width, height } = await field.boundingBox();
    const edge = await contrasting(await picture(page, field, 3));
    // A circle or a rectangle of one pixel's line, which is three pixels here.
    const line = (width === height ? Math.PI * width : 2 * (width + height)) * 3;
    assert(edge >= line * 0.8, `${where}: the edge of ${selector} is ${edge} px of 3:1 around ${width} × ${height}`);
    if (await field.evaluate((one) => !one.matches("[type=radio], [type=checkbox]"))) continue;
    const before = await picture(page, field, 3);
    await field.evaluate((one) => one.click());
    const mark = await contrasting(before, await picture(page, field, 3));
    assert(mark >= 300, `${where}: choosing ${selector} changes ${mark} px by 3:1`);
  }
}

// The page as the server sends it, but for what `change` makes of its text.
async function visitChanged(url, change) {
  const page = await visit("about:blank", { locale: "en" });
  await page.route("**/*", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    await route.fulfill({ response, body: change(body) });
  });
  await page.goto(url);
  return page;
}

export const tests = {
  async "words have their contrast in every setting; 7:1 where strong contrast is asked for"() {
    for (const setting of ["light", "dark", "strong contrast", "strong contrast, dark"]) {
      const page = await visit("about:blank", { ...settings[setting], reducedMotion: "reduce" });
      const rule = setting.startsWith("strong") ? "color-contrast-enhanced" : "color-contrast";
      for (const name of ["dip-2013, page 1, wrong", "all-types, page 2, wrong", "revealed", "erase?", "preview", "code, wrong",
        "personal link"]) {
        await page.setContent(await showing(name));
        await page.evaluate(axeSource);
        const { violations, passes } = await page.evaluate((rule) =>
          globalThis.axe.run({ runOnly: [rule], rules: { [rule]: { enabled: true } } }), rule);
        assert(passes.length === 1, `${name}, ${setting}: nothing was looked at`);
        equal(violations.flatMap((one) => one.nodes.map((node) => node.html)), [], `${name}, ${setting}: ${rule}`);
      }
      await page.context().close();
    }
  },

  async "the focus is seen around everything that takes it, in every setting"() {
    for (const [setting, options] of Object.entries(settings)) {
      const page = await visit("about:blank", { ...options, reducedMotion: "reduce", viewport: { width: 800, height: 500 } });
      await focusShows(page, setting, ["light", "forced colours, dark"].includes(setting) ? kinds : fewer);
      await page.context().close();
    }
  },

  async "fields and their marks are seen in every setting"() {
    for (const setting of ["light", "dark", "strong contrast, dark", "forced colours, dark"]) {
      // At three pixels each, so that thin lines are measured in their own colour.
      const page = await visit("about:blank", { ...settings[setting], reducedMotion: "reduce", deviceScaleFactor: 3,
        viewport: { width: 800, height: 300 } });
      await marksShow(page, setting);
      await page.context().close();
    }
  },

  async "nothing moves for who asks for no motion, and nothing by itself for anybody"() {
    for (const reducedMotion of ["reduce", "no-preference"]) {
      const page = await visit("about:blank", { reducedMotion });
      for (const name of ["all-types, page 2, wrong", "all-types, thanks", "code"]) {
        await page.setContent(await showing(name));
        const moving = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((one) => {
          const { animationName, transitionDuration, transitionProperty, scrollBehavior } = getComputedStyle(one);
          const turns = transitionProperty.split(", ").some((property) => !/colou?r|^all$|none/.test(property));
          const lasts = transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
          return animationName !== "none" || scrollBehavior !== "auto" || (turns && lasts) ? ["moves"] : lasts ? ["fades"] : [];
        }));
        equal(moving.filter((what) => what === "moves" || reducedMotion === "reduce"), [], `${name}, ${reducedMotion}`);
        equal(await page.locator("marquee, blink, video, audio, [autoplay], animate, animateTransform, meta[http-equiv]").count(), 0, name);
      }
      await page.context().close();
    }
  },

  async "without style the order and the meaning stay, and the form can be sent by keyboard"() {
    const server = await serve(allTypes);
    const page = await visitChanged(server.url, (body) => body.replace(/<style>[^]*?<\/style>/, ""));
    equal(await page.evaluate(() => [document.styleSheets.length, document.querySelectorAll("[style]").length]), [0, 0], "style sheets");
    const ordered = () => page.evaluate(() => {
      const boxes = [...document.querySelectorAll("h1, h2, legend, label, p, input:not([type=hidden]), select, textarea")]
        .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect());
      return boxes.every((box, i) => i === 0 || box.bottom >= boxes[i - 1].top - 1);
    });
    const ownLine = () => page.locator("label:has(> [type=radio], > [type=checkbox])").evaluateAll((all) =>
      new Set(all.map((one) => Math.round(one.getBoundingClientRect().top))).size === all.length);
    await fillIn(page, { tasks: ["files"] }, "go-next");
    const words = await page.locator("main").innerText();
    for (const word of ["2 answers need another look", "Your service? (required)", "Error:", "Please specify – Something else"])
      assert(words.includes(word), `without style "${word}" is not there: ${words}`);
    equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert", "what has the focus");
    equal([await ordered(), await ownLine()], [true, true], "in order, each answer on a line of its own");
    await fillIn(page, { service: "desk", tasks: ["files", "lead"] }, "go-next");
    assert((await page.locator("main").innerText()).includes("year-month-day"), "how to type a date is not said");
    equal([await ordered(), await ownLine()], [true, true], "the second page in order");
    await fillIn(page, { method_pace: "2", hours: "3" }, "go-next");
    await fillIn(page, { remark: "No style" }, "go-send");
    const [row] = query(server.store, "SELECT service, method_pace, hours, remark FROM response");
    equal(row, { service: "desk", method_pace: 2, hours: 3, remark: "No style" }, "stored");
    await server.stop();
  },

  async "no page has a script, or wants one"() {
    for (const [name, { html }] of await gallery()) {
      const found = html.match(/<script|<noscript|\son[a-z]+=|javascript:|<iframe|<object|<embed/i);
      assert(!found, `${name} has ${found}`);
    }
  },

  async "without images nothing is lost"() {
    const logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    writeFileSync(join(scratch, "logo.svg"), logo);
    const file = join(scratch, "with-logo.yaml");
    writeFileSync(file, readFileSync(allTypes, "utf8").replace("layout: pages", "logo: logo.svg\nlayout: pages"));
    const server = await serve(file);
    const page = await visit("about:blank", { locale: "en" });
    await page.route("**/logo", (route) => route.abort());
    await page.goto(server.url);
    equal(await page.locator("img").evaluateAll((all) => all.map((one) => [one.alt, one.naturalWidth])), [["", 0]], "the logo, an ornament");
    assert((await page.locator("header").innerText()).includes("Town of Example"), "who asks is not said in words");
    equal(await page.locator("svg:not([aria-hidden=true])").count(), 0, "drawings that are read out");
    await server.stop();
  },

  async "on paper every question and every answer can be read, and no button is"() {
    const server = await serve(dip);
    const page = await visit(server.url, { locale: "fr", colorScheme: "dark", reducedMotion: "reduce" });
    const wanted = await page.locator("main :is(h1, h2, legend, .legend, .help, .option span)").allInnerTexts();
    const pdf = join(scratch, "form.pdf");
    writeFileSync(pdf, await page.pdf({ format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } }));
    const flat = (text) => text.replace(/[\s\u00AD-]+/g, "");
    const printed = flat(execFileSync("pdftotext", ["-raw", pdf, "-"], { encoding: "utf8" }));
    assert(wanted.length > 20, `${wanted.length} texts`);
    equal(wanted.filter((text) => !printed.includes(flat(text))), [], "not printed");
    equal(["Suivant", "English", "Confidentialité"].filter((text) => printed.includes(text)), [], "printed");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["color-contrast"] }));
    equal(violations, [], "pale words on paper");
    await server.stop();
  },
};
