#!/usr/bin/python3
"""Nothing that data, names and files hold steers the terminal: no control sign and no mark that turns the direction of
what follows comes out of a program, whatever it is told, wherever it says it."""
import itertools
import re

from attack import *

NAMES = [  # of files, as a file system takes them
    "\x1b[2J\x1b[31mred.yaml", "a\x1b]0;pwned\x07.yaml", "\x9b31m.yaml", "\u202elmay.x", "\u2066a\u2069.yaml", "a\rb.yaml",
    "a\nsurvey: all is well.yaml", "-rf.yaml", "--help.yaml", "'; touch pwned;'.yaml", "\"$(touch pwned)\".yaml",
    "`touch pwned`.yaml", "%s%n%d%x.yaml", "a\tb.yaml", "a\x7fb\x08.yaml",
]
RAW = [b"\xff\xfe.yaml", b"a\xc2.yaml", b"\xc0\x9b31m.yaml", b"\x9b31m.yaml"]  # no UTF-8
STEERS = ["\x1b[31m", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u2066", "\x7f", "\x08"]


def silent(name, done):
    check(f"{name}: ends as it should", is_sane(done), done.returncode)
    same(f"{name}: nothing steers the terminal", steers(done.stdout + done.stderr), "")
    check(f"{name}: no line of somebody else's", not re.search(rb"(?m)^survey: all is well", done.stdout + done.stderr), done.stderr)
    try:
        (done.stdout + done.stderr).decode()
    except UnicodeDecodeError as fault:
        check(f"{name}: what is said is UTF-8", False, fault)


def file_names():
    """A questionnaire by a hostile name: as it should be, with a mistake in it, and not there at all."""
    sound, broken = read(DESK), read(DESK).replace(b"questionnaire:", b"questionaire:")
    for name in [*NAMES, *RAW]:
        shown = repr(name)
        path = os.fsencode("./" + name) if isinstance(name, str) else b"./" + name
        for content, kind in ((sound, "sound"), (broken, "with a mistake"), (None, "missing")):
            if content is None:
                os.remove(path)
            else:
                write(path, content)
            silent(f"check {shown}, {kind}", survey("check", path))
            silent(f"status {shown}, {kind}", survey("status", path, "--store", path + b".db"))
            silent(f"import {shown}, {kind}", survey("import", path, path, "--store", path + b".db"))
            silent(f"report {shown}, {kind}", analysis("report", path, "--store", path + b".db", "--output", path + b".folder", "--no-charts"))
            silent(f"paper {shown}, {kind}", survey("paper", path, "--output", path + b".pdf", "--store", path + b".db"))
        silent(f"scan {shown}", survey("scan", DESK, path, "--store", "scan.db"))
        silent(f"invite by {shown}", survey("invite", DESK, path, "--store", "scan.db"))
        silent(f"a text {shown}", analysis("report", DESK, "--text", path, "--store", "none.db"))
        silent(f"a theme {shown}", analysis("report", DESK, "--chart-theme", path, "--store", "none.db"))
        silent(f"a reference {shown}", analysis("report", DESK, "--reference", path, "--store", "none.db"))
        silent(f"credentials {shown}", survey("invite", DESK, path, "--store", "none.db", "--smtp", "smtp://127.0.0.1:1", "--from", "a@example.org", "--public-url", "https://a.example/", "--credentials", path))
    done = survey("check", "-rf.yaml")
    same("a name that begins with a hyphen is an option", (done.returncode, b"unknown option" in done.stderr), (2, True))
    write("-rf.yaml", sound)
    same("but behind -- a file", survey("check", "--", "-rf.yaml").returncode, 0)
    same("no name was run", [name for name in os.listdir(".") if name == "pwned"], [])


def words():
    """What is typed on a command line."""
    for word in STEERS:
        for command in ("check", "status", "audit", "close", "erase", "remove", "revoke", "paper", word):
            silent(f"survey {command} {word!r}", survey(command, word))
            silent(f"survey {command} --{word!r}", survey(command, "--" + word))
            silent(f"survey {command} -{word!r}", survey(command, "-" + word))
        silent(f"a sheet {word!r}", survey("remove", DESK, "--sheet", word, "--store", "none.db"))
        silent(f"a name {word!r}", survey("revoke", DESK, "--name", word, "--store", "none.db"))
        silent(f"a language {word!r}", survey("paper", DESK, "--language", word, "--store", "none.db"))
        silent(f"an address {word!r}", survey("serve", DESK, "--listen", word, "--store", "none.db"))
        silent(f"a public address {word!r}", survey("serve", DESK, "--public-url", "http://" + word, "--store", "none.db", "--listen", "nowhere.invalid:0"))
        silent(f"a user {word!r}", survey("serve", DESK, "--user", word, "--store", "none.db", "--listen", "127.0.0.1:0", limit=5))
        silent(f"a condition {word!r}", analysis("report", DESK, "--where", word, "--store", "none.db"))
        silent(f"a question {word!r}", analysis("themes", DESK, word, "--store", "none.db"))
        silent(f"a format {word!r}", analysis("report", DESK, "--format", word, "--store", "none.db"))
        silent(f"a margin {word!r}", analysis("report", DESK, "--weight", word, "--by", word, "--drivers", word, "--store", "none.db"))


def wordings():
    """The questionnaire's own words, those of its answers and of the people invited, in every listing."""
    say = itertools.cycle(["\u202eone", "\u2066two\u2069", "\u202dthree"])
    lines = ["questionnaire: steers", "languages: [en]", f"title: \"{next(say)}\"", f"privacy: \"{next(say)}\"",
             "population:", "  size: 10", "  role: {a: 5, b: 5}", "pages:", f"  - title: \"{next(say)}\"", "    questions:"]
    for id in ("role", "other"):
        lines += [f"      - id: {id}", "        type: single", "        breakdown: true", f"        text: \"{next(say)}\"", "        options:"]
        lines += [f"          - {{code: {code}, text: \"{next(say)}\"}}" for code in "ab"]
    lines += ["      - {id: words, type: text, text: \"" + next(say) + "\"}"]
    write("steers.yaml", "\n".join(lines) + "\n")
    write("answers.csv", "role,other,words,channel\n" + "".join(f"{'ab'[n % 2]},{'ab'[n % 2]},\u202eword \u2066{n}\u2069,web\n" for n in range(24)))
    write("people.csv", "name,email,role\n" + "".join(f"\u202eperson {n},p{n}@example.org,{'ab'[n % 2]}\n" for n in range(10)))
    silent("check", survey("check", "steers.yaml"))
    silent("invite", survey("invite", "steers.yaml", "people.csv", "--store", "people.db", "--output", "links.csv"))
    for command in ("status", "audit"):
        silent(f"{command} of people", survey(command, "steers.yaml", "--store", "people.db"))
    silent("revoke", survey("revoke", "steers.yaml", "--store", "people.db", "--name", "\u202enobody"))
    silent("import", survey("import", "steers.yaml", "answers.csv", "--store", "words.db", "--channel", "web"))
    for command in ("status", "audit"):
        silent(command, survey(command, "steers.yaml", "--store", "words.db"))
    silent("holes", analysis("holes", "steers.yaml", "--store", "words.db"))
    silent("themes", analysis("themes", "steers.yaml", "words", "--store", "words.db"))
    silent("report", analysis("report", "steers.yaml", "--store", "words.db", "--output", "words", "--no-charts", "--by", "role", "--weight", "role"))
    silent("compare", analysis("compare", "words.db", "words.db", "--output", "compared", "--no-charts"))
    for n, cell in enumerate(STEERS):
        write("bad.csv", f"role,other,words,channel\n{cell},a,b,web\na,{cell},{cell},{cell}\n")
        silent(f"import of {cell!r}", survey("import", "steers.yaml", "bad.csv", "--store", "words.db"))
        write("bad.csv", f"role,{cell}\na,b\n")
        silent(f"import of a column {cell!r}", survey("import", "steers.yaml", "bad.csv", "--store", "words.db"))
        write("bad.csv", f"name,email,role\n{cell},{cell}@example.org,{cell}\nx,{cell},a\n")
        silent(f"people of {cell!r}", survey("invite", "steers.yaml", "bad.csv", "--store", f"bad{n}.db"))
        write("bad.csv", f"name,email,{cell}\nx,y@example.org,a\n")
        silent(f"people with a column {cell!r}", survey("invite", "steers.yaml", "bad.csv", "--store", f"bad{n}.db"))
        write("bad.yaml", read("steers.yaml").decode().replace("type: single", f"type: \"{cell}\"").replace("code: a", f"code: \"{cell}\""))
        silent(f"a questionnaire with {cell!r}", survey("check", "bad.yaml"))
        write("bad.yaml", read("steers.yaml").decode().replace("type: single", f"ty{cell}pe: single\n        when: \"{cell} = a\"\n        type: single"))
        silent(f"a questionnaire with the key {cell!r}", survey("check", "bad.yaml"))
        write("bad.md", f"# {{{{{cell}}}}} {{{{rate {cell}}}}} ![{cell}]({cell}) {{{{chart {cell}}}}}\n")
        silent(f"a text with {cell!r}", analysis("report", "steers.yaml", "--store", "words.db", "--text", "bad.md", "--output", "bad"))
        silent(f"a mail with {cell!r}", survey("invite", "steers.yaml", "people.csv", "--store", f"bad{n}.db", "--letters", "a.pdf", "--text", "bad.md"))
        write("bad.theme.yaml", f"font: \"{cell}\"\n{cell}: 1\npalette: [\"{cell}\"]\n")
        silent(f"a chart theme with {cell!r}", analysis("report", "steers.yaml", "--store", "words.db", "--chart-theme", "bad.theme.yaml", "--output", "bad"))
        write("bad.form.json", f"{{\"questionnaire\": \"{cell}\", \"{cell}\": 1}}")
        silent(f"a form with {cell!r}", survey("scan", "steers.yaml", "bad.csv", "--form", "bad.form.json", "--store", "words.db"))


def a_server_that_answers_with_it():
    """A mail server's refusal is told; the signs in it are not."""
    import threading
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            plug, _ = listener.accept()
            with plug:
                plug.sendall(b"220 \x1b[2J\x1b[31m \xe2\x80\xae ready\r\n")
                while line := plug.recv(1000):
                    plug.sendall(b"250 \x1b]0;x\x07 ok\r\n" if line.upper().startswith((b"EHLO", b"HELO")) else
                                 b"550 5.1.1 \x1b[31m\xc2\x9b2J \xe2\x80\xae no \x9b such\x07 person\r\n")

    threading.Thread(target=serve, daemon=True).start()
    port = listener.getsockname()[1]
    write("two.csv", "name,email,role\na,a@example.org,a\nb,b@example.org,b\n")
    silent("a mail server", survey("invite", "steers.yaml", "two.csv", "--store", "two.db", "--public-url", "https://a.example/",
                                   "--smtp", f"smtp://127.0.0.1:{port}", "--from", "a@example.org"))


file_names()
words()
wordings()
a_server_that_answers_with_it()
finish()
