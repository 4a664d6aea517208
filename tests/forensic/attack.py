#!/usr/bin/python3
"""An attack on one copy of a store's files: who answered what, and in which order did they answer?

The attacker has the files of one moment, the key among them if it is there, and the list of those invited. Each
route gives either an order of the responses (the earliest first) or pairs of a person and a response. `judge` knows
the truth and says whether a route does better than chance.

attack.py --self-test builds stores that leak on purpose, and fails unless every route finds its leak.
"""
import hashlib
import itertools
import math
import os
import random
import re
import sqlite3
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from database import Database, journal_pages, wal_frames  # noqa: E402

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def with_log(data, log):
    """The database as SQLite would see it: with the latest of each page that the log holds."""
    pages = {number: page for number, page, _ in wal_frames(log)}
    if not pages:
        return data
    size = len(next(iter(pages.values())))
    whole = bytearray(data.ljust(max(pages) * size, b"\0"))
    for number, page in pages.items():
        whole[(number - 1) * size:number * size] = page
    return bytes(whole)


class Copy:
    """The files of a store, by what follows the database's name: "", "-journal", "-wal", ".key" …"""

    def __init__(self, folder, name="answers.db"):
        self.files = {}
        for file in sorted(os.listdir(folder)):
            if file.startswith(name):
                with open(os.path.join(folder, file), "rb") as stream:
                    self.files[file[len(name):]] = stream.read()
        self.database = Database(with_log(self.files[""], self.files.get("-wal", b"")))
        self.responses = self.database.table("response")
        self.people = self.database.table("invitation")
        self.key = self.files.get(".key")

    def is_in_the_middle(self):
        return bool(self.files.get("-journal", b"").strip(b"\0")) or len(self.files.get("-wal", b"")) > 32


# --- orders ---

def order_of_cells(copy):
    """New rows are put before the others in their page; pages are compared by how far down a row lies."""
    ranks = {}
    for _, rows in itertools.groupby(copy.responses, key=lambda row: row.page):
        rows = sorted(rows, key=lambda row: -row.place)
        for rank, row in enumerate(rows):
            ranks[row.rowid] = rank / len(rows)
    return sorted(ranks, key=ranks.get)


def order_of_pages(copy):
    return [row.rowid for row in sorted(copy.responses, key=lambda row: (row.page, -row.place))]


def order_of_keys(copy):
    return [row.rowid for row in copy.responses]


