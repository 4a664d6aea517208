#!/usr/bin/python3
"""Goal: no copy of a store's files tells who answered what, nor in which order, while links are open or after.

usage: campaign.py PEOPLE [COPIES]. Made-up people answer one after the other through their own links, some of them
in two sittings; after submissions, as many as COPIES (all unless told), the files are copied and attacked, each copy
alone. Now and then the server is killed right after a thank-you, or at any moment, and started again. Then the
collection is closed, and what remains is attacked. BIN names the folder of the programs.
"""
import atexit
import html
import http.client
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import attack  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
SURVEY = os.path.join(os.environ.get("BIN", os.path.join(ROOT, "bin")), "survey")
ROLES = ("north", "south", "west")

QUESTIONNAIRE = """questionnaire: forensic
languages: [en]
title: A made-up survey
privacy: Made up for a test.
layout: pages
population:
  size: {size}
  role: {{north: {north}, south: {south}, west: {west}}}
pages:
  - title: First
    questions:
      - {{id: role, type: single, text: Where?, options: [{{code: north, text: North}}, {{code: south, text: South}}, {{code: west, text: West}}]}}
      - {{id: mood, type: scale, text: How?, options: [{{code: 3, text: Well}}, {{code: 2, text: So so}}, {{code: 1, text: Badly}}]}}
      - {{id: first, type: text, text: What first?}}
  - title: Second
    questions:
      - {{id: hours, type: number, text: How long?, minimum: 0, maximum: 1000000}}
      - {{id: words, type: text, text: What else?, maximum_length: 100000}}
"""


