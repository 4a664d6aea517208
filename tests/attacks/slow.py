#!/usr/bin/python3
"""Slow clients, 1 000 at a time, from one address and from several: heads and bodies byte by byte, connections that say
nothing, replies that are taken byte by byte. Meanwhile everybody else is served; afterwards the memory is as before."""
import itertools
import resource
import threading

from attack import *

CROWD = 1000
RESPONDENTS = 60
MEGABYTES_MORE = 8

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))

HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = [b"x"] * 4000
KINDS = {  # what is sent piece by piece; a byte of what comes back is read with each
    "heads byte by byte": [b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", *SLOW],
    "bodies byte by byte": [HEAD + b"Content-Length: 5000\r\n\r\n", *SLOW],
    "chunks byte by byte": [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 4000],
    "nothing at all": [b""],
    "replies byte by byte": [b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 40, *[b""] * 4000],
}


class Crowd(threading.Thread):
    """Opens the connections and keeps all of them busy, slowly, until it is told to end."""

    def __init__(self, port, kinds, sources):
        super().__init__(daemon=True)
        self.port, self.sources, self.ended = port, sources, threading.Event()
        self.kinds = itertools.cycle(kinds)
        self.most, self.opened = 0, 0
        self.full = threading.Event()

    def open(self, source):
        plug = socket.socket()
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        plug.bind((source, 0))
        plug.settimeout(5)
        plug.connect(("127.0.0.1", self.port))
        plug.settimeout(0)
        return [plug, 0, KINDS[next(self.kinds)]]

    def run(self):
        sources = itertools.cycle(self.sources)
        plugs = []
        while not self.ended.is_set():
            while len(plugs) < CROWD and not self.ended.is_set():  # whoever is cut off comes again
                try:
                    plugs.append(self.open(next(sources)))
                    self.opened += 1
                except OSError:
                    break
            plugs = [plug for plug in plugs if self.push(plug)]
            self.most = max(self.most, len(plugs))
            if len(plugs) > CROWD * 9 // 10:
                self.full.set()
            self.ended.wait(0.2)
        for state in plugs:
            state[0].close()

    def push(self, state):
        """One piece more to the server, one byte from it. False: it has cut the connection."""
        plug, at, pieces = state
        try:
            piece = pieces[at % len(pieces)]
            if piece:
                plug.send(piece)
            state[1] = at + 1
        except BlockingIOError:
            pass
        except OSError:
            plug.close()
            return False
        try:
            if plug.recv(1) == b"":
                plug.close()
                return False
        except BlockingIOError:
            pass
        except OSError:
            plug.close()
            return False
        return True


def respond(server, key):
    page = server.ask("/", source=f"127.0.0.{2 + key % 9}")
    fields = {"response-key": str(key), "reason": "civil", "waiting": "12", "comment": "Fine", "go-send": "1"}
    reply = server.ask("/", fields, source=f"127.0.0.{2 + key % 9}")
    return page.status == 200 and reply.status == 200 and b'id="thanks"' in reply.body


def attack(server, kinds, sources, keys, baseline, seconds):
    """Gives how many respondents came meanwhile."""
    crowd = Crowd(server.port, kinds, sources)
    name = f"{kinds[0] if len(kinds) == 1 else 'all of it'}, from {'one address' if len(sources) == 1 else 'several'}"
    crowd.start()
    check(f"{name}: there is a crowd", crowd.full.wait(PATIENCE), crowd.most)
    begun, slowest, good, count = time.monotonic(), 0, 0, 0
    while count < RESPONDENTS or time.monotonic() < begun + seconds:
        at = time.monotonic()
        good += respond(server, next(keys))
        count += 1
        slowest = max(slowest, time.monotonic() - at)
        if count >= RESPONDENTS:
            time.sleep(0.2)
    same(f"{name}: every respondent is served and thanked", good, count)
    during = server.memory()
    crowd.ended.set()
    crowd.join()
    end = time.monotonic() + PATIENCE
    while (connections(server.port) > 0 or server.memory() > baseline + MEGABYTES_MORE) and time.monotonic() < end:
        time.sleep(0.2)
    same(f"{name}: no connection is left", connections(server.port), 0)
    check(f"{name}: memory is as before", server.memory() <= baseline + MEGABYTES_MORE, (baseline, during, server.memory()))
    print(f"{name}: {crowd.opened} connections, {crowd.most} at once; {count} respondents, the slowest {slowest:.2f} s; "
          f"memory {baseline:.0f} MB before, {during:.0f} during, {server.memory():.0f} after")
    return count


def connections(port):
    """Of the server's side, the listening socket apart."""
    count = 0
    for line in open("/proc/net/tcp"):
        part = line.split()
        count += len(part) > 9 and part[1].endswith(f":{port:04X}") and part[3] == "01"
    return count


server = Server(DESK, "--store", "slow.db")
keys = itertools.count(1)
for _ in range(RESPONDENTS):  # what the first respondents need stays
    respond(server, next(keys))
baseline = server.memory()
one, several = ["127.0.0.1"], [f"127.0.0.{n}" for n in range(20, 40)]
served = RESPONDENTS
for kind in KINDS:
    for sources in (one, several):
        served += attack(server, [kind], sources, keys, baseline, 2)
# Longer than the server waits for anybody: who is cut off comes again.
served += attack(server, list(KINDS), several, keys, baseline, 45)
same("whoever was thanked is stored", responses("slow.db"), served)
same("the server says nothing of it", server.said().count(b"\n"), 1)
server.stop("slow clients")
finish()