def order_of_times(copy):
    """Values that look like times, or whole numbers that are all different and could count."""
    columns = len(copy.responses[0].values) if copy.responses else 0
    for column in range(1, columns):
        values = [row.values[column] for row in copy.responses]
        texts = [value for value in values if isinstance(value, str)]
        timed = texts and all(re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", value) for value in texts)
        counted = all(isinstance(value, int) for value in values) and len(set(values)) == len(values) > 2
        if (timed and len(texts) == len(values)) or counted:
            return [row.rowid for row in sorted(copy.responses, key=lambda row: row.values[column])]
    return []


def order_of_log(copy):
    """The first frame of the log in which each response turns up."""
    first, size = {}, copy.database.page_size
    for at, (_, page, _) in enumerate(wal_frames(copy.files.get("-wal", b""))):
        for row in copy.responses:
            if row.payload[:size // 8] in page:
                first.setdefault(row.rowid, at)
    return sorted(first, key=first.get)


def order_of_chains(copy):
    """Long rows by the first of their further pages: the later, the farther back."""
    first = {row.rowid: chain[0] for row in copy.responses if (chain := copy.database.chain(row))}
    return sorted(first, key=first.get)


def order_of_freed(copy):
    """Rows that are written anew free their pages in the order of the keys, and the list of free pages keeps the
    numbers. The pages of the row that came last were taken last, and so are those farthest back."""
    numbers, freed = copy.database.freed(), []
    for leaf, rows in itertools.groupby(copy.responses, key=lambda row: row.page):
        for row in rows:
            freed += [row.rowid] * len(copy.database.chain(row))
        freed.append(None)
    count, last = min(len(freed), len(numbers)), {}
    for key, number in zip(freed[-count:], numbers[-count:]) if count else []:
        if key is not None:
            last[key] = max(last.get(key, 0), number)
    return sorted(last, key=last.get)


def is_as_if_new(copy):
    """Whether the file is what SQLite makes of its content when it writes all of it anew, so that nothing in it can
    come from the way it grew. The counters of its changes do not count, nor a file in the middle of a commit."""
    def without_counters(data):
        return data[:24] + data[28:40] + data[44:92] + data[100:]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "anew.db")
        with open(path, "wb") as file:
            file.write(copy.files[""])
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("VACUUM")
        database.close()
        with open(path, "rb") as file:
            return without_counters(file.read()) == without_counters(copy.files[""])


# --- pairs ---

def used(copy):
    """The people whose link was used: the first 0/1 column of theirs that is 1 for as many as have answered."""
    if not copy.people:
        return []
    for column in range(1, len(copy.people[0].values)):
        values = [row.values[column] for row in copy.people]
        if set(values) <= {0, 1} and 0 < sum(values) <= max(len(copy.responses), 1):
            return [row for row in copy.people if row.values[column] == 1]
    return []


def pairs_by_rank(copy):
    """The k-th of those who used their link, and the k-th response: in the order of keys."""
    return [(person.rowid, row.rowid) for person, row in zip(used(copy), copy.responses)]


def pairs_by_place(copy):
    """The same in the order in which they lie in their pages."""
    people = sorted(used(copy), key=lambda row: (row.page, -row.place))
    return list(zip([row.rowid for row in people], order_of_pages(copy)))


def pairs_in_log(copy):
    """A commit of the log that adds a response and uses a link ties them."""
    pairs, seen, open_rows, open_people = [], set(), [], []
    used_before = set()
    size = copy.database.page_size
    leaves = set(copy.database.leaves(copy.database.tables["invitation"][0])) if copy.people else set()
    for number, page, commit in wal_frames(copy.files.get("-wal", b"")):
        for row in copy.responses:
            if row.rowid not in seen and row.payload[:size // 8] in page:
                seen.add(row.rowid)
                open_rows.append(row.rowid)
        if number in leaves:
            padded = Database.__new__(Database)
            padded.data, padded.page_size, padded.usable = b"\0" * (number - 1) * size + page, size, size
            padded.page_count = number
            for row in used_rows(padded.rows(number), copy):
                if row.rowid not in used_before:
                    used_before.add(row.rowid)
                    open_people.append(row.rowid)
        if commit:
            if len(open_rows) == len(open_people) == 1:
                pairs.append((open_people[0], open_rows[0]))
            open_rows, open_people = [], []
    return pairs


def used_rows(rows, copy):
    """Those of the rows that use a link, by the column that `used` found in the whole."""
    reference = used(copy)
    if not reference:
        return []
    width = range(1, len(reference[0].values))
    column = next(c for c in width if {row.values[c] for row in copy.people} <= {0, 1} and
                  0 < sum(row.values[c] for row in copy.people) <= max(len(copy.responses), 1))
    return [row for row in rows if row.values[column] == 1]


def pairs_in_journal(copy):
    """What a journal left over says was there before: the one response, and the one link, that it lacks."""
    size, data = copy.database.page_size, copy.files.get("-journal", b"")
    before = journal_pages(data, size)
    if not before:
        return []
    old = bytearray(copy.database.data)
    for number, page in before.items():
        old[(number - 1) * size:number * size] = page
    try:
        earlier = Database(bytes(old))
        rows = {row.rowid for row in earlier.table("response")}
        people = {row.rowid for row in used_rows(earlier.table("invitation"), copy)}
    except (IndexError, ValueError):
        return []
    new_rows = [row.rowid for row in copy.responses if row.rowid not in rows]
    new_people = [row.rowid for row in used(copy) if row.rowid not in people]
    return list(zip(new_people, new_rows)) if len(new_rows) == len(new_people) else []


def derive(key, purpose, message, length):
    return hashlib.blake2b(purpose.encode() + b"\0" + message, key=key, digest_size=length).digest()


def purposes():
    """Every purpose for which the program derives anything: the source is public."""
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    found = {"link", "code", "link hash", "code hash", "response", "response key", "draft", "draft name"}
    for folder in ("model", "model/base", "survey"):
        for file in os.listdir(os.path.join(root, folder)):
            if file.endswith(".c"):
                with open(os.path.join(root, folder, file), encoding="utf-8") as stream:
                    found.update(re.findall(r'secret_derive\([^"]*"([^"]+)"', stream.read()))
    return sorted(found)


def base32(data, count):
    bits = "".join(f"{byte:08b}" for byte in data) + "00000"
    return "".join(DIGITS[int(bits[i * 5:i * 5 + 5], 2)] for i in range(count))


def token_of(copy, person):
    """The bytes of a person's token, made anew from the key."""
    seed = person.rowid.to_bytes(8, "little") + person.values[1].to_bytes(8, "little")
    return derive(copy.key, "link", seed, 16)


def pairs_by_key(copy):
    """With the key: whatever can be derived from a person's link, as the key of a response or a value in it."""
    if not copy.key or len(copy.key) != 32 or not copy.people:
        return []
    keys, pairs = {row.rowid: row for row in copy.responses}, []
    payloads = b"\0".join(row.payload[:ENDS] + row.payload[-ENDS:] for row in copy.responses)
    for person in copy.people[:PEOPLE_TRIED]:
        token = token_of(copy, person)
        seed = person.rowid.to_bytes(8, "little") + person.values[1].to_bytes(8, "little")
        messages = (token, seed, seed[:8], base32(token, 26).encode(), person.values[2], person.values[3], b"")
        for secret in (copy.key, token + bytes(16)):
            for purpose, message in itertools.product(PURPOSES, messages):
                if not isinstance(message, bytes):
                    continue
                for length in (8, 16, 32):
                    if length == 8:
                        made = hashlib.blake2b(purpose.encode() + b"\0" + message, key=secret, digest_size=8).digest()
                    else:
                        made = derive(secret, purpose, message, length)
                    for order in ("little", "big"):
                        number = int.from_bytes(made[:8], order)
                        for key in (number >> 1, number & (1 << 63) - 1):
                            if key in keys:
                                pairs.append((person.rowid, key))
                    if made in payloads or made.hex().encode() in payloads:
                        row = next((r for r in copy.responses if made in r.payload or made.hex().encode() in r.payload))
                        pairs.append((person.rowid, row.rowid))
        for row in copy.responses if token in payloads or base32(token, 26).encode() in payloads else []:
            if token in row.payload or base32(token, 26).encode() in row.payload:
                pairs.append((person.rowid, row.rowid))
    return pairs


def pairs_by_value(copy):
    """The number of a person, in a response."""
    people, pairs = {row.rowid for row in copy.people}, []
    for row in copy.responses:
        for value in [row.rowid] + row.values:
            if value in people and value not in (0, 1):
                pairs.append((value, row.rowid))
    return pairs


PURPOSES = purposes()
ENDS = 500  # of a long row: in the middle there are somebody's words
PEOPLE_TRIED = 60  # with the key: where it works for one, it works for all
ORDERS = (order_of_cells, order_of_pages, order_of_keys, order_of_times, order_of_log, order_of_chains, order_of_freed)
COSTLY = (pairs_by_key,)  # tried on one copy in ten
PAIRS = (pairs_by_rank, pairs_by_place, pairs_in_log, pairs_in_journal, pairs_by_key, pairs_by_value)


def words_found(copy, words):
    """Which of these words stand anywhere in the bytes of any file."""
    return sorted({(name, word) for name, data in copy.files.items() for word in words if word.encode() in data})


# --- the judge ---

def kendall(order, truth):
    """Kendall's tau between an order and the true one, as a number of standard deviations from none at all."""
    place = {key: at for at, key in enumerate(truth)}
    ranks = [place[key] for key in order if key in place]
    count = len(ranks)
    if count < 4:
        return 0.0
    agree = concordant(ranks) * 2 - count * (count - 1) // 2
    tau = agree / (count * (count - 1) / 2)
    return tau / math.sqrt(2 * (2 * count + 5) / (9 * count * (count - 1)))


def concordant(ranks):
    """How many pairs stand in their order: merge sort, for ten thousand of them."""
    def sort(values):
        if len(values) < 2:
            return values, 0
        left, a = sort(values[:len(values) // 2])
        right, b = sort(values[len(values) // 2:])
        merged, count, i = [], a + b, 0
        for value in right:
            while i < len(left) and left[i] < value:
                merged.append(left[i])
                i += 1
            count += i
            merged.append(value)
        return merged + left[i:], count
    return sort(ranks)[1]


class Judge:
    """Gathers what all copies of a campaign gave away, against the truth. `truth` grows as people answer: (person,
    response) in the order of arrival."""

    DEVIATIONS = 5   # of an order: by chance once in a million and a half
    LIKELIHOOD = 1e-6

    def __init__(self):
        self.scores, self.last, self.chance, self.copies = {}, {}, 0.0, 0

    def hear(self, copy, truth):
        self.copies += 1
        keys, answered = [response for _, response in truth], dict(truth)
        for route in ORDERS:
            order = route(copy)
            if keys:
                hit = bool(order) and order[-1] == keys[-1]
                self.last[route.__name__] = self.last.get(route.__name__, 0) + hit
            self.scores[route.__name__] = ("order", kendall(order, keys))
        self.chance += 1 / len(keys) if keys else 0
        for route in PAIRS:
            if route in COSTLY and self.copies % 10 != 1:
                continue
            right = sum(answered.get(person) == response for person, response in set(route(copy)))
            kind, before = self.scores.get(route.__name__, ("pairs", 0))
            self.scores[route.__name__] = (kind, max(before, right))

    def found(self):
        """The routes that did better than chance, in words."""
        found = []
        for route, (kind, score) in self.scores.items():
            if kind == "order" and abs(score) > self.DEVIATIONS:
                found.append(f"{route}: the order of arrival, {score:.1f} standard deviations from chance")
            if kind == "pairs" and poisson_tail(score, 1) < self.LIKELIHOOD:
                found.append(f"{route}: {score} people with their answers")
        for route, hits in self.last.items():
            if poisson_tail(hits, self.chance) < self.LIKELIHOOD:
                found.append(f"{route}: the last response in {hits} of {self.copies} copies ({self.chance:.1f} by chance)")
        return found


def poisson_tail(count, mean):
    """The chance of `count` or more where `mean` are expected."""
    return 1.0 if count == 0 else max(0.0, 1 - sum(math.exp(-mean) * mean ** k / math.factorial(k) for k in range(count)))


# --- the test of the attack itself ---

def leaky(folder, leak, count=60):
    """A store that leaks in one way, and the truth about it."""
    path = os.path.join(folder, "answers.db")
    for file in os.listdir(folder):
        os.unlink(os.path.join(folder, file))
    random.seed(leak)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA secure_delete = OFF")
    database.execute(f"PRAGMA journal_mode = {'WAL' if leak == 'log' else 'TRUNCATE'}")
    database.execute("PRAGMA wal_autocheckpoint = 0")
    extra = {"time": ", sent TEXT", "counter": ", number INTEGER"}.get(leak, "")
    database.execute(f"CREATE TABLE response (key INTEGER PRIMARY KEY, words TEXT, ref{extra})")
    database.execute("CREATE TABLE invitation (id INTEGER PRIMARY KEY, generation INTEGER, token BLOB, code BLOB,"
                     " name TEXT, used INTEGER)")
    key, truth, people = random.randbytes(32), [], []
    for i in range(count):
        person = random.getrandbits(62) + 2
        people.append(person)
        database.execute("INSERT INTO invitation VALUES (?, 0, ?, ?, ?, 0)",
                         (person, random.randbytes(16), random.randbytes(16), f"Made-up person {i}"))
    if leak == "key":
        with open(path + ".key", "wb") as file:
            file.write(key)
    order = sorted(people) if leak == "rank" else people
    for i, person in enumerate(order):
        seed = person.to_bytes(8, "little") + bytes(8)
        derived = int.from_bytes(hashlib.blake2b(b"response\0" + seed, key=key, digest_size=16).digest()[:8], "little") >> 1
        response = {"rowid": i + 5, "rank": (i + 5) << 20, "key": derived}.get(leak, random.getrandbits(62) + 2)
        words = f"words of {i} " + "x" * (9000 if leak == "long" else 20)
        values = [response, words, person if leak == "value" else None]
        values += [f"2024-01-01 10:{i:02}:00"] if leak == "time" else [i * 7] if leak == "counter" else []
        database.execute("BEGIN")
        database.execute("INSERT INTO response VALUES (" + ",".join("?" * len(values)) + ")", values)
        database.execute("UPDATE invitation SET used = 1 WHERE id = ?", (person,))
        if leak == "journal" and i == count - 1:
            database.execute("PRAGMA cache_spill = OFF")
            truth.append((person, response))
            return truth, middle_of_commit(database, path, folder)
        database.execute("COMMIT")
        truth.append((person, response))
    if leak == "remains":
        database.execute("DELETE FROM invitation")
    copy = Copy(folder)
    database.close()
    return truth, copy


def middle_of_commit(database, path, folder):
    """The files as a crash between the writing of the pages and the end of the journal leaves them."""
    with open(path, "rb") as file:
        before = file.read()
    size = int.from_bytes(before[16:18], "big")
    database.execute("COMMIT")
    copy = Copy(folder)
    journal = bytes.fromhex("d9d505f920a163d7") + (0xFFFFFFFF).to_bytes(4, "big") + bytes(8) + \
        (512).to_bytes(4, "big") + size.to_bytes(4, "big")
    journal = journal.ljust(512, b"\0")
    for number in range(1, len(before) // size + 1):
        journal += number.to_bytes(4, "big") + before[(number - 1) * size:number * size] + bytes(4)
    copy.files["-journal"] = journal
    database.close()
    return copy


def judge_of_rewriting(path, count=80):
    """What a judge hears of a store whose rows are written anew in the order of their keys, and nothing else, by copies
    after each response; and whether the last copy is as if new."""
    random.seed("freed")
    database, truth, judge = sqlite3.connect(path, isolation_level=None), [], Judge()
    for sql in ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = OFF", "PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY",
                "CREATE TABLE response (key INTEGER PRIMARY KEY, words TEXT)",
                "CREATE TABLE draft (name BLOB PRIMARY KEY, sealed BLOB) WITHOUT ROWID",
                "CREATE TEMP TABLE kept_response (key INTEGER PRIMARY KEY, words TEXT)",
                "CREATE TEMP TABLE kept_draft (name BLOB PRIMARY KEY, sealed BLOB) WITHOUT ROWID"):
        database.execute(sql)

    def write(*changes):
        """As the store does: what changes first, then all that has changed anew."""
        database.execute("BEGIN")
        for table in [table for table, sql, values in changes if database.execute(sql, values).rowcount]:
            for sql in (f"INSERT INTO kept_{table} SELECT * FROM main.{table}", f"DELETE FROM main.{table}",
                        f"INSERT INTO main.{table} SELECT * FROM kept_{table}", f"DELETE FROM kept_{table}"):
                database.execute(sql)
        database.execute("COMMIT")

    for _ in range(count):
        name, key, length = random.randbytes(16), random.getrandbits(62) + 2, random.choice((40, 2500, 6000, 9000, 12000))
        for _ in range(random.randint(0, 3)):
            write(("draft", "REPLACE INTO draft VALUES (?, ?)", (name, random.randbytes(1064 + random.randint(0, length)))))
        write(("response", "INSERT INTO response VALUES (?, ?)", (key, "w" * length)),
              ("draft", "DELETE FROM draft WHERE name = ?", (name,)))
        truth.append((0, key))
        copy = Copy(os.path.dirname(path))
        judge.hear(copy, truth)
    database.close()
    return judge, is_as_if_new(copy)


EXPECTED = {"cells": "order_of_cells", "rowid": "order_of_keys", "time": "order_of_times", "counter": "order_of_times",
            "log": "pairs_in_log", "rank": "pairs_by_rank", "value": "pairs_by_value", "key": "pairs_by_key",
            "long": "order_of_chains"}


def self_test():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for leak, route in EXPECTED.items():
            truth, copy = leaky(folder, leak)
            judge = Judge()
            judge.hear(copy, truth)
            found = [line for line in judge.found() if line.startswith(route)]
            failed += not found
            print(f"{'ok  ' if found else 'MISS'} {leak}: {found or judge.scores}")
        truth, copy = leaky(folder, "journal")
        right = pairs_in_journal(copy) == [truth[-1]]
        truth, copy = leaky(folder, "remains")
        remains = any(b"Made-up person" in piece for _, piece in copy.database.remains())
        failed += (not right) + (not remains)
        print(f"{'ok  ' if right else 'MISS'} journal: the pair that a crash leaves")
        print(f"{'ok  ' if remains else 'MISS'} remains: names in free space")
    with tempfile.TemporaryDirectory() as folder:
        judge, is_new = judge_of_rewriting(os.path.join(folder, "answers.db"))
        found = [line for line in judge.found() if line.startswith("order_of_freed")]
        failed += (not found) + is_new
        print(f"{'ok  ' if found else 'MISS'} freed: {found or judge.last}")
        print(f"{'MISS' if is_new else 'ok  '} anew: a file that tells by its pages how it grew")
    print(f"{len(EXPECTED) + 4 - failed} passed, {failed} failed")
    return failed == 0


if __name__ == "__main__":
    if sys.argv[1:] != ["--self-test"]:
        sys.exit("usage: attack.py --self-test (campaign.py attacks a real store)")
    sys.exit(0 if self_test() else 1)