class Person:
    """`secret` is known to nobody but the test: by it a response is known as this person's."""

    def __init__(self, number):
        self.number, self.role = number, ROLES[number % 3]
        self.name, self.email = f"Invented Person {number}", f"invented{number}@example.org"
        self.secret = f"secret{random.getrandbits(48):012x}"
        self.link, self.code = None, None

    def sheet(self):
        length = random.choice((0, 5, 40, 200, 1500) * 10 + (9000, 9000, 70000))  # the last is longer than a page
        return {"mood": str(random.randint(1, 3)), "hours": str(random.randint(0, 1000)), "first": "begun " + self.secret,
                "words": self.secret + " " + "made-up words " * (length // 10)}


class Server:
    def __init__(self, questionnaire, store):
        self.port = random.randint(10000, 31999)  # below those of outgoing connections: free when it starts again
        self.words = [SURVEY, "serve", questionnaire, "--store", store, "--listen", f"127.0.0.1:{self.port}"]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(self.words, stderr=subprocess.DEVNULL)
        atexit.register(self.process.kill)  # a test that fails leaves no server behind
        for _ in range(200):
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.02)
        sys.exit("campaign: the server does not start")

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait()

    def ask(self, path, form=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        body = urllib.parse.urlencode(form) if form is not None else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        connection.request("POST" if body is not None else "GET", path, body, headers)
        reply = connection.getresponse()
        page = reply.read().decode()
        connection.close()
        return reply.status, page


def hidden_fields(page):
    fields = []
    for tag in re.findall(r"<input[^>]*>", page):
        values = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if values.get("type") == "hidden":
            fields.append((html.unescape(values["name"]), html.unescape(values.get("value", ""))))
    return fields


def answer(server, person, halfway):
    """Answers page by page; `halfway`: leaves after the first, and comes back."""
    path, sheet = urllib.parse.urlsplit(person.link).path, person.sheet()
    status, page = server.ask(path)
    for _ in range(10):
        if status >= 400 or "<form" not in page:
            sys.exit(f"campaign: {person.name} got {status}")
        send = 'name="go-send"' in page
        form = hidden_fields(page) + [(name, sheet[name]) for name in sheet if re.search(f'name="{name}"[^>]*(?<!hidden)', page)
                                      and name not in dict(hidden_fields(page))]
        status, page = server.ask(path, form + [("go-send" if send else "go-next", "1")])
        if send and 'id="thanks"' in page:
            return
        if halfway:
            halfway = False
            status, page = server.ask(path)
    sys.exit(f"campaign: {person.name} was not thanked: {status}")


def response_of(store, person):
    """The key of the response that has the person's secret."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT key FROM response WHERE instr(words, ?)", (person.secret,)).fetchall()
    database.close()
    return rows[0][0] if len(rows) == 1 else sys.exit(f"campaign: {person.name} has {len(rows)} responses")


def copy_of(folder):
    with tempfile.TemporaryDirectory() as place:
        copy = os.path.join(place, "copy")
        shutil.copytree(folder, copy)
        return attack.Copy(copy)


class Campaign:
    def __init__(self, folder, size):
        self.folder, self.store = os.path.join(folder, "store"), os.path.join(folder, "store", "answers.db")
        os.mkdir(self.folder, 0o700)
        self.people = [Person(number) for number in range(size)]
        self.questionnaire = os.path.join(folder, "forensic.yaml")
        counts = {role: sum(person.role == role for person in self.people) for role in ROLES}
        with open(self.questionnaire, "w", encoding="utf-8") as file:
            file.write(QUESTIONNAIRE.format(size=size, **counts))
        roster = os.path.join(folder, "roster.csv")
        with open(roster, "w", encoding="utf-8") as file:
            file.write("name,email,role\n")
            file.writelines(f"{p.name},{p.email},{p.role}\n" for p in self.people)
        merge = subprocess.run([SURVEY, "invite", self.questionnaire, roster, "--store", self.store,
                                "--public-url", "http://127.0.0.1/"], check=True, capture_output=True, text=True).stdout
        for person, line in zip(self.people, merge.splitlines()[1:]):
            person.link, person.code = line.split(",")[-2:]
        self.truth, self.judge = [], attack.Judge()
        self.faults, self.middle, self.attacked = [], 0, 0
        self.ids = self.read_ids()

    def read_ids(self):
        """Which number the store gives to whom: the attacker reads names and numbers in the file."""
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as database:
            ids = dict(database.execute("SELECT name, id FROM invitation"))
        database.close()
        return ids

    def hear(self, when, is_settled=False):
        """Attacks the files as they are now; settled: the last thing written was a response, and was thanked for."""
        copy = copy_of(self.folder)
        self.attacked += 1
        if copy.is_in_the_middle():
            self.middle += 1
            return
        self.judge.hear(copy, self.truth)
        if is_settled and self.attacked % (1 + len(self.people) // 1000) == 0 and not attack.is_as_if_new(copy):
            self.faults.append(f"{when}: the pages of the file tell how it grew")
        begun = {p.secret.encode() for p in self.people[len(self.truth):]}
        found = sorted(begun.intersection(*[re.findall(rb"secret[0-9a-f]{12}", b"\n".join(copy.files.values()))]))
        if found:
            self.faults.append(f"{when}: what somebody had only begun to answer is readable: {found[:3]}")
        for page, piece in copy.database.remains():
            if re.search(rb"secret[0-9a-f]{12}|Invented|@example", piece):
                self.faults.append(f"{when}: remains of people or answers in free space of page {page}: {piece[:60]!r}")

    def play(self, server, copies):
        order = self.people
        random.shuffle(order)
        size = len(order)
        chosen = set(random.sample(range(size), min(copies, size)))
        killed = set(random.sample(range(size), min(8, size // 4)))
        for at, person in enumerate(order):
            # Those who come later have begun already, so that drafts lie about.
            if at + 3 < size and at % 4 == 0:
                self.begin(server, order[at + 3])
            answer(server, person, at % 3 == 0)
            if at in killed:
                server.end(signal.SIGKILL)
            self.truth.append((self.ids[person.name], response_of(self.store, person)))
            if at in chosen or at in killed:
                self.hear(f"after {at + 1} responses{' and a kill' if at in killed else ''}", True)
            if at in killed:
                server.start()
            if at == size // 2:
                self.cut_in_flight(server, 5)

    @staticmethod
    def begin(server, person):
        path, sheet = urllib.parse.urlsplit(person.link).path, person.sheet()
        _, page = server.ask(path)
        if dict(hidden_fields(page)).get("page-shown") != "0":
            return
        server.ask(path, hidden_fields(page) + [("mood", sheet["mood"]), ("first", sheet["first"]), ("go-next", "1")])

    def cut_in_flight(self, server, times):
        """Kills at any moment while people leave drafts, and attacks what lies there."""
        for _ in range(times):
            child = os.fork()
            if child == 0:
                try:
                    for person in self.people[len(self.truth) + 1:]:
                        self.begin(server, person)
                finally:
                    os._exit(0)
            time.sleep(random.random() * 0.05)
            server.end(signal.SIGKILL)
            os.waitpid(child, 0)
            self.hear("cut in flight")
            server.start()

    def close(self):
        subprocess.run([SURVEY, "close", self.questionnaire, "--store", self.store], check=True, capture_output=True)
        copy = copy_of(self.folder)
        if copy.key is not None:
            self.faults.append("the key is there after close")
        if copy.people or copy.database.table("draft") or copy.is_in_the_middle():
            self.faults.append("people, drafts or a journal are there after close")
        words = [word for p in self.people for word in (p.name, p.email, p.code, p.code.replace("-", ""),
                                                        p.link.rsplit("/", 1)[1])]
        found = attack.words_found(copy, words)
        if found:
            self.faults.append(f"after close there is {found[:5]}")
        remains = copy.database.remains()
        if remains:
            self.faults.append(f"after close, bytes in free space: {[(page, piece[:40]) for page, piece in remains[:3]]}")
        final = attack.Judge()
        final.hear(copy, self.truth)
        self.faults += [f"after close: {line}" for line in final.found()]


def outputs(campaign, *commands):
    """All that the commands print, but for links, and how they end."""
    printed = []
    for command, *words in commands:
        done = subprocess.run([SURVEY, command, campaign.questionnaire, *words, "--store", campaign.store],
                              capture_output=True, text=True)
        printed.append((command, done.returncode, re.sub(r"/r/[0-9a-z]+,[0-9A-Z-]+", "", done.stdout), done.stderr))
    return printed


def compare_outputs(folder):
    """Faults where what a command prints, run before and after one submission, tells of it; or, of a person whose link
    is revoked or replaced, whether they had answered."""
    campaign, faults, told = Campaign(folder, 12), [], []
    server = Server(campaign.questionnaire, campaign.store)
    roster = os.path.join(folder, "roster.csv")
    looks = (("status",), ("audit",), ("invite", roster, "--public-url", "http://127.0.0.1/"))
    server.start()
    before = outputs(campaign, *looks)
    for person in campaign.people[:4]:  # no count comes to five
        answer(server, person, False)
        after = outputs(campaign, *looks)
        faults += [f"{command[0]} prints something else after a submission: {command[1:]}"
                   for command, earlier in zip(after, before) if command != earlier]
    for person in (campaign.people[0], campaign.people[6]):  # one who has answered, one who has not
        words = ("revoke", "--email", person.email)
        one = os.path.join(folder, "one.csv")
        with open(one, "w", encoding="utf-8") as file:
            file.write(f"name,email,role\n{campaign.people[8].name},{campaign.people[8].email},{campaign.people[8].role}\n")
        printed = outputs(campaign, (*words, "--replace", "--public-url", "http://127.0.0.1/"), words, ("status",),
                          ("invite", one, "--public-url", "http://127.0.0.1/"))
        again = outputs(campaign, ("invite", roster, "--public-url", "http://127.0.0.1/"))[0][3]
        told.append(re.sub(re.escape(person.name) + "|" + re.escape(person.email), "", repr((printed, again))))
    if told[0] != told[1]:
        faults.append(f"what is printed of a person depends on whether they have answered: {told}")
    server.end(signal.SIGTERM)
    return faults


def control():
    """The same judge must find out stores that are written the usual way."""
    with tempfile.TemporaryDirectory() as folder:
        for leak in ("cells", "log"):
            truth, copy = attack.leaky(folder, leak)
            judge = attack.Judge()
            judge.hear(copy, truth)
            if not judge.found():
                sys.exit(f"campaign: the attack does not find a store that leaks by its {leak}")


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 140
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else size
    random.seed(2013)
    control()
    with tempfile.TemporaryDirectory() as folder:
        campaign = Campaign(folder, size)
        server = Server(campaign.questionnaire, campaign.store)
        server.start()
        campaign.play(server, copies)
        status = server.end(signal.SIGTERM)
        campaign.close()
        few = os.path.join(folder, "few")
        os.mkdir(few)
        faults = campaign.faults + compare_outputs(few) + campaign.judge.found() + ([] if status == 0 else [f"the server ended with {status}"])
        print(f"{size} people, {campaign.attacked} copies attacked, {campaign.middle} of them in the middle of a commit")
        for route, (kind, score) in campaign.judge.scores.items():
            last = campaign.judge.last.get(route)
            print(f"  {route:18} " + (f"{score:5.1f} standard deviations; the last response in {last} copies,"
                                      f" {campaign.judge.chance:.1f} by chance" if kind == "order" else f"{score} pairs"))
        for fault in faults:
            print(fault)
        print(f"{'0 passed, 1 failed' if faults else '1 passed, 0 failed'}")
        sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
