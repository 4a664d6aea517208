#!/usr/bin/python3
"""Every field of every page with every payload: what comes back is the page for a harmless word, letter for letter but
for the word itself, and nothing in it acts. What is stored is what was typed, and nothing else happens to the store."""
import itertools
import re

from attack import *

FIELDS = {  # of every page, with what a respondent who means no harm enters there
    "service": "works", "tasks": "lead", "tasks_specify": "x", "overall": "4", "method_pace": "3", "method_tools": "no_opinion",
    "hours": "12.5", "since": "2024-02-29", "priorities": "tools", "safety": "yes", "remark": "x",
    "response-key": "1", "page-shown": "0", "form-language": "en", "language": "en", "go-language": "fr", "go-erase": "1",
}
HARMLESS = "harmless"
EVERY = TEXTS + TERMINAL


def sent(fields, name, value, go):
    return [*((key, text) for key, text in fields.items() if key != name), (name, value), (go, "1")]


def respondents():
    server = Server(TYPES, "--store", "form.db", "--rate-limit", "0")
    # Keys of their own: what is stored by one of them is no other's.
    keys = itertools.count(1000)
    base = {"service": "works", "tasks": "lead", "form-language": "en"}
    for name in FIELDS:
        for go in ("go-next", "go-send", "go-save"):
            wanted = {}
            for payload in [HARMLESS, "1", *EVERY]:
                fields = dict(base, **{"response-key": str(next(keys)), "page-shown": "0"})
                reply = server.ask("/", sent(fields, name, payload, go))
                check(f"{name}={payload!r} {go}: an answer", reply.status in (200, 400, 413, 422), reply.raw)
                if acts(reply.body):
                    check(f"{name}={payload!r} {go}: nothing acts", False, acts(reply.body))
                wanted.setdefault(reply.status, []).append((payload, tags(reply.body)))
            for status, pages in wanted.items():
                # A text of several lines, a refused one and a kept one differ in places that are ours: at most three
                # shapes of a page for some seventy payloads, and each of them is known without its payload.
                shapes = {tuple(page) for _, page in pages}
                check(f"{name} {go}: pages of {status} are of few shapes", len(shapes) <= 3,
                      [payload for payload, page in pages][:5])
    names = ["<script>alert(1)</script>", "remark\" onfocus=\"alert(1)", "tasks'; DROP TABLE response;--", "../admin", "\x1b[2J"]
    for payload in names:
        reply = server.ask("/", [("service", "works"), (payload, "1"), ("go-send", "1")])
        same(f"a field named {payload!r}", reply.status, 400)
        same(f"a field named {payload!r}: nothing acts", acts(reply.body), [])
    same("no payload ended a table", [row["name"] for row in rows("form.db", "SELECT name FROM sqlite_schema WHERE name = 'response'")], ["response"])
    server.stop("the form")


