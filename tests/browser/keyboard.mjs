// A respondent who has a keyboard and nothing else: where the focus is, what can be seen of it, and how answers are
// given with Tab, arrows, Space and Enter. Nothing here clicks, focuses or sets a value by itself.
import { assert } from "./harness.mjs";

// The element that has the focus, as far as a test needs to know it; null at the page itself.
export const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  return {
    at: [...document.querySelectorAll("*")].indexOf(one), tag: one.tagName, type: one.type ?? "", name: one.name ?? "",
    id: one.id, value: one.value ?? "", checked: Boolean(one.checked), text: one.textContent.trim().slice(0, 40),
    index: one.selectedIndex ?? -1, options: one.tagName === "SELECT" ? [...one.options].map((option) => option.value) : [],
    among: one.tagName === "SELECT" ? [...document.querySelectorAll(`select[name="${one.name}"]`)].indexOf(one) : 0,
  };
});

// The places where Tab has to stop, in the order of the document: of a group of radio buttons the chosen one, else the
// first.
export const stops = (page) => page.evaluate(() => {
  const all = [...document.querySelectorAll("*")];
  const radios = (name) => [...document.querySelectorAll(`input[type=radio][name="${name}"]`)];
  return all.filter((one) => {
    if (!one.matches("a[href], button, input:not([type=hidden]), select, textarea, [tabindex]")) return false;
    if (one.tabIndex < 0 || one.disabled || !one.checkVisibility()) return false;
    if (one.type !== "radio") return true;
    const group = radios(one.name);
    return one === (group.find((other) => other.checked) ?? group[0]);
  }).map((one) => ({ at: all.indexOf(one), group: one.type === "radio" ? one.name : null }));
});

// How the focus shows: its ring's width and contrast against what is around it, and whether all of the focused
// element can be seen. Runs in the page.
function look() {
  const one = document.activeElement, label = one.closest("label");
  const holder = [one, label].find((each) => each && getComputedStyle(each).outlineStyle !== "none");
  const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = parse(colour).map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (each) => {
    for (; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (parse(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const style = holder && getComputedStyle(holder);
  const box = (label ?? one).getBoundingClientRect();
  const covered = [[.5, .5], [.02, .1], [.98, .1], [.02, .9], [.98, .9]].filter(([x, y]) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return !hit || !(one.contains(hit) || label?.contains(hit) || hit.contains(one));
  }).length;
  return {
    what: one.outerHTML.slice(0, 120), ring: style ? parseFloat(style.outlineWidth) : 0, contrast: style ? contrast(style.outlineColor, ground(holder.parentElement)) : 0,
    covered, inside: box.top >= 0 && box.bottom <= innerHeight + 1 && box.left >= 0 && box.right <= innerWidth + 1,
    small: box.height < innerHeight, area: one.tagName === "TEXTAREA", top: box.top + scrollY, left: box.left, right: box.right, bottom: box.bottom + scrollY,
  };
}

// Checks how the focus shows where it is now; gives its place on the page.
export async function seen(page, where) {
  const sight = await page.evaluate(look);
  const what = `${where}: ${JSON.stringify(sight)}`;
  assert(sight.ring >= 2, `no ring around the focus at ${what}`);
  assert(sight.contrast >= 3, `a ring too pale at ${what}`);
  // Of a field of many lines the browser brings the line one writes in into view.
  if (sight.area) assert(sight.covered < 5, `the focus is covered at ${what}`);
  else assert(!sight.small || (sight.inside && sight.covered === 0), `the focus is covered at ${what}`);
  return sight;
}

// Walks through the whole page with Tab, or back with Shift+Tab: each stop is reached, in the order of reading, and
// the walk ends. Gives the stops.
export async function walkThrough(page, where, back = false) {
  const wanted = await stops(page);
  if (back) wanted.reverse();
  let before = null;
  for (let i = 0, presses = 0; i < wanted.length; i++) {
    let here;
    // A date has parts of its own, each a stop.
    do {
      await page.keyboard.press(back ? "Shift+Tab" : "Tab");
      here = await focused(page);
      assert(++presses < 300, `${where}: Tab does not come to an end`);
    } while (i > 0 && here?.type === "date" && here.at === wanted[i - 1].at);
    // Going back, a browser may enter a group of which nothing is chosen at its other end.
    assert(here && (here.at === wanted[i].at || (back && here.name === wanted[i].group)), `${where}: stop ${i + 1} is ${JSON.stringify(here)}`);
    const sight = await seen(page, where);
    // Reading goes down, or on in the same line.
    if (before && !back)
      assert(sight.top >= before.bottom - 1 || (sight.left >= before.right - 1 && sight.bottom > before.top),
        `${where}: the focus jumps from ${JSON.stringify(before)} to ${JSON.stringify({ ...here, ...sight })}`);
    before = here.id === "" && here.text && here.tag === "A" && i === 0 ? null : sight; // a skip link is out of the line
  }
  return wanted;
}

// --- answers ---

async function press(page, key, times) {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

// Chooses `code` in the group of radio buttons that has the focus.
async function chooseRadio(page, code) {
  let here = await focused(page);
  if (here.value === code && !here.checked) await page.keyboard.press("Space");
  for (let presses = 0; (here = await focused(page)).value !== code || !here.checked; presses++) {
    assert(presses < 30, `arrows do not lead to ${here.name} = ${code}`);
    await page.keyboard.press("ArrowDown");
  }
}

async function answerHere(page, here, wanted) {
  const list = [wanted].flat();
  if (here.type === "radio") await chooseRadio(page, list[0]);
  else if (here.type === "checkbox") {
    if (here.checked !== (Array.isArray(wanted) && wanted.includes(here.value))) await page.keyboard.press("Space");
  } else if (here.tag === "SELECT") {
    const steps = here.options.indexOf(list[here.among] ?? "") - here.index;
    await press(page, steps > 0 ? "ArrowDown" : "ArrowUp", Math.abs(steps));
  } else if (here.type === "date") await page.keyboard.type(list[0]);
  else {
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.keyboard.type(Array.isArray(wanted) ? "" : wanted);
  }
}

// Goes on with Tab, giving the answers named (one value, a list for boxes to tick and for ranks), to the button of
// that name, and presses it.
export async function fillIn(page, answers, button) {
  const left = new Set(Object.keys(answers));
  for (let presses = 0, last = -1; ; presses++) {
    assert(presses < 300, `Tab does not lead to ${button}`);
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (!here || here.at === last) continue;
    last = here.at;
    if (here.name === button && here.tag === "BUTTON") break;
    if (answers[here.name] === undefined) continue;
    await answerHere(page, here, answers[here.name]);
    left.delete(here.name);
  }
  assert(left.size === 0, `no field for ${[...left]}`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press(button === "go-back" ? "Space" : "Enter")]);
}
