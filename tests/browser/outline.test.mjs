// Goal: a screen reader is told the role, the name and the state of everything, and to what it belongs: whole outlines
// of pages as the browser gives them to assistive technology, and rules that hold on every page.
//
// ACCEPT=1 makes the present outlines the expected ones (read the diff before you commit it).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { assert, equal, visit } from "./harness.mjs";
import { each, outline } from "./outline.mjs";
import { gallery, small } from "./gallery.mjs";

const folder = new URL("outlines/", import.meta.url);

function compare(name, text) {
  const path = new URL(`${name}.txt`, folder);
  if (process.env.ACCEPT) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
    return;
  }
  assert(existsSync(path), `${path.pathname} is not there: what is expected of ${name}?`);
  const expected = readFileSync(path, "utf8").split("\n"), actual = text.split("\n");
  const at = actual.findIndex((line, i) => line !== expected[i]);
  assert(at < 0 && expected.length === actual.length, `${name}, line ${at + 1}:\n  expected ${expected[at]}\n  got      ${actual[at]}`);
}

const controls = ["button", "link", "checkbox", "radio", "textbox", "combobox", "Date", "searchbox", "spinbutton"];

export const tests = {
  async "outlines of every type of question, empty and with mistakes"() {
    const pages = await gallery();
    const page = await visit("about:blank", small);
    for (const [file, name] of [["first", "all-types, page 1"], ["first-wrong", "all-types, page 1, wrong"],
      ["opinion", "all-types, page 2"], ["opinion-wrong", "all-types, page 2, wrong"], ["words-wrong", "all-types, page 4, wrong"],
      ["thanks", "all-types, thanks"], ["code-wrong", "code, wrong"], ["personal-link", "personal link"]]) {
      await page.setContent(pages.get(name).html);
      compare(file, await outline(page));
    }
  },

  async "on every page each control has a name, each radio button and box a named group"() {
    const page = await visit("about:blank", small);
    let count = 0;
    for (const [name, { html }] of await gallery()) {
      await page.setContent(html);
      const landmarks = [];
      await each(page, (node, depth, ancestors) => {
        const role = node.role.value, where = `${name}: ${role} ${node.name?.value}`;
        if (["banner", "main", "contentinfo"].includes(role)) landmarks.push(role);
        if (!controls.includes(role)) return;
        count++;
        assert(node.name?.value.trim(), `${where}: no name`);
        const groups = ancestors.filter((one) => ["radiogroup", "group"].includes(one.role.value));
        if (role === "radio") {
          equal(groups.at(-1)?.role.value, "radiogroup", `${where}: the group`);
          assert(["true", "false", true, false].includes(node.properties.find((one) => one.name === "checked")?.value.value), where);
        }
        if (role === "radio" || role === "checkbox") assert(groups.length && groups.every((one) => one.name?.value.trim()), `${where}: a group without a name`);
      });
      equal(landmarks, ["banner", "main", "contentinfo"], `${name}: landmarks`);
    }
    assert(count > 500, `${count} controls`);
  },

  async "a cell of a grid is named by its row, its column and its question"() {
    const page = await visit("about:blank", small);
    await page.setContent((await gallery()).get("all-types, page 2").html);
    const cells = [];
    await each(page, (node, depth, ancestors) => {
      const groups = ancestors.filter((one) => ["radiogroup", "group"].includes(one.role.value)).map((one) => one.name.value);
      if (node.role.value === "radio" && groups.length === 2) cells.push([...groups, node.name.value].join(" / "));
    });
    const question = "What do you say of the method?";
    const columns = ["Fully", "Rather", "Rather not", "Not at all", "No opinion"];
    equal(cells, ["The pace was right.", "The tools were right."].flatMap((row) =>
      columns.map((column) => `${question} / ${row} / ${column}`)), "cells");
  },

  async "what is seen of a name is in the name that is read out"() {
    const page = await visit("about:blank", small);
    for (const [name, { html }] of await gallery()) {
      await page.setContent(html);
      const wrong = await page.evaluate(() => [...document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea), a[href], button:not(.hidden)")]
        .filter((one) => one.hasAttribute("aria-label") || one.title || one.placeholder ||
          (one.labels && !one.labels.length && one.tagName !== "BUTTON")).map((one) => one.outerHTML.slice(0, 120)));
      equal(wrong, [], `${name}: named otherwise than by what is seen`);
    }
  },
};