def stored():
    """What is typed into open answers comes back as it was from the store, in the next page and from the export."""
    server = Server(TYPES, "--store", "words.db", "--rate-limit", "0")
    kept = []
    for number, payload in enumerate(EVERY):
        fields = [("response-key", str(number + 1)), ("form-language", "en"), ("service", "desk"), ("tasks", "other"),
                  ("tasks", "lead"), ("tasks_specify", payload), ("remark", payload), ("go-send", "1")]
        reply = server.ask("/", fields)
        refused = bool(re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", payload))
        if refused:
            same(f"{payload!r} is refused", reply.status, 422)
            check(f"{payload!r}: the page says why", b'role="alert"' in reply.body, reply.body)
        else:
            same(f"{payload!r} is taken", reply.status, 200)
            check(f"{payload!r}: thanked", b'id="thanks"' in reply.body, reply.body)
            kept.append(payload)
        same(f"{payload!r}: nothing acts", acts(reply.body), [])
    found = sorted(row["remark"] for row in rows("words.db", "SELECT remark FROM response"))
    plain = lambda text: text.replace("\r\n", "\n").replace("\r", "\n").strip()
    same("each is in the store as it was typed", sorted(map(plain, found)), sorted(map(plain, kept)))
    same("one response each", responses("words.db"), len(kept))
    server.stop("the words")


def door():
    """The code typed at the door, and links that are none."""
    write("people.csv", "name,email\nNobody Real,one@example.org\n")
    survey("invite", TYPES, "people.csv", "--store", "door.db", "--output", "links.csv")
    server = Server(TYPES, "--store", "door.db", "--rate-limit", "0")
    for payload in EVERY:
        reply = server.ask("/", {"code": payload, "go-code": "1"})
        check(f"the code {payload!r} opens nothing", reply.status in (400, 422), reply.raw)
        same(f"the code {payload!r}: nothing acts", acts(reply.body), [])
        path = "/r/" + urllib.parse.quote(payload, safe="")
        reply = server.ask(path)
        check(f"the link {path} is none", reply.status == 404, reply.raw)
        same(f"the link {path}: nothing acts", acts(reply.body), [])
        reply = server.ask("/?language=" + urllib.parse.quote(payload, safe=""), headers=[f"Accept-Language: {payload}".encode("utf-8").decode("latin-1")] if payload.isprintable() else [])
        same(f"the language {payload!r}: the page", reply.status, 200)
        same(f"the language {payload!r}: nothing acts", acts(reply.body), [])
    server.stop("the door")


def evaluator():
    """Initials, sheet, code, corrections, what is typed from paper: signed in, with the right token."""
    survey("password", TYPES, "--store", "office.db", given=f"{PASSWORD}\n".encode())
    server = Server(TYPES, "--store", "office.db", "--rate-limit", "0")
    reply = server.ask("/admin", {"password": PASSWORD})
    cookie = "Cookie: " + reply.header("Set-Cookie").split(";")[0]
    page = server.ask("/admin/keying", headers=[cookie])
    token = re.search(r'name="form-token" value="([0-9a-f]{64})"', page.text())[1]

    def post(path, fields):
        return server.ask(path, [("form-token", token), *fields], headers=[cookie])

    own = {script for page in ("", "/keying", "/review", "/downloads", "/reminder")
           for script in acts(server.ask("/admin" + page, headers=[cookie]).body)}
    typing = post("/admin/keying", [("key-initials", "AB"), ("key-sheet", "1"), ("key-language", "en"), ("go-type", "1")])
    own |= set(acts(typing.body))
    check("the pages' own scripts are known", all(act.startswith("script ") for act in own) and len(own) <= 2, own)
    names = dict.fromkeys(re.findall(r'name="([a-z_]+(?:-[a-z0-9]+)?)"', typing.text()))
    typed = [name for name in names if not name.startswith(("go-", "form-", "viewport", "color"))]
    check("the page for typing has its fields", len(typed) > 12, typed)
    begin = {"key-initials": "AB", "key-sheet": "1", "key-code": "", "key-language": "en", "key-mode": "first"}
    for payload in EVERY:
        for name in ("key-initials", "key-sheet", "key-code", "key-language", "key-mode"):
            for path in ("/admin/keying", "/admin/keying/sheet", "/admin/keying/remove"):
                reply = post(path, list(dict(begin, **{name: payload}).items()))
                check(f"{path} {name}={payload!r}: an answer", reply.status in (200, 303, 400, 404, 422), reply.raw)
                check(f"{path} {name}={payload!r}: nothing new acts", set(acts(reply.body)) <= own, acts(reply.body))
        for name in typed:
            if name.startswith("key-"):
                continue
            reply = post("/admin/keying/sheet", [*begin.items(), (name, payload), ("go-check", "1")])
            check(f"typed {name}={payload!r}: an answer", reply.status in (200, 400, 422), reply.raw)
            check(f"typed {name}={payload!r}: nothing new acts", set(acts(reply.body)) <= own, acts(reply.body))
        for path in ("settle/1", "saved/1", "nothing", ""):
            reply = server.ask("/admin/keying/" + path + urllib.parse.quote(payload, safe=""), headers=[cookie])
            check(f"a path with {payload!r} leads nowhere", reply.status in (303, 404), reply.raw)
            check(f"a path with {payload!r}: nothing new acts", set(acts(reply.body)) <= own, acts(reply.body))
        reply = post("/admin/downloads", [("go-make", payload)])
        check(f"made by the name {payload!r}: nothing", reply.status in (303, 400) and b"file" not in reply.header("Location").encode(), reply.raw)
        reply = server.ask("/admin/downloads/file?name=" + urllib.parse.quote(payload, safe=""), headers=[cookie])
        check(f"downloaded by the name {payload!r}: nothing", reply.status in (303, 404), reply.raw)
    same("nothing of it was stored", responses("office.db"), 0)

    # Two typists who mean harm: what they typed is told side by side, and follows into the store as text.
    def words(sheet, mode, text):
        return post("/admin/keying/sheet", [("key-initials", "AB" if mode == "first" else "CD"), ("key-sheet", sheet), ("key-language", "en"),
                    ("key-mode", mode), ("service", "1"), ("remark", text), ("key-seen", "1"), ("go-save", "1")])

    for sheet, payload in enumerate(TEXTS, 1):
        reply = words(str(sheet), "first", payload)
        if reply.status == 422 and re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", payload):
            continue
        same(f"typed {payload!r}: kept", reply.status, 303)
        reply = words(str(sheet), "again", payload + " again")
        same(f"typed again {payload!r}: kept", reply.status, 303)
        page = server.ask(f"/admin/keying/settle/{sheet}", headers=[cookie])
        same(f"side by side {payload!r}", page.status, 200)
        check(f"side by side {payload!r}: nothing new acts", set(acts(page.body)) <= own, acts(page.body))
    check("they are in the store", responses("office.db") > len(TEXTS) - 5, responses("office.db"))
    server.stop("the evaluator's pages")


respondents()
stored()
door()
evaluator()
finish()
