#!/usr/bin/python3
"""Payloads followed through: from open answers and from the questionnaire's own words to the report (HTML, Markdown,
Word, OpenDocument, PDF), tables, CSV, charts, paper forms, letters and mails. Nothing acts, no command is run."""
import csv
import glob
import io
import json
import re
import xml.dom.minidom
import zipfile

from attack import *

PWNED = [os.path.join(FOLDER, "**", "pwned*"), "/tmp/pwned*", os.path.join(ROOT, "pwned*")]


def unharmed(name):
    """No payload came to run: all of them make a file of one name."""
    same(f"{name}: no command was run", [path for pattern in PWNED for path in glob.glob(pattern, recursive=True)], [])


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def speakable(text):
    """What a questionnaire's own words may hold: the format refuses control characters (tests/cases/check)."""
    return not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text) and text.strip()


FORMULA = r"[=+\-@\t\r\n]"
NUMBER = r"-?\d+([.,]\d+)?(e[+-]?\d+)?"
WORDS = [text for text in TEXTS + TERMINAL if speakable(text)]


def hostile(name="hostile"):
    """A questionnaire whose every word is a payload: single, multiple, scale, grid, number, date, ranking, text."""
    turn = iter(WORDS * 20)
    say = lambda: quoted(next(turn))
    options = lambda codes, more="": "".join(f"\n          - {{code: {code}, text: {say()}{more}}}" for code in codes)
    lines = [f"questionnaire: {name}", "languages: [en, fr]", f"title: {say()}", f"organisation: {say()}",
             f"introduction: {say()}", f"thanks: {say()}", f"privacy: {say()}",
             "population:", "  size: 60", "  q0: {c0: 30, c1: 30}", "pages:"]
    for page, first in enumerate(range(0, len(WORDS), 8)):
        lines += [f"  - title: {say()}", "    questions:"]
        for n in range(first, min(first + 8, len(WORDS))):
            text = f"      - id: q{n}\n        text: {quoted(WORDS[n])}\n        help: {say()}\n"
            kind = ("single", "multiple", "scale", "number", "date", "ranking", "text", "grid")[n % 8]
            if kind in ("single", "multiple", "ranking"):
                text += f"        type: {kind}\n" + ("        breakdown: true\n        required: true\n" if n == 0 else "")
                text += "        options:" + options(("c0", "c1"))
                if kind != "ranking" and n > 0:
                    text += f"\n          - {{code: c2, text: {say()}, specify: true}}"
            elif kind == "scale":
                text += f"        type: scale\n        no_opinion: {say()}\n        not_concerned: {say()}\n        options:"
                text += options(("2", "1"), ", favourable: true")[:-1] + "}" if False else options(("2", "1"))
            elif kind == "number":
                text += f"        type: number\n        minimum: 0\n        maximum: 9\n        unit: {say()}"
            elif kind == "grid":
                text += "        type: scale\n        options:" + options(("2", "1"))
                text += f"\n        items:\n          - {{id: i{n}, text: {say()}}}\n          - {{id: j{n}, text: {say()}}}"
            else:
                text += f"        type: {kind}"
            lines.append(text)
    return "\n".join(lines) + "\n"


