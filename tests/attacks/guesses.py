#!/usr/bin/python3
"""Guessing: of links, codes and cookies, which each address may try a few of; of the password, whose cost is bounded
however many try at once. Respondents are served meanwhile, and the memory stays within what one guess takes."""
import itertools
import random
import threading

from attack import *

GUESSERS = 200
ONE_GUESS = 64  # megabytes that Argon2id takes
MARGIN = 48
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
random.seed(2013)


def token(length):
    return "".join(random.choice(ALPHABET) for _ in range(length))


def together(tasks):
    """Runs all of them at once; gives what they gave."""
    results = [None] * len(tasks)

    def work(n):
        results[n] = tasks[n]()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def passwords():
    survey("password", DESK, "--store", "office.db", given=f"{PASSWORD}\n".encode())
    server = Server(DESK, "--store", "office.db", "--trust-proxy")
    address = lambda n: [f"X-Forwarded-For: 198.51.{n // 200}.{n % 200}"]
    server.ask("/", headers=address(5000))
    before = server.memory()
    most, slowest, served, stop = [before], [0.0], [0], threading.Event()

    def watch():
        while not stop.is_set():
            most[0] = max(most[0], server.memory())
            time.sleep(0.02)

    def respond():
        for key in itertools.count(1):
            if stop.is_set() and key > 50:
                return key - 1
            begun = time.monotonic()
            reply = server.ask("/", {"response-key": str(key), "reason": "civil", "go-send": "1"}, headers=address(6000 + key % 50))
            served[0] += b'id="thanks"' in reply.body
            slowest[0] = max(slowest[0], time.monotonic() - begun)
            time.sleep(0.02)

    guess = lambda n: lambda: server.ask("/admin", {"password": f"a guess {n}"}, headers=address(n), seconds=PATIENCE).status
    watcher, respondent = threading.Thread(target=watch), threading.Thread(target=lambda: most.append(respond()))
    watcher.start()
    respondent.start()
    begun = time.monotonic()
    found = together([guess(n) for n in range(GUESSERS)])
    lasted = time.monotonic() - begun
    stop.set()
    watcher.join()
    respondent.join()
    same("no guess opens anything", [status for status in found if status not in (403, 429, 503)], [])
    check("some are sent away unheard", found.count(503) > GUESSERS // 3, {status: found.count(status) for status in set(found)})
    check("the others are refused", found.count(403) >= 10, found)
    same("every respondent is served meanwhile", served[0], most[1])
    check("the memory is that of one guess at a time", most[0] < before + ONE_GUESS + MARGIN, (before, most[0]))
    same("respondents are stored", responses("office.db"), served[0])
    print(f"{GUESSERS} guesses at once, {found.count(403)} looked at in {lasted:.1f} s; {served[0]} respondents meanwhile, the slowest {slowest[0]:.2f} s; "
          f"memory {before:.0f} MB before, {most[0]:.0f} at most")
    reply = server.ask("/admin", {"password": PASSWORD}, headers=address(7000), seconds=PATIENCE)
    same("who knows it gets in afterwards", reply.status, 303)
    for length in (0, 1, 1000, 1025, 4000):
        reply = server.ask("/admin", {"password": "a" * length}, headers=address(7001 + length), seconds=PATIENCE)
        check(f"a password of {length} signs is refused", reply.status in (400, 403, 413), reply.raw[:200])
    one = lambda n: lambda: server.ask("/admin", {"password": f"guess {n}"}, headers=address(8000), seconds=PATIENCE).status
    found = together([one(n) for n in range(12)])
    same("one address that guessed is not listened to", server.ask("/admin", {"password": PASSWORD}, headers=address(8000)).status, 429)
    same("while others are", server.ask("/admin", {"password": PASSWORD}, headers=address(8001), seconds=PATIENCE).status, 303)
    server.stop("passwords")


def links():
    write("people.csv", "name,email\n" + "".join(f"p{n},p{n}@example.org\n" for n in range(140)))
    survey("invite", TYPES, "people.csv", "--store", "people.db", "--output", "links.csv")
    server = Server(TYPES, "--store", "people.db", "--trust-proxy", "--rate-limit", "60")
    address = lambda n: [f"X-Forwarded-For: 203.0.113.{n}"]
    tries = {
        "links": lambda: server.ask("/r/" + token(26), headers=address(1)),
        "codes": lambda: server.ask("/", {"code": token(16)}, headers=address(2)),
        "links by sending": lambda: server.ask("/r/" + token(26), {"service": "desk", "go-send": "1"}, headers=address(3)),
        "pages that may be": lambda: server.ask("/" + token(8), headers=address(4)),
    }
    for name, attempt in tries.items():
        found = [attempt().status for _ in range(60)]
        heard = [status for status in found if status != 429]
        check(f"{name}: most of 60 are not listened to", found.count(429) >= 30, found)
        same(f"{name}: what is listened to is wrong", [status for status in heard if status not in (404, 422)], [])
    found = [server.ask("/r/" + token(26), headers=[f"X-Forwarded-For: 2001:db8::{n:x}:1"]).status for n in range(60)]
    check("addresses of one network count as one", found.count(429) >= 30, found)
    found = [server.ask("/r/" + token(26), headers=["X-Forwarded-For: 203.0.113.77, 203.0.113.9"]).status for _ in range(60)]
    check("an address of one's own making does not help", found.count(429) >= 30, found)
    right = read("links.csv").decode().split("/r/")[1][:26]
    same("who does not guess is served", server.ask("/r/" + right, headers=address(200)).status, 200)
    same("no link was used", rows("people.db", "SELECT sum(used) AS n FROM invitation"), [{"n": 0}])
    server.stop("links")


def alike():
    """A wrong link and one that is right in its beginning get the same page: nothing tells how near a guess was."""
    server = Server(TYPES, "--store", "people.db", "--rate-limit", "0")
    right = read("links.csv").decode().split("/r/")[1][:26]
    pages = set()
    for kept in range(26):
        rest = right[kept:]
        wrong = right[:kept] + ALPHABET[(ALPHABET.index(rest[0]) + 4) % 32] + rest[1:]
        reply = server.ask("/r/" + wrong)
        pages.add((reply.status, len(reply.body), reply.body.replace(wrong.encode(), b"")))
    same("links that begin as one does: one page", len(pages), 1)
    server.stop("alike")


passwords()
links()
alike()
finish()
