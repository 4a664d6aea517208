// What is wrong with a chart's SVG picture, by the letters that a browser sets: texts that overlap each other, a bar's
// end or a line, that leave the picture, that are too small or too faint to read.

// All of it runs in the page. Places are in points of a picture 16 cm wide.
function inspect(source, { least, contrast, behind }) {
  const svg = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const canvas = new OffscreenCanvas(1, 1).getContext("2d"), FINE = 16, wrong = [];
  const up = (node, name) => (node.getAttribute?.(name) ?? (node.parentNode ? up(node.parentNode, name) : null));
  const channels = (colour) => colour.match(/^#/) ? [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16))
    : colour.match(/\d+/g).map(Number);
  const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ratio = (one, other) => {
    const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };

  // The ink of a text, not the line it stands on.
  const texts = [...svg.querySelectorAll("text")].map((text) => {
    const size = Number(up(text, "font-size"));
    const [x, y] = up(text, "transform").match(/-?[\d.]+/g).map(Number);
    canvas.font = `${up(text, "font-style") ?? "normal"} ${up(text, "font-weight") ?? 400} ${size * FINE}px ${up(text, "font-family")}`;
    canvas.textAlign = { middle: "center", end: "right" }[up(text, "text-anchor")] ?? "left";
    const ink = canvas.measureText(text.textContent);
    return { words: text.textContent, size, fill: channels(up(text, "fill")),
      left: x - ink.actualBoundingBoxLeft / FINE, right: x + ink.actualBoundingBoxRight / FINE,
      top: y - ink.actualBoundingBoxAscent / FINE, bottom: y + ink.actualBoundingBoxDescent / FINE };
  });
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.2;
  const say = (text) => `“${text.words}” (${text.left.toFixed(1)}, ${text.top.toFixed(1)})`;

  texts.forEach((text, i) => {
    if (text.left < -0.2 || text.top < -0.2 || text.right > width + 0.2 || text.bottom > height + 0.2)
      wrong.push(`${say(text)} leaves the picture of ${width} × ${height}`);
    if (text.size < least) wrong.push(`${say(text)} is ${text.size} pt high`);
    for (const other of texts.slice(i + 1))
      if (overlap(text, other)) wrong.push(`${say(text)} overlaps ${say(other)}`);
  });

  // A bar holds the whole of a text, or nothing of it; the last one drawn is what a text stands on.
  const bars = [...svg.querySelectorAll("polygon")].map((bar) => {
    const points = bar.getAttribute("points").trim().split(/\s+/).map((point) => point.split(",").map(Number));
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    return { bar, fill: channels(bar.getAttribute("fill")), left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  });
  const back = svg.querySelector("rect") ? channels(svg.querySelector("rect").getAttribute("fill")) : channels(behind);
  for (const text of texts) {
    let ground = back;
    for (const bar of bars) {
      if (!overlap(text, bar)) continue;
      if (text.left < bar.left - 0.3 || text.right > bar.right + 0.3 || text.top < bar.top - 0.3 || text.bottom > bar.bottom + 0.3)
        wrong.push(`${say(text)} stands half upon a bar (${bar.left}, ${bar.top})`);
      ground = bar.fill;
      text.upon = bar.bar;
    }
    if (ratio(text.fill, ground) < contrast)
      wrong.push(`${say(text)} has a contrast of ${ratio(text.fill, ground).toFixed(2)}`);
  }

  // Lines that mean something, not the hairs of a grid or the rims of bars, pass no text; what is drawn upon them hides
  // them.
  const hides = (path, bar) => bar && path.compareDocumentPosition(bar) & Node.DOCUMENT_POSITION_FOLLOWING;
  for (const path of svg.querySelectorAll("path[stroke]")) {
    if (ratio(channels(path.getAttribute("stroke")), back) < 1.6 || path.getAttribute("d").includes("Z")) continue;
    let from = null;
    for (const [, verb, x, y] of path.getAttribute("d").matchAll(/([ML])(-?[\d.]+),(-?[\d.]+)/g)) {
      const to = { x: Number(x), y: Number(y) };
      for (const text of verb === "L" ? texts : [])
        if (!hides(path, text.upon) && crosses(from, to, text)) wrong.push(`a line from (${from.x}, ${from.y}) to (${to.x}, ${to.y}) crosses ${say(text)}`);
      from = to;
    }
  }
  // Liang and Barsky: what of a line is within a box.
  function crosses(from, to, box) {
    let first = 0, last = 1;
    const sides = [[from.x - to.x, from.x - box.left - 0.2], [to.x - from.x, box.right - 0.2 - from.x],
      [from.y - to.y, from.y - box.top - 0.2], [to.y - from.y, box.bottom - 0.2 - from.y]];
    for (const [run, room] of sides) {
      if (run === 0) {
        if (room < 0) return false;
      } else if (run < 0) first = Math.max(first, room / run);
      else last = Math.min(last, room / run);
    }
    return first < last;
  }
  return { wrong, texts: texts.length, smallest: Math.min(...texts.map((text) => text.size)) };
}

// { wrong: [sentence], texts, smallest } of the SVG picture `source`.
export const measure = (page, source, options = {}) =>
  page.evaluate(([code, text, settings]) => new Function(`return (${code})`)()(text, settings),
    [inspect.toString(), source, { least: 7, contrast: 4.5, behind: "#ffffff", ...options }]);

// What is wrong with a report's charts on a telephone 360 px wide: the page itself never scrolls sideways (charts do, in
// their own frame), and the smallest letters keep this many pixels.
export async function measurePhone(page, smallest, least = 9) {
  return page.evaluate(([size, limit]) => {
    const wrong = [];
    if (document.documentElement.scrollWidth > innerWidth)
      wrong.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const picture of document.querySelectorAll("figure img")) {
      const letters = size * picture.getBoundingClientRect().width / 453;
      if (letters < limit - 0.01) wrong.push(`letters of ${letters.toFixed(1)} px in ${picture.alt.slice(0, 60)}`);
    }
    return wrong;
  }, [smallest, least]);
}