def answers(questionnaire, path, count=40):
    """A made-up response each: codes in turn, payloads in turn where words are asked for."""
    done = analysis("export", questionnaire, "--store", "none.db")
    ids = re.findall(r"(?m)^      - id: (q\d+)$", read(questionnaire).decode())
    rows, header = [], ["channel", "language"]
    for n in map(int, (name[1:] for name in ids)):
        kind = n % 8
        header += [f"i{n}", f"j{n}"] if kind == 7 else [f"q{n}", f"q{n}_specify"] if kind < 2 and n > 0 else [f"q{n}"]
    order = header[2:] + header[:2]
    for r in range(count):
        row = {"channel": "web", "language": "en"}
        for name in header[2:]:
            n = int(name[1:].split("_")[0])
            kind = n % 8
            if name.endswith("_specify"):
                row[name] = WORDS[(r + n) % len(WORDS)] if row[f"q{n}"] == "c2" else ""
            elif kind < 2:
                row[name] = f"c{r % (2 if n == 0 else 3)}"
            elif kind in (2, 7):
                row[name] = str(1 + r % 2)
            elif kind == 3:
                row[name] = str(r % 10)
            elif kind == 4:
                row[name] = f"2024-02-{1 + r % 28:02}"
            elif kind == 5:
                row[name] = "c1 c0"
            else:
                row[name] = WORDS[(r + n) % len(WORDS)]
        rows.append(row)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, order, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def foreign(found):
    """Without the page's own script and its policy."""
    own = [act for act in found if act.startswith("meta http-equiv=Content-Security-Policy") or
           (act.startswith("script ") and "alert(1)" not in act)]
    return [act for act in found if act not in own]


def look_at_report(folder, name):
    page = read(f"{folder}/report.html")
    check(f"{name}: report.html has one script of its own at most", sum(act.startswith("script ") for act in acts(page)) <= 1, acts(page))
    same(f"{name}: nothing in report.html acts", foreign(acts(page)), [])
    for form in ("gfm", "commonmark", "commonmark_x", "markdown"):
        made = run("pandoc", f"--from={form}", "--to=html", f"{folder}/report.md")
        same(f"{name}: report.md is read as {form}", made.returncode, 0)
        same(f"{name}: nothing in report.md acts ({form})", acts(made.stdout), [])
    tex = run("pandoc", "--from=markdown", "--to=latex", f"{folder}/report.md").stdout.decode()
    same(f"{name}: no command of TeX in report.md", re.findall(r"\\(?:input|immediate|write18)\b", tex), [])
    json.loads(read(f"{folder}/results.json"))
    for kind in ("docx", "odt"):
        look_at_office(f"{folder}/report.{kind}", name)
    for path in glob.glob(f"{folder}/charts/*.svg"):
        look_at_picture(path, name)
    check(f"{name}: there are charts", len(glob.glob(f"{folder}/charts/*.svg")) > 10, os.listdir(folder))
    scripts = glob.glob(f"{folder}/charts/*.gp")
    for path in scripts:
        alone = re.sub(rb"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|(?m:^\s*#.*$)|(?s:\$\w+ << \w+\n.*?\n\w+$)", b"", read(path))
        same(f"{name}: {os.path.basename(path)} starts nothing", re.findall(rb"system|`|(?m:^\s*!)|popen|'<|\"<", alone), [])


def look_at_office(path, name):
    """Well-formed in every part, and all it points to is inside it."""
    with zipfile.ZipFile(path) as file:
        same(f"{name}: {path} is whole", file.testzip(), None)
        for part in file.namelist():
            check(f"{name}: {part} stays in its folder", not part.startswith("/") and ".." not in part, part)
            if part.endswith((".xml", ".rels")):
                try:
                    tree = xml.dom.minidom.parseString(file.read(part))
                except Exception as fault:
                    check(f"{name}: {part} of {path} is well-formed", False, fault)
                    continue
                check(f"{name}: {part} of {path} is well-formed", True)
                targets = [node.getAttribute("Target") for node in tree.getElementsByTagName("Relationship")
                           if node.getAttribute("TargetMode") == "External"]
                targets += [node.getAttribute("xlink:href") for node in tree.getElementsByTagName("text:a")]
                same(f"{name}: {part} of {path} leads nowhere", [to for to in targets if not to.startswith("#")], [])
                fields = [node.getAttribute("w:instr") for node in tree.getElementsByTagName("w:fldSimple")]
                same(f"{name}: {part} of {path} has no fields that load", [field for field in fields if re.search("DDE|INCLUDE|LINK", field)], [])


