// What the eye gets: pixels of a part of the page, and how two pictures of it differ.
import { visit } from "./harness.mjs";

// A picture of the element and `margin` px around it.
export async function picture(page, locator, margin = 8) {
  await locator.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await locator.boundingBox();
  const left = Math.max(0, Math.floor(x - margin)), top = Math.max(0, Math.floor(y - margin));
  return (await page.screenshot({
    clip: { x: left, y: top, width: Math.ceil(width + 2 * margin), height: Math.ceil(height + 2 * margin) }, caret: "hide",
  })).toString("base64");
}

let desk;
// Compares two pictures of the same size pixel by pixel: how many have a contrast of 3:1 or more between the two. Of one
// picture alone: how many have it against its top left corner.
export async function contrasting(before, after = null) {
  desk ??= await visit("about:blank");
  return desk.evaluate(async ([before, after]) => {
    const pixels = async (picture) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      canvas.drawImage(bitmap, 0, 0);
      return canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
    };
    const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const luminance = (data, i) => 0.2126 * linear(data[i]) + 0.7152 * linear(data[i + 1]) + 0.0722 * linear(data[i + 2]);
    const one = await pixels(before), other = after ? await pixels(after) : null;
    if (other && one.length !== other.length) throw new Error("pictures of different sizes");
    let count = 0;
    for (let i = 0; i < one.length; i += 4) {
      const a = luminance(one, i), b = other ? luminance(other, i) : luminance(one, 0);
      count += (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) >= 3;
    }
    return count;
  }, [before, after]);
}
