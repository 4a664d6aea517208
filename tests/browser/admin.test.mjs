// Goal: the evaluator follows the survey in a browser, types paper sheets by keyboard alone, has them typed again by
// another and settles what differs, looks at what the scanner was not sure of, and gets the results; nobody gets in
// without the password, and no page fails axe-core, in French or English, on a tablet or without script.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, fits, allTypes, assert, bin, dip, equal, query, scratch, serve, visit } from "./harness.mjs";

const password = "made up for tests";
const run = (args, input = "") => execFileSync(join(bin, "survey"), args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
const change = (store, sql) => execFileSync("sqlite3", [store, `.timeout 3000`, sql]);

// A server whose pages have a password.
async function open(file, ...options) {
  const store = options.includes("--store") ? options[options.indexOf("--store") + 1]
    : join(mkdtempSync(join(scratch, "admin-")), "answers.db");
  run(["password", file, "--store", store], `${password}\n`);
  return serve(file, ...(options.includes("--store") ? [] : ["--store", store]), ...options);
}

async function signIn(server, options = {}, path = "") {
  const page = await visit(`${server.url}/admin${path}`, options);
  await page.fill("#password", password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  return page;
}

const press = (page, name) => Promise.all([page.waitForNavigation(), page.locator(`button[name="${name}"]`).click()]);
const text = (page) => page.locator("main").innerText();
const has = async (page, words) => assert((await text(page)).includes(words), `"${words}" is not in: ${await text(page)}`);

// Chooses a sheet, as a person does: initials and number, Enter.
async function begin(page, server, initials, sheet, path = "keying") {
  await page.goto(`${server.url}/admin/${path}?language=en`);
  await page.fill("#key-initials", initials);
  await page.fill("#key-sheet", sheet);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

// One key after the other; a digit alone goes on by itself where there can be but one answer, Enter does elsewhere.
async function type(page, keys) {
  for (const key of keys) await (key.length > 1 && !/^[A-Z]/.test(key) ? page.keyboard.type(key) : page.keyboard.press(key));
}
const save = (page) => press(page, "go-save");

// Of a page that loads itself anew from time to time.
async function accessibleMeanwhile(page, where) {
  for (let i = 0; ; i++)
    try {
      return await accessible(page, where);
    } catch (error) {
      if (i === 5 || !/navigat|context was destroyed/i.test(error.message)) throw error;
    }
}

async function tabTo(page, selector) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`Tab never comes to ${selector}`);
}

// The sheet of all tests: roles 1 and 3, then the first answers of each question.
const sheet = ["1", "3", "Enter", "1", "12", "Enter", "2", "Enter", "5", "Enter", ..."1111111"];
const stored = (server) => query(server.store, "SELECT * FROM response ORDER BY sheet");

export const tests = {
  async "without a password there are no such pages; with a wrong one nobody gets in; signed out is out"() {
    const bare = await serve(dip);
    equal((await fetch(`${bare.url}/admin`)).status, 404, "no password yet");
    run(["password", dip, "--store", bare.store], `${password}\n`);
    equal((await fetch(`${bare.url}/admin`)).status, 200, "as soon as there is one");

    const page = await visit(`${bare.url}/admin`, { locale: "en" });
    await accessible(page, "door");
    await page.fill("#password", "not the password");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await has(page, "This is not the password.");
    await accessible(page, "wrong password");
    equal((await page.context().cookies()).length, 0, "no cookie");
    await page.fill("#password", password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    const [cookie] = await page.context().cookies();
    equal([cookie.httpOnly, cookie.sameSite, cookie.path], [true, "Strict", "/admin"], "cookie");
    await accessible(page, "overview");
    await press(page, "go-out");
    await page.goto(`${bare.url}/admin/downloads`);
    equal(await page.locator("#password").count(), 1, "asked again");

    run(["password", dip, "--store", bare.store, "--remove"]);
    equal((await fetch(`${bare.url}/admin`)).status, 404, "none any more");
    equal(await bare.stop(), 0, "exit status");
  },

  async "a sheet is typed by keyboard alone, refused a second time, corrected and removed"() {
    const server = await open(dip);
    const page = await signIn(server, { locale: "en" });
    await begin(page, server, "ab", "7");
    await accessible(page, "typing");
    await type(page, sheet);
    await page.locator("textarea").first().focus();
    await page.keyboard.type("Typed words, made up");
    await save(page);
    await has(page, "Sheet 7 is recorded.");
    await accessible(page, "recorded");
    const [row] = stored(server);
    equal([row.channel, row.sheet, row.role, row.service_years], ["paper", 7, "member", 12], "what was typed");
    equal(query(server.store, "SELECT source, operator FROM paper_entry"), [{ source: "first", operator: "AB" }], "who typed it");

    await begin(page, server, "ab", "7");
    await has(page, "Sheet 7 was typed.");
    await accessible(page, "refused");
    equal(await page.locator("[name=go-again]").count(), 0, "nobody compares with themselves");
    await press(page, "go-correct");
    equal(await page.locator("#role-1").inputValue(), "1", "what is recorded is there to be corrected");
    await page.fill("#role-1", "2");
    await save(page);
    equal(stored(server).map((one) => [one.sheet, one.role, one.service_years]), [[7, "facilitator", 12]], "corrected");

    await begin(page, server, "ab", "7");
    await press(page, "go-remove");
    await has(page, "All answers of sheet 7 will be removed for good.");
    await accessible(page, "remove?");
    await press(page, "go-remove-all");
    equal([stored(server).length, query(server.store, "SELECT * FROM paper_entry").length], [0, 0], "removed");
    equal(await server.stop(), 0, "exit status");
  },

  async "a whole sheet takes fewer keys than a minute's, from one to the next"() {
    const server = await open(dip);
    const page = await signIn(server, { locale: "en" });
    await begin(page, server, "ab", "1");
    const fields = page.locator("#typing :is(input, textarea)");
    let keys = 0;
    const hit = async (key) => (keys++, await page.keyboard.press(key));
    // Everything that a member is asked, and a few words at the end; the fields of others are passed over.
    for (let i = 0, last = -1; i < (await fields.count()) + 5; i++) {
      const [at, name, digits, quick] = await page.evaluate(() => {
        const all = [...document.querySelectorAll("#typing :is(input, textarea), [name=go-save]")], field = document.activeElement;
        return [all.indexOf(field), field.name, field.classList.contains("digits"), !!field.dataset.quick];
      });
      assert(at > last, `the keyboard goes on: from ${last} to ${at}`);
      last = at;
      if (name === "go-save") break;
      const member = !/^(contract_axis|monthly|quarterly|indicators|means_|sponsor|contract_hours|obstacles)/.test(name);
      for (const key of name === "roles" ? "1" : name === "service_years" ? "12" : digits && member ? "1" : "") await hit(key);
      if (name === "idea") for (const key of "Made up, nobody wrote this.") await hit(key);
      if (!quick || !member) await hit("Enter");
    }
    await Promise.all([page.waitForNavigation(), hit("Enter")]);
    if (await page.locator("[name=key-seen]").count()) {
      await tabTo(page, "[name=go-save]");
      keys += 2;
      await Promise.all([page.waitForNavigation(), hit("Enter")]);
    }
    await has(page, "Sheet 1 is recorded.");
    for (const key of "900") await hit(key);
    await Promise.all([page.waitForNavigation(), hit("Enter")]);
    equal(await page.evaluate(() => document.activeElement.id), "roles-1", "the next sheet is begun");
    // People who type numbers now and then reach 180 keys a minute.
    assert(keys < 150, `${keys} keys`);
    assert(Object.values(stored(server)[0]).filter((one) => one !== null).length > 20, "a whole sheet");
    equal(await server.stop(), 0, "exit status");
  },

  async "another types it again without seeing it; what differs is settled, and the rate is told"() {
    const server = await open(dip);
    const page = await signIn(server, { locale: "en" });
    await begin(page, server, "ab", "7");
    await type(page, sheet);
    await save(page);
    await begin(page, server, "cd", "7", "keying/again/100");
    equal(await page.locator("#role-1").inputValue(), "", "blind");
    await type(page, sheet);
    await page.fill("#service_years-1", "21");
    await page.fill("#role-1", "2");
    await save(page);
    await has(page, "the two readings differ in 2 places");
    await accessible(page, "settling");
    equal(stored(server)[0].service_years, 12, "the first stays until it is settled");
    // By keyboard alone: the arrows choose among the readings of one question.
    await tabTo(page, "[name=role-pick]");
    for (const key of ["Space", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await tabTo(page, "[name=role-third]");
    await page.keyboard.type("3");
    await tabTo(page, "[name=service_years-pick]");
    for (const key of ["Space", "ArrowDown"]) await page.keyboard.press(key);
    await tabTo(page, "[name=go-settle]");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    equal([stored(server)[0].service_years, stored(server)[0].role], [21, "manager"], "settled");
    await page.goto(`${server.url}/admin/keying?language=en`);
    await has(page, "Sheets typed: 1; compared with a second reading: 1.");
    assert(/Typed twice: 2 of 1\d fields differ/.test(await text(page)), `the rate: ${await text(page)}`);
    await page.goto(`${server.url}/admin/keying/again/10?language=en`);
    await has(page, "none is left to be typed a second time");
    await accessible(page, "second reading");
    equal(await server.stop(), 0, "exit status");
  },

  async "slips are shown at their question and nothing typed is lost, not even by signing in again"() {
    const server = await open(dip);
    const page = await signIn(server, { locale: "fr", viewport: { width: 800, height: 1100 }, hasTouch: true });
    await page.goto(`${server.url}/admin/keying?language=fr`);
    await page.fill("#key-initials", "EF");
    await page.fill("#key-sheet", "12345678");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await has(page, "un chiffre est faux");
    await accessible(page, "a number that no form has");
    await page.fill("#key-sheet", "8");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.fill("#role-1", "9");
    await page.fill("#service_years-1", "many");
    await save(page);
    await has(page, "2 réponses sont à revoir");
    await accessible(page, "slips, on a tablet");
    equal([await page.locator("#role-1").inputValue(), await page.locator("#service_years-1").inputValue()], ["9", "many"], "kept");
    equal(stored(server).length, 0, "nothing is recorded");
    await page.locator("#role-choices li").first().tap();
    equal(await page.locator("#role-1").inputValue(), "1", "a tap types the number");
    await page.fill("#service_years-1", "3");
    await page.context().clearCookies();
    await save(page);
    await has(page, "Vous étiez déconnecté");
    await accessible(page, "signed out meanwhile");
    await page.fill("#password", password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await has(page, "La feuille 8 est enregistrée");
    equal(stored(server).map((one) => [one.sheet, one.role, one.service_years]), [[8, "member", 3]], "recorded");
    equal(await server.stop(), 0, "exit status");
  },

  async "all of it works without script"() {
    const server = await open(allTypes);
    const page = await signIn(server, { locale: "en", javaScriptEnabled: false });
    await begin(page, server, "gh", "9");
    const fields = page.locator("#typing input.digits");
    for (let i = 0; i < (await fields.count()); i++) await fields.nth(i).fill("1");
    await page.keyboard.press("Enter");
    await page.waitForLoadState();
    equal(stored(server).length, 0, "Enter looks, and records nothing");
    await page.locator("button[name=go-save]").click();
    await page.waitForLoadState();
    if (await page.locator("[name=key-seen]").count()) await page.locator("button[name=go-save]").click();
    await page.waitForLoadState();
    await has(page, "Sheet 9 is recorded.");
    equal(stored(server).length, 1, "recorded");
    equal(await server.stop(), 0, "exit status");
  },

  async "what the scanner was not sure of is decided by its picture, and the sheet is complete then"() {
    const server = await open(dip);
    const png = "89504e470d0a1a0a0000000d4948445200000001000000010806000000" +
      "1f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92ef0000000049454e44ae426082";
    const answers = "role,service_years,channel,language,sheet\n,,paper,fr,10000008\n";
    change(server.store, `INSERT INTO paper_page VALUES (10000008, 1, 1, 'deadbeef', '${"0".repeat(64)}');
      INSERT INTO paper_entry VALUES (10000008, 'scan', '', '${answers}');
      INSERT INTO paper_review VALUES (10000008, 'role', 1, 'several', 'member manager', NULL, '', x'${png}');
      INSERT INTO paper_review VALUES (10000008, 'service_years', 1, 'handwriting', '', NULL, '', x'${png}');
      INSERT INTO paper_page VALUES (10000013, 2, 2, 'deadbeef', '${"1".repeat(64)}');`);
    const page = await signIn(server, { locale: "en" }, "/review");
    await has(page, "Questions to be looked at: 2.");
    await has(page, "Sheet 10000013: page 1");
    await accessible(page, "review");
    await page.locator("main a.button").click();
    await has(page, "There are more marks than there may be.");
    await has(page, "Seen: 1 Group member · 3");
    assert(await page.locator(".picture img").evaluate((one) => one.complete && one.naturalWidth > 0), "the picture is there");
    await accessible(page, "one question");
    await page.fill("#role-1", "1");
    await page.fill("#key-initials", "ij");
    await save(page);
    await has(page, "Please type what is written.");
    await page.keyboard.type("15");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await has(page, "Nothing is left to be looked at.");
    equal(stored(server).map((one) => [one.sheet, one.role, one.service_years]), [[10000008, "member", 15]], "the sheet is in the answers");
    equal(await server.stop(), 0, "exit status");
  },

  async "the overview moves in steps; the results can be had, but not while personal links are open"() {
    const server = await open(dip), { store } = server, folder = mkdtempSync(join(scratch, "admin-"));
    const csv = join(folder, "answers.csv"), roster = join(folder, "roster.csv");
    const [header] = execFileSync(join(bin, "analysis"), ["export", dip, "--format", "csv", "--store", store], { encoding: "utf8" })
      .split("\n");
    const record = (role, n) => header.split(",").map((id) => ({ role, channel: "paper", language: "fr", sheet: `${n}` })[id] ?? "").join(",");
    writeFileSync(csv, [header, ...Array.from({ length: 13 }, (_, i) => record(i < 9 ? "member" : "manager", i + 1))].join("\n") + "\n");
    run(["import", dip, csv, "--store", store]);
    const page = await signIn(server, { locale: "en" });
    const figures = async () => (await page.locator(".figures dd").allInnerTexts()).join(" ");
    equal(await figures(), "140 10 7%", "in steps of five");
    const rows = (await page.locator(".bars").first().innerText()).replace(/\s+/g, " ");
    assert(/member 98 5 5%/.test(rows) && /32 fewer than 5 –/.test(rows), `small counts are hidden: ${rows}`);
    await accessible(page, "overview");
    await page.goto(`${server.url}/admin/downloads?language=en`);
    await accessible(page, "downloads");
    for (const [kind, wanted] of [["csv", /^role|^roles|channel,language,sheet/m], ["report", /<html lang="en"/]]) {
      await Promise.all([page.waitForNavigation(), page.locator(`button[value=${kind}]`).click()]);
      if (await page.locator("progress").count()) await accessibleMeanwhile(page, "progress");
      await page.locator("a[download]").waitFor({ timeout: 120000 });
      await accessible(page, "made");
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").click()]);
      const bytes = await (await download.createReadStream()).toArray();
      assert(wanted.test(Buffer.concat(bytes).toString("utf8")), `${kind}: not what was asked for`);
    }
    run(["close", dip, "--store", store]);
    await page.goto(`${server.url}/admin?language=en`);
    equal(await figures(), "140 13 9%", "exact once it is closed");
    equal(await server.stop(), 0, "exit status");

    const other = join(mkdtempSync(join(scratch, "admin-")), "answers.db");
    writeFileSync(roster, "name,role\nPersonne inventée,member\nNobody real,manager\n");
    const letters = run(["invite", dip, roster, "--store", other, "--public-url", "http://x/"]).trim().split("\n").slice(1);
    const linked = await open(dip, "--store", other);
    const guest = await signIn(linked, { locale: "en" });
    await has(guest, "rates and results are shown once the collection is closed");
    equal(await guest.locator(".figures dd").count(), 2, "counts only");
    await guest.goto(`${linked.url}/admin/downloads?language=en`);
    await has(guest, "results can be had once the collection is closed");
    equal(await guest.locator("button[name=go-make]").count(), 0, "nothing to make");
    await guest.goto(`${linked.url}/admin/reminder?language=en`);
    await has(guest, "No mail server is named.");
    await accessible(guest, "reminder");

    const code = letters[0].split(",").at(-1);
    await guest.goto(`${linked.url}/admin/keying?language=en`);
    await guest.fill("#key-initials", "kl");
    await guest.fill("#key-sheet", "3");
    await guest.fill("#key-code", code);
    await Promise.all([guest.waitForNavigation(), guest.keyboard.press("Enter")]);
    await guest.fill("#service_years-1", "4");
    await save(guest);
    equal(query(other, "SELECT role, service_years, channel FROM response"), [{ role: "member", service_years: 4, channel: "paper" }],
      "the list of people fills what was left out");
    await guest.fill("#key-sheet", "4");
    await guest.fill("#key-code", code);
    await Promise.all([guest.waitForNavigation(), guest.keyboard.press("Enter")]);
    await has(guest, "has answered already");
    await accessible(guest, "a code that was used");
    equal(await linked.stop(), 0, "exit status");
  },

  async "axe-core finds nothing on any page, on phone, tablet and desk, in light and dark"() {
    const server = await open(dip);
    const png = "89504e470d0a1a0a0000000d4948445200000001000000010806000000" +
      "1f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92ef0000000049454e44ae426082";
    const cells = "role,service_years,channel,language,sheet\n";
    change(server.store, `INSERT INTO paper_page VALUES (10000008, 1, 2, 'deadbeef', '${"0".repeat(64)}');
      INSERT INTO paper_review VALUES (10000008, 'role', 1, 'several', 'member manager', NULL, '', x'${png}');
      INSERT INTO paper_review VALUES (10000008, 'meaning_specify', 1, 'handwriting', '', NULL, '', x'${png}');`);
    const first = await signIn(server, { locale: "en" });
    await begin(first, server, "ab", "7");
    await type(first, sheet);
    await save(first);
    change(server.store, `INSERT INTO paper_entry VALUES (7, 'second', 'CD', '${cells}manager,3,paper,fr,7\n');
      INSERT INTO day_count VALUES ('2024-03-01', 'web', 12), ('2024-03-04', 'paper', 7);`);
    const pages = ["", "keying", "keying/saved/7", "keying/again/50", "keying/settle/7", "review", "review/10000008/role",
      "review/10000008/meaning_specify", "reminder", "downloads", "nowhere"];
    // At the other sizes only what depends on them is looked at: axe takes seconds for each page.
    const views = [[360, 740, "light", accessible], [820, 1180, "light", fits], [1280, 860, "dark", accessible]];
    for (const [width, height, colorScheme, look] of views) {
      const page = await signIn(server, { locale: "fr", colorScheme, viewport: { width, height } });
      const where = (name) => `${name || "overview"} at ${width}, ${colorScheme}`;
      for (const name of pages) {
        await page.goto(`${server.url}/admin/${name}?language=fr`.replace("/?", "?"));
        await look(page, where(name));
      }
      for (const number of ["7", "8"]) {
        await page.goto(`${server.url}/admin/keying?language=fr`);
        await page.fill("#key-initials", "EF");
        await page.fill("#key-sheet", number);
        await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
        await look(page, where(number === "7" ? "choice" : "typing"));
        if (number === "7") await press(page, "go-remove");
        else await page.fill("#role-1", "9"), await save(page);
        await look(page, where(number === "7" ? "removal" : "slips"));
      }
      await press(page, "go-out");
      await look(page, where("door"));
      await page.context().close();
    }
    equal(await server.stop(), 0, "exit status");
  },
};