def look_at_pdf(path):
    """No script, no link out, nothing that happens by opening it."""
    same(f"{path}: no script", run("pdfinfo", "-js", path).stdout, b"")
    links = run("pdfinfo", "-url", path).stdout.decode().splitlines()[1:]
    same(f"{path}: leads nowhere", [link for link in links if "survey.example.org" not in link and "127.0.0.1" not in link], [])
    same(f"{path}: starts nothing", re.findall(rb"/JavaScript|/JS\b|/Launch|/OpenAction|/EmbeddedFile", read(path)), [])


def look_at_picture(path, name):
    try:
        tree = xml.dom.minidom.parse(path)
    except Exception as fault:
        check(f"{name}: {path} is well-formed", False, fault)
        return
    nodes = tree.getElementsByTagName("*")
    bad = [node.tagName for node in nodes if node.tagName.split(":")[-1] in ("script", "foreignObject", "image", "iframe", "a")]
    bad += [f"{node.tagName} {key}" for node in nodes for key in node.attributes.keys()
            if key.startswith("on") or (key.endswith("href") and not node.getAttribute(key).startswith("#"))]
    same(f"{name}: nothing in {os.path.basename(path)} acts", bad, [])


def look_at_tables(questionnaire, store, folder, name):
    """Cells that a spreadsheet would compute; only numbers may begin like one."""
    done = analysis("export", questionnaire, "--store", store, "--format", "spreadsheet")
    cells = [cell for row in csv.reader(io.StringIO(done.stdout.decode("utf-8-sig"), newline=""), delimiter=";") for cell in row]
    check(f"{name}: the spreadsheet has the answers", len(cells) > 100, len(cells))
    bad = [cell for cell in cells if re.match(FORMULA, cell) and not re.fullmatch(NUMBER, cell)]
    same(f"{name}: no cell is a formula", bad, [])
    records = list(csv.reader(io.StringIO(read(f"{folder}/tables.csv").decode("utf-8-sig"), newline="")))
    bad = [cell for row in records for cell in row if re.match(FORMULA, cell) and not re.fullmatch(NUMBER, cell)]
    same(f"{name}: no cell of tables.csv is a formula", bad, [])
    done = analysis("export", questionnaire, "--store", store, "--output", f"{folder}/answers.csv")
    survey("import", questionnaire, f"{folder}/answers.csv", "--store", f"{folder}/again.db")
    analysis("export", questionnaire, "--store", f"{folder}/again.db", "--output", f"{folder}/again.csv")
    same(f"{name}: what is exported comes in again, and out as it was", read(f"{folder}/again.csv"), read(f"{folder}/answers.csv"))


def reports():
    write("hostile.yaml", hostile())
    done = survey("check", "hostile.yaml")
    same("the hostile questionnaire has no mistakes", (done.returncode, done.stderr), (0, b""))
    rows = answers("hostile.yaml", "hostile.csv")
    done = survey("import", "hostile.yaml", "hostile.csv", "--store", "hostile.db", "--channel", "web")
    same("hostile answers come in", (done.returncode, done.stderr[:300]), (0, b""))
    for style in ("stacked", "diverging"):
        done = analysis("report", "hostile.yaml", "--store", "hostile.db", "--output", style, "--likert", style, "--by", "q0",
                        "--notice", WORDS[1], "--format", "html,md,docx,odt" + (",pdf" if style == "stacked" else ""), limit=600)
        same(f"the report, {style}", (done.returncode, b"error" in done.stderr), (0, False))
        look_at_report(style, style)
        unharmed(style)
    look_at_tables("hostile.yaml", "hostile.db", "stacked", "hostile")
    text = run("pdftotext", "stacked/report.pdf", "-").stdout
    check("the report as PDF has its text", len(text) > 1000)
    look_at_pdf("stacked/report.pdf")
    own_texts()


