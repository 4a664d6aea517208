// Goal: the codes on paper forms are read by another reader (jsQR) than the one that scans them (zbar), on every page of
// every copy, as an office copier would show it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { allTypes, assert, bin, equal, scratch, visit } from "./harness.mjs";

const jsQR = readFileSync(createRequire(import.meta.url).resolve("jsqr"), "utf8");

// In the page: what the code in a PNG says; null if none is read.
async function read(source) {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  return jsQR(context.getImageData(0, 0, picture.width, picture.height).data, picture.width, picture.height)?.data ?? null;
}

export const tests = {
  async "a second reader reads the code of every page of a paper form"() {
    const folder = mkdtempSync(join(scratch, "paper-"));
    const form = join(folder, "form.pdf");
    execFileSync(join(bin, "survey"), ["paper", allTypes, "-o", form, "--copies", "3", "--store", join(folder, "answers.db")]);
    execFileSync("pdftoppm", ["-r", "100", "-gray", "-png", form, join(folder, "page")]);
    const geometry = JSON.parse(readFileSync(join(folder, "form.json"), "utf8"));
    const page = await visit("about:blank");
    await page.addScriptTag({ content: jsQR });
    const codes = [];
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".png")).sort())
      codes.push(await page.evaluate(`(${read.toString()})("${readFileSync(join(folder, name)).toString("base64")}")`));
    equal(codes.length, 3 * geometry.pages, "pages");
    codes.forEach((code, index) => {
      const [mark, name, version, language, sheet, number] = (code ?? "").split(" ");
      equal([mark, name, version, language, Number(number)].join(" "),
        ["BILAN1", geometry.questionnaire, geometry.version, geometry.language, 1 + (index % geometry.pages)].join(" "), "label");
      assert(/^[1-9]\d{7}$/.test(sheet), `sheet ${sheet}`);
    });
    equal(new Set(codes.map((code) => code.split(" ")[4])).size, 3, "sheets");
    await page.context().close();
  },
};
