// Goal: every page can be read and used on a small screen, enlarged, respaced, turned: nothing is cut, covered or out
// of reach, and what is to be touched is large enough (WCAG 1.3.4, 1.4.4, 1.4.10, 1.4.12, 2.5.8).
import { assert, equal, visit } from "./harness.mjs";
import { gallery } from "./gallery.mjs";

// What is wrong with the layout of the page, in words: runs in the page.
function faults() {
  const list = [];
  const width = document.documentElement.clientWidth;
  const name = (one) => `<${one.tagName.toLowerCase()} class="${one.className}" id="${one.id}"> ${one.textContent.trim().slice(0, 40)}`;
  const isUnseen = (one) => one.closest(".hidden, .skip, [hidden], head") || !one.checkVisibility() ||
    getComputedStyle(one).clipPath !== "none";
  if (document.documentElement.scrollWidth > width) list.push(`${document.documentElement.scrollWidth} px wide on ${width}`);
  const seen = [...document.body.querySelectorAll("*")].filter((one) => !isUnseen(one));
  for (const one of seen) {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (box.width && (box.left < -0.5 || box.right > width + 0.5)) list.push(`leaves the window: ${name(one)}`);
    const scrolls = one.matches("textarea, input, select");
    if (!scrolls && style.overflow !== "visible" && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
      list.push(`is cut off: ${name(one)}`);
    if (!scrolls && one.matches("button, label, legend, .button") && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
      list.push(`has words outside of it: ${name(one)}`);
    if (one.tagName === "SELECT") {
      const pen = Object.assign(document.createElement("canvas").getContext("2d"),
        { font: style.font, letterSpacing: style.letterSpacing, wordSpacing: style.wordSpacing });
      const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const longest = Math.max(...[...one.options].map((option) => pen.measureText(option.text).width));
      // A closed list cannot be wrapped: it must say that there is more, which it shows when it is open.
      if (longest > room && style.textOverflow !== "ellipsis")
        list.push(`does not show its choice: ${one.id}, ${longest} px in ${room}`);
    }
  }
  // Words over words.
  const words = seen.flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim())
    .flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].map((box) => ({ one, box }));
    }));
  for (let i = 0; i < words.length; i++)
    for (let j = i + 1; j < words.length; j++) {
      const a = words[i].box, b = words[j].box;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > Math.min(a.height, b.height) / 2)
        list.push(`overlap: ${name(words[i].one)} and ${name(words[j].one)}`);
    }
  return list;
}

// Adds rules to the page as a reader's own style sheet would.
const restyle = (page, rules) => page.evaluate((rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}, rules);

async function soundOnAllPages(where, options, rules) {
  const page = await visit("about:blank", options);
  const list = [];
  for (const [name, { html }] of await gallery()) {
    await page.setContent(html);
    if (rules) await restyle(page, rules);
    list.push(...(await page.evaluate(faults)).map((fault) => `  ${name}: ${fault}`));
  }
  assert(!list.length, `${where}:\n${list.slice(0, 30).join("\n")}`);
  await page.context().close();
}

// What a finger must hit: a field with the label around it, a button, a link that does not stand in a sentence.
function targets() {
  const link = document.querySelector(".skip");
  link.focus();
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")]
    .filter((one) => one.checkVisibility() && !one.matches(".hidden") && !one.closest(".prose :is(p, li)"))
    .map((one) => {
      const box = (one.closest("label") ?? one).getBoundingClientRect();
      return { name: `${one.tagName} ${one.id || one.textContent.trim()}`, width: box.width, height: box.height };
    });
}

const spaced = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } " +
  "p { margin-bottom: 2em !important }";

export const tests = {
  "at 320 px, as a window of 1280 px shows it at 400 %": () =>
    soundOnAllPages("320 px", { viewport: { width: 320, height: 256 }, deviceScaleFactor: 1 }),
  "at 200 %": () => soundOnAllPages("200 %", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }),
  "at 1280 px, with text alone at 200 %": () =>
    soundOnAllPages("text at 200 %", { viewport: { width: 1280, height: 900 } }, "html { font-size: 200% !important }"),
  "on a tablet of 768 px, with text alone at 200 %": () =>
    soundOnAllPages("text at 200 % on 768 px", { viewport: { width: 768, height: 1024 } }, "html { font-size: 200% !important }"),
  async "with the reader's own spacing of lines, words and letters"() {
    await soundOnAllPages("respaced, 320 px", { viewport: { width: 320, height: 640 } }, spaced);
    await soundOnAllPages("respaced, 1280 px", { viewport: { width: 1280, height: 900 } }, spaced);
  },
  "a telephone held across": () => soundOnAllPages("640 × 360", { viewport: { width: 640, height: 360 }, hasTouch: true, isMobile: true }),

  async "what is to be touched is 24 px wide and high, answers 44 px high"() {
    for (const width of [320, 1280]) {
      const page = await visit("about:blank", { viewport: { width, height: 800 } });
      let count = 0;
      for (const [name, { html }] of await gallery()) {
        await page.setContent(html);
        for (const target of await page.evaluate(targets)) {
          count++;
          assert(target.width >= 24 && target.height >= 24, `${name} at ${width} px: ${JSON.stringify(target)}`);
        }
        const rows = await page.locator("label.option, .buttons button").evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect().height));
        assert(rows.every((height) => height >= 44), `${name} at ${width} px: rows of ${Math.min(...rows)} px`);
      }
      assert(count > 400, `${count} targets`);
      await page.context().close();
    }
  },

  async "no page asks for one way of holding the device, or locks the zoom"() {
    for (const [name, { html }] of await gallery()) {
      const viewport = html.match(/<meta name="viewport" content="([^"]*)"/)?.[1];
      equal(viewport, "width=device-width, initial-scale=1", name);
      assert(!/orientation\s*:/.test(html), `${name}: a rule on orientation`);
    }
  },
};