def own_texts():
    """The report's own text is its author's; what it may not do is run something or load something from elsewhere."""
    for n, payload in enumerate(TEXTS):
        write("own.md", f"# A text\n\n{payload}\n\n{{{{words q0}}}}\n")
        done = analysis("report", "hostile.yaml", "--store", "hostile.db", "--output", f"own{n}", "--text", "own.md", "--no-charts")
        check(f"a text with {payload!r} is taken or refused", done.returncode in (0, 1), done.stderr)
        same(f"a text with {payload!r} steers no terminal", steers(done.stderr), "")
        if done.returncode == 0:
            found = [act for act in foreign(acts(read(f"own{n}/report.html"))) if not act.startswith("a href=http://evil.example/")]
            same(f"a text with {payload!r}: nothing in its report acts", found, [])
    unharmed("own texts")


def coding(path):
    return list(csv.DictReader(io.StringIO(read(path).decode("utf-8-sig"), newline="")))


def open_answers():
    """Every payload as the answer to an open question; coded by theme, quoted, with themes that are payloads."""
    write("open.yaml", "questionnaire: open\nlanguages: [en]\ntitle: Open\nprivacy: Made up.\npages:\n  - questions:\n"
          "      - {id: remark, type: text, text: Anything?, lines: 4}\n")
    server = Server("open.yaml", "--store", "open.db", "--rate-limit", "0")
    kept = []
    for number, payload in enumerate(TEXTS + TERMINAL):
        reply = server.ask("/", {"response-key": str(number + 1), "remark": payload, "go-send": "1"})
        kept += [payload] if b'id="thanks"' in reply.body else []
    server.stop("open answers")
    check("most payloads are answers", len(kept) > 50, len(kept))
    done = analysis("themes", "open.yaml", "remark", "--store", "open.db")
    same("themes are looked for", done.returncode, 0)
    same("nothing of them steers the terminal", steers(done.stdout + done.stderr), "")
    path = "open.db.themes/remark.csv"
    rows = coding(path)
    bad = [value for row in rows for value in row.values() if re.match(FORMULA, value)]
    same("no cell of the coding is a formula", bad, [])
    for n, row in enumerate(rows):
        row["themes"], row["quote"] = WORDS[n % 12].replace(";", ",").replace("\n", " "), "yes"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = analysis("themes", "open.yaml", "remark", "--store", "open.db")
    same("themes that are payloads are read", done.returncode, 0)
    same("nothing of these steers the terminal", steers(done.stdout + done.stderr), "")
    rows = coding(path)
    done = analysis("report", "open.yaml", "--store", "open.db", "--output", "open", "--format", "html,md,docx,odt")
    same("a report that quotes them", (done.returncode, steers(done.stderr)), (0, ""))
    page = read("open/report.html")
    check("it does quote them", b"alert(1)" in page)
    same("nothing in it acts", foreign(acts(page)), [])
    for form in ("gfm", "commonmark", "commonmark_x", "markdown"):
        same(f"nothing in its Markdown acts ({form})", acts(run("pandoc", f"--from={form}", "--to=html", "open/report.md").stdout), [])
        same(f"no heading of its own ({form})", b"A heading of mine</h" in run("pandoc", f"--from={form}", "--to=html", "open/report.md").stdout, False)
    for kind in ("docx", "odt"):
        look_at_office(f"open/report.{kind}", "open")
    records = list(csv.reader(io.StringIO(read("open/tables.csv").decode("utf-8-sig"), newline="")))
    bad = [cell for row in records for cell in row if re.match(FORMULA, cell) and not re.fullmatch(NUMBER, cell)]
    same("no theme is a formula in tables.csv", bad, [])
    unharmed("open answers")


def paper():
    done = survey("paper", "hostile.yaml", "--store", "hostile.db", "--output", "form.pdf")
    check("the hostile questionnaire on paper", is_sane(done), done.stderr)
    same("nothing of it steers the terminal", steers(done.stdout + done.stderr), "")
    look_at_pdf("form.pdf")
    unharmed("paper")


def invitations():
    """Names and margins of a roster, texts of letters and mails, through a real mail server."""
    os.mkdir("mails")
    post = subprocess.Popen(["/usr/bin/python3", os.path.join(ROOT, "tests/cases/mail/server.py"), "mails"], stderr=subprocess.DEVNULL)
    servers.append(post)
    end = time.monotonic() + PATIENCE
    while not (os.path.exists("mails/port") and read("mails/port").strip()) and time.monotonic() < end:
        time.sleep(0.05)
    port = read("mails/port").decode().strip()
    mail = ["--public-url", "https://survey.example.org/", "--smtp", f"smtp://127.0.0.1:{port}", "--from", "Made up <made.up@example.org>"]

    def invite(store, people, *more):
        with open("people.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([["name", "email", "q0"], *people])
        return survey("invite", "hostile.yaml", "people.csv", "--store", store, *more)

    for n, injected in enumerate(["Eve\r\nBcc: victim@example.org", "Eve\nSubject: mine", "Eve\r\n\r\nmine", "Eve\rX: y", "Eve\x00", "Eve\x1b[2J", "Eve\u0085X: y", "Eve\u2028X: y"]):
        done = invite(f"injected{n}.db", [[injected, "eve@example.org", "c0"]], *mail)
        check(f"the name {injected!r}: sent or refused", is_sane(done), done.stderr)
        same(f"the name {injected!r} steers no terminal", steers(done.stdout + done.stderr), "")
    for address in ("eve@example.org\r\nRCPT TO:<victim@example.org>", "eve@example.org>, <victim@example.org", "eve@example.org\nBcc: victim@example.org", "\"<script>\"@example.org", "-oQ/tmp/pwned@example.org x", "=cmd|' /C touch pwned'!A0@example.org"):
        done = invite("address.db", [["Eve", address, "c0"]], *mail)
        check(f"the address {address!r} is refused", done.returncode == 1, done.stderr)
        same(f"the address {address!r} steers no terminal", steers(done.stdout + done.stderr), "")
    people = [[text.replace("\n", " ")[:150], f"person.{n}@example.org", "c0"] for n, text in enumerate(WORDS)]
    done = invite("mails.db", people, *mail)
    same("everybody whose name is a payload is mailed", (done.returncode, f"mails sent: {len(people)} of {len(people)}".encode() in done.stderr), (0, True))
    same("nothing of it steers the terminal", steers(done.stdout + done.stderr), "")
    done = invite("letters.db", people, "--letters", "letters.pdf", "--output", "links.csv")
    same("everybody has a letter", done.returncode, 0)
    look_at_pdf("letters.pdf")
    cells = [cell for row in csv.reader(io.StringIO(read("links.csv").decode("utf-8-sig"), newline="")) for cell in row]
    bad = [cell for cell in cells if re.match(FORMULA, cell)]
    same("no name is a formula in the mail-merge file", bad, [])
    import email
    import email.policy
    heads = set()
    for path in glob.glob("mails/*"):
        content = read(path)
        if b"\n" not in content or not re.search(rb"(?mi)^Subject:", content):
            continue
        message = email.message_from_bytes(content, policy=email.policy.SMTP)
        heads |= {tuple(sorted(key.lower() for key in message.keys()))}
        check(f"{path}: to one person, on nobody's behalf", not message["Bcc"] and "victim" not in str(message["To"]), content[:500])
        for part in message.walk():
            if part.get_content_type() == "text/html":
                check(f"{path}: nothing acts", not without_links(acts(part.get_content())), acts(part.get_content()))
    same("all mails have the same header lines", len(heads), 1)
    post.kill()
    post.wait()
    unharmed("invitations")


def without_links(found):
    return [act for act in found if not act.startswith("a href=https://survey.example.org/")]


reports()
open_answers()
paper()
invitations()
finish()
