#!/usr/bin/python3
"""Requests that are malformed, oversized or of two meanings; hosts and addresses that are made up; redirects; keys,
cookies and links that are forged, cut short, made longer, of another store, or used again."""
import re
import string

from attack import *

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
GOOD = b"response-key=%d&reason=civil&go-send=1"


def smuggling(server):
    """Two readings of one stream. What follows must never be answered as a request of its own."""
    inner = "POST / HTTP/1.1\r\nHost: a\r\n" + FORM + "Content-Length: 39\r\n\r\nresponse-key=666&reason=civil&go-send=1"
    post = "POST / HTTP/1.1\r\nHost: a\r\n" + FORM
    ambiguous = {
        "length and chunks": "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "chunks and length": "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "two lengths": "Content-Length: 3\r\nContent-Length: 0\r\n\r\na=b",
        "the same length twice": "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b",
        "three lengths": "Content-Length: 0\r\nContent-Length: 3\r\nContent-Length: 0\r\n\r\n",
        "a list of lengths": "Content-Length: 3, 3\r\n\r\na=b",
        "a length with a plus": "Content-Length: +3\r\n\r\na=b",
        "a length with a minus": "Content-Length: -3\r\n\r\na=b",
        "a length in base 16": "Content-Length: 0x3\r\n\r\na=b",
        "a length with words behind": "Content-Length: 3 bytes\r\n\r\na=b",
        "a length beyond 64 bits": "Content-Length: 18446744073709551619\r\n\r\na=b",
        "a length that is folded": "Content-Length:\r\n 3\r\n\r\na=b",
        "a length, another folded to it": "Content-Length: 3\r\n 3\r\n\r\na=b",
        "chunked, folded": "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "chunked, folded with a tab": "Transfer-Encoding:\r\n\tchunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "a folded line that would be another": "X: y\r\n Content-Length: 3\r\n\r\na=b",
        "a blank before the colon": "Content-Length : 3\r\n\r\na=b",
        "a tab before the colon": "Content-Length\t: 3\r\n\r\na=b",
        "chunked twice": "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "chunked and identity": "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "identity and chunked": "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "chunked with a tab": "Transfer-Encoding:\tchunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "xchunked": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "chunked in quotes": "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "chunked, form feed": "Transfer-Encoding: chunked\x0c\r\n\r\n0\r\n\r\n",
        "gzip": "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "a chunk of no size": "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "a chunk below nothing": "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "a chunk of 0x3": "Transfer-Encoding: chunked\r\n\r\n0x3\r\na=b\r\n0\r\n\r\n",
        "a chunk beyond 64 bits": "Transfer-Encoding: chunked\r\n\r\n10000000000000003\r\na=b\r\n0\r\n\r\n",
        "a chunk longer than told": "Transfer-Encoding: chunked\r\n\r\n1\r\na=b\r\n0\r\n\r\n",
        "two hosts": "Host: b\r\nContent-Length: 3\r\n\r\na=b",
        "a bare CR in a header": "X: a\rContent-Length: 0\r\nContent-Length: 3\r\n\r\na=b",
        "a bare CR before a length": "X: a\rContent-Length: 3\r\n\r\na=b",
        "signs in a name": "Content-Length(: 3\r\nContent-Length: 0\r\n\r\n",
    }
    for name, head in ambiguous.items():
        raw = server.send((post + head + inner).encode("latin-1"), seconds=2)
        found = statuses(raw)
        # The library writes the head of its own refusals twice, and ends the connection.
        check(f"{name}: one refusal at most, and the end", (len(found) <= 1 or (found[0] == found[1] and len(found) == 2))
              and all(400 <= status < 500 for status in found), (found, raw[:300]))
        check(f"{name}: nothing behind it is read", raw.count(b"<html") <= 1 and b'id="thanks"' not in raw, raw[:300])
    same("nothing that was smuggled is stored", responses("requests.db"), 0)
    own = GOOD % 1
    raw = server.send((post + f"Content-Length: {len(own)}\r\n\r\n").encode() + own + b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    same("two requests on one connection are two", statuses(raw), [200, 200])
    raw = server.send((post + "Transfer-Encoding: chunked\r\n\r\n").encode() +
                      b"".join(b"%x;name=\"value\"\r\n%s\r\n" % (len(piece), piece) for piece in (b"response-key=2&", b"reason=civil&", b"go-send=1")) +
                      b"0\r\nTrailer: x\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    same("chunks with extensions and a trailer are one request", statuses(raw), [200, 200])
    same("both are stored", responses("requests.db"), 2)


def malformed(server):
    many = "".join(f"X-{n}: y\r\n" for n in range(10000))
    cases = {  # a request and the statuses that may come; an empty set: none, the connection ends
        "HTTP/0.9": ("GET /\r\n\r\n", {400}),
        "HTTP/1.0": ("GET /health HTTP/1.0\r\n\r\n", {200}),
        "HTTP/1.1 without a host": ("GET / HTTP/1.1\r\n\r\n", {400}),
        "HTTP/2 by force": ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
        "HTTP/3": ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", {400, 505}),
        "HTTP/1.999": ("GET / HTTP/1.999\r\nHost: a\r\n\r\n", {400, 505}),
        "no version": ("GET / FTP/1.1\r\nHost: a\r\n\r\n", {400}),
        "a path of 1 MB": ("GET /" + "a" * 1000000 + " HTTP/1.1\r\nHost: a\r\n\r\n", {414, 431, 413}),
        "a query of 1 MB": ("GET /?" + "a=b&" * 250000 + " HTTP/1.1\r\nHost: a\r\n\r\n", {414, 431, 413}),
        "a header of 1 MB": ("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a" * 1000000 + "\r\n\r\n", {431, 413}),
        "a name of a header of 1 MB": ("GET / HTTP/1.1\r\nHost: a\r\n" + "a" * 1000000 + ": x\r\n\r\n", {431, 413}),
        "a method of 1 MB": ("A" * 1000000 + " / HTTP/1.1\r\nHost: a\r\n\r\n", {400, 405, 413, 414, 431, 501}),
        "10 000 headers": ("GET / HTTP/1.1\r\nHost: a\r\n" + many + "\r\n", {431, 413}),
        "10 000 cookies": ("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + "draft=1; " * 10000 + "\r\n\r\n", {431, 413}),
        "a header without a colon": ("GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", {400}),
        "a blank line first": ("\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", {200, 400}),
        "LF alone": ("GET /health HTTP/1.1\nHost: a\nConnection: close\n\n", {200, 400}),
        "CR alone": ("GET /health HTTP/1.1\rHost: a\r\r", set()),
        "a NUL in the path, where it ends": ("GET /health\0x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", {200, 400, 404}),
        "a NUL in the method": ("GE\0T / HTTP/1.1\r\nHost: a\r\n\r\n", {400, 405, 501}),
        "a NUL in the host": ("GET /nowhere HTTP/1.1\r\nHost: a\0b\r\nConnection: close\r\n\r\n", {400, 404}),
        "blanks in the path": ("GET /health x HTTP/1.1\r\nHost: a\r\n\r\n", set()),
        "CONNECT": ("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n", {400, 404, 405, 501}),
        "TRACE": ("TRACE / HTTP/1.1\r\nHost: a\r\nX-Secret: 1\r\nConnection: close\r\n\r\n", {405, 501}),
        "OPTIONS *": ("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", {400, 404, 405, 501}),
        "an upgrade": ("GET /health HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n", {200}),
        "TLS at a port without it": ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\x00" * 512, set()),
    }
    for name, (request, wanted) in cases.items():
        raw = server.send(request.encode("latin-1"), seconds=3)
        found = statuses(raw)
        check(f"{name}: {sorted(wanted) or 'nothing'}", (len(set(found)) == 1 and found[0] in wanted) or (not found and (not wanted or len(request) > 500000)), (found, raw[:200]))
        same(f"{name}: not mirrored", b"X-Secret" in raw, False)
    # The library takes such a line for the end of the head. What follows is then a request of its own, and no harm: the
    # proxies in use (nginx, Apache, HAProxy, Caddy) pass no header on that has no name.
    found = statuses(server.send(b"GET / HTTP/1.1\r\nHost: a\r\n: x\r\nConnection: close\r\n\r\n", seconds=3))
    check("a header without a name: what follows is refused", found in ([400], [200, 400]), found)
    for name, words in {"as another method": ["X-HTTP-Method-Override: POST"], "as DELETE": ["X-HTTP-Method: DELETE", "X-Method-Override: DELETE"]}.items():
        same(f"a method {name} is what it is", server.ask("/health", headers=words).status, 200)
    body = GOOD % 3
    same("a method by a field is none", server.ask("/health", body=body + b"&_method=GET").status, 405)
    for kind in ("multipart/form-data; boundary=x", "text/plain", "application/json", "application/x-www-form-urlencoded-not", "text/xml", ""):
        reply = server.ask("/", body=b"--x\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\ncivil\r\n--x--\r\n" * 100, headers=[f"Content-Type: {kind}"])
        same(f"a body of the type {kind!r}", reply.status, 415)
    for name, body in {"nested": b"reason[a][b]=1", "an object": b"__proto__[x]=1", "no name": b"=1&go-send=1", "a NUL": b"comment=a%00b&go-send=1",
                       "half an escape": b"comment=%4&go-send=1", "overlong": b"comment=%c0%ae&go-send=1", "surrogates": b"comment=%ed%a0%80&go-send=1",
                       "beyond Unicode": b"comment=%f4%90%80%80&go-send=1", "no UTF-8": b"comment=\xff&go-send=1", "twice": b"go-send=1&go-send=1",
                       "100 000 fields": b"reason=civil&" * 100000, "100 000 equal signs": b"=" * 100000, "a field of 3 MB": b"comment=" + b"a" * 3000000}.items():
        reply = server.ask("/", body=body)
        check(f"a form, {name}: refused", reply.status in (400, 413), reply.raw[:300])
    same("none of these is stored", responses("requests.db"), 2)


def hosts(server, behind):
    """A host that is made up is in no page, no redirect and no cookie; the address of a request is its path."""
    evil = ["evil.example", "evil.example:80", "127.0.0.1@evil.example", "evil.example/x", "\"><script>alert(1)</script>", "a, evil.example", ""]
    for host in evil:
        for extra in ([], ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: javascript", "X-Forwarded-For: 127.0.0.1"],
                      ["Forwarded: host=evil.example;proto=https"], ["X-Original-URL: /admin", "X-Rewrite-URL: /admin"], ["X-Forwarded-Prefix: //evil.example", "X-Forwarded-Server: evil.example"]):
            head = "".join(line + "\r\n" for line in [f"Host: {host}", "Connection: close", *extra])
            for path in ("/", "/privacy", "/accessibility", "/nowhere", "/health"):
                reply = Reply(server.send(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()))
                check(f"{path} of the host {host!r} {extra}: a page", reply.status in (200, 303, 400, 404), reply.raw[:300])
                check(f"{path} of the host {host!r} {extra}: not in the reply", b"evil.example" not in reply.raw and b"<script>alert" not in reply.raw, reply.raw[:300])
    for target, wanted in {"http://evil.example/": {200, 400, 404}, "http://evil.example/health": {200, 400, 404}, "https://evil.example:1/privacy": {200, 400, 404}, "//evil.example": {404, 400},
                           "//evil.example/health": {404, 400}, "/\\evil.example": {404, 400}, "/%2f%2fevil.example": {404}, "/%5cevil.example": {404}, "/./privacy": {404}, "/privacy/": {404},
                           "/privacy%00": {404}, "/%70rivacy": {404}, "/privacy;x=1": {404}, "/privacy%0d%0aSet-Cookie:%20x=y": {404}, "/..%2f..%2fetc/passwd": {404}, "/../../etc/passwd": {404},
                           "/%c0%ae%c0%ae/etc/passwd": {404}, "/r/../privacy": {404}, "/r/%2e%2e/privacy": {404}, "*": {404, 400}, "javascript:alert(1)": {404, 400}}.items():
        for method in ("GET", "POST"):
            reply = Reply(server.send(f"{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n{FORM}\r\n".encode()))
            check(f"{method} {target}: {wanted}", reply.status in wanted | ({405, 422} if method == "POST" else set()), reply.raw[:300])
            check(f"{method} {target}: leads nowhere", "evil" not in reply.header("Location") and not reply.header("Set-Cookie"), reply.headers)
            check(f"{method} {target}: not in a link", not re.search(rb'(href|action|src)="[^"]*(evil|javascript:)', reply.body), reply.body)
    # Behind a proxy that is to be believed, its word counts for where a form may come from, and for no link.
    for host in ("evil.example", "\"><script>", "evil.example, survey.example.org"):
        for path in ("/", "/privacy"):
            reply = behind.ask(path, headers=[f"X-Forwarded-Host: {host}", "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.9"])
            check(f"{path} behind a proxy that says {host!r}: not in the page", b"evil.example" not in reply.raw and b"<script>" not in reply.body, reply.raw[:300])
    for address in ("'; DROP TABLE x", "999.1.1.1", "::ffff:127.0.0.1", "127.0.0.1", "[::1]", "1" * 5000, "\x1b[2J", "%0d%0a", "203.0.113.9, ", ""):
        reply = behind.ask("/health", headers=[f"X-Forwarded-For: {address}"])
        same(f"an address {address[:30]!r} harms nothing", reply.status, 200)


def redirects(server, link, code):
    reply = server.ask("/", {"code": code}, host="evil.example", headers=["X-Forwarded-Host: evil.example", "Referer: https://evil.example/"])
    same("a code leads to its link on this host", (reply.status, reply.header("Location")), (303, f"/{link}"))
    for go in ("//evil.example", "https://evil.example/", "/\\evil.example", "/\tevil.example", "\r\nLocation: https://evil.example", "%2f%2fevil.example"):
        for name in ("next", "url", "redirect", "return", "to", "language"):
            quoted = urllib.parse.quote(go)
            for reply in (server.ask(f"/?{name}={quoted}", {"code": code}), server.ask(f"/{link}?{name}={quoted}"), server.ask(f"/admin?{name}={quoted}", {"password": PASSWORD})):
                check(f"{name}={go!r} leads nowhere else", "evil" not in reply.header("Location"), reply.headers)
                check(f"{name}={go!r} is no link of a page", not re.search(rb'(href|action|src)="[^"]*evil', reply.body), reply.body)


def variants(token):
    """What is nearly a key: wrong, cut short, longer, of another alphabet, written in another way."""
    other = lambda sign: "1" if sign != "1" else "2"
    yield "of another first sign", other(token[0]) + token[1:]
    yield "of another last sign", token[:-1] + other(token[-1])
    for length in (0, 1, len(token) // 2, len(token) - 1):
        yield f"cut to {length}", token[:length]
    yield "longer", token + "0"
    yield "twice", token * 2
    yield "twice with a comma", f"{token},{token}"
    yield "with a NUL behind", token + "%00"
    yield "with a path behind", token + "/x"
    yield "with a dot behind", token + "/."
    yield "with parameters of a path", token + ";x=1"
    yield "with a quote", token + "'"
    yield "escaped", "".join(f"%{ord(sign):02x}" for sign in token)
    yield "escaped twice", "".join(f"%25{ord(sign):02x}" for sign in token)
    yield "in full width", urllib.parse.quote("".join(chr(0xFEE0 + ord(sign)) for sign in token))
    yield "overlong", "".join(f"%c1%{0x80 | (ord(sign) & 0x3f):02x}" for sign in token)
    yield "all zero", "0" * len(token)
    yield "a pattern", "_" * len(token)
    yield "another pattern", "%25" * 8


def links(server, link, code, others):
    token = link[2:]
    for name, variant in variants(token):
        if name.startswith("of another last"):
            continue  # all of them below
        reply = server.ask(f"/r/{variant}")
        same(f"a link {name}", reply.status, 404)
        same(f"a link {name}: no question of it", b'name="remark"' in reply.body, False)
        reply = server.ask(f"/r/{variant}", {"response-key": "9", "service": "desk", "go-send": "1"})
        same(f"a form to a link {name}", reply.status, 404)
    open_to = [sign for sign in "0123456789abcdefghjkmnpqrstvwxyz" if server.ask(f"/r/{token[:-1]}{sign}").status == 200]
    same("of all last signs, the one", open_to, [token[-1]])
    for name, variant in variants(code):
        reply = server.ask("/", {"code": urllib.parse.unquote(variant, errors="surrogateescape").encode("utf-8", "surrogateescape")})
        if name == "escaped":
            continue  # that is the code itself
        check(f"a code {name}", reply.status in (400, 422), (variant, reply.raw[:200]))
    for name, (their_link, their_code) in others.items():
        same(f"a link of {name}", server.ask("/" + their_link).status, 404)
        same(f"a code of {name}", server.ask("/", {"code": their_code}).status, 422)
        same(f"a link of {name} used as a cookie", server.ask(f"/r/{'0' * 26}", headers=[f"Cookie: draft={their_link[2:]}"]).status, 404)
    for path in (f"/r/{token}/../{token}", f"/r//{token}", f"/R/{token}", f"//r/{token}", f"/r/{token}/", f"/r?{token}", f"/r/?token={token}", f"/?r={token}"):
        check(f"{path.replace(token, 'TOKEN')} is no way to it", b'name="remark"' not in server.ask(path).body and server.ask(path).status in (200, 404), path)
    same("no link was used by any of it", rows("people.db", "SELECT sum(used) AS n FROM invitation"), [{"n": 0}])
    fields = {"response-key": "1", "page-shown": "3", "form-language": "en", "service": "desk", "tasks": "lead", "remark": "mine", "go-send": "1"}
    reply = server.ask("/" + link, [*fields.items(), ("tasks", "files")])
    same("the right link is thanked", (reply.status, b'id="thanks"' in reply.body), (200, True))
    for key in ("1", "2", "-1", "0", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "1e3", "0x1", " 1", "1'"):
        reply = server.ask("/" + link, [*dict(fields, **{"response-key": key, "remark": "replayed"}).items(), ("tasks", "files")])
        check(f"used again with the key {key!r}: not taken", reply.status in (400, 409, 422) or key in ("1", " 1"), (reply.status, key))
    same("one link, one response, as it was", rows("people.db", "SELECT remark FROM response"), [{"remark": "mine"}])
    same("one link is used", rows("people.db", "SELECT sum(used) AS n FROM invitation"), [{"n": 1}])


def keys(server):
    """The key of a response: whoever knows or guesses it can neither read, change nor take away that response."""
    before = responses("open.db")
    first = {"response-key": "77", "service": "desk", "remark": "mine", "go-send": "1"}
    pairs = lambda fields: [*fields.items(), ("tasks", "files"), ("tasks", "lead")]
    same("a response", server.ask("/", pairs(first)).status, 200)
    for go in ("go-send", "go-next", "go-save", "go-erase-all", "go-back"):
        reply = server.ask("/", pairs({"response-key": "77", "service": "desk", "remark": "theirs", "page-shown": "0", go: "1"}))
        check(f"its key used again by {go}: what is stored is not shown", b"mine" not in reply.body, reply.body)
    same("and stays as it was", rows("open.db", "SELECT remark FROM response WHERE remark IS NOT NULL AND key = 77"), [{"remark": "mine"}])
    for key in ("", "x", "-", "77 OR 1=1", "9" * 40, "\0", "77\n78", "+77", "0x4d", "７７", "1e5"):
        reply = server.ask("/", pairs(dict(first, **{"response-key": key})))
        check(f"the key {key!r}: refused, or taken as none", reply.status in (200, 400, 422), reply.raw[:200])
    reply = server.ask("/", [("response-key", "80"), *pairs(first)])
    same("two keys", reply.status, 400)
    same("what was sent under the first is alone there", len(rows("open.db", "SELECT 1 FROM response WHERE key = 77")), 1)
    page = server.ask("/").text()
    made = {re.search(r'name="response-key" value="(\d+)"', server.ask("/").text())[1] for _ in range(200)}
    same("200 keys are 200", len(made), 200)
    check("and of all 63 bits", max(map(int, made)) > 1 << 60 and min(map(int, made)) < 1 << 61, sorted(made)[:3])
    same("responses were added by nobody else's key", responses("open.db") >= before + 1, True)


def cookies(server, other):
    """The draft of open access lies under a cookie; another cookie finds none, and says nothing."""
    fields = [("response-key", "5"), ("page-shown", "0"), ("form-language", "en"), ("service", "desk"), ("tasks", "files"), ("tasks", "lead"), ("go-save", "1")]
    reply = server.ask("/", [("tasks_specify", ""), ("remark", "SECRETWORDS"), *fields])
    token = re.match(r"draft=([0-9a-z]{26});", reply.header("Set-Cookie"))[1]
    same("its own cookie finds the draft", b"SECRETWORDS" in server.ask("/", headers=[f"Cookie: draft={token}"]).body, True)
    forged = dict(variants(token))
    forged["of a store elsewhere"] = re.match(r"draft=([0-9a-z]{26});", other.ask("/", fields).header("Set-Cookie"))[1]
    for name, cookie in forged.items():
        if name in ("of another last sign", "with parameters of a path"):
            continue  # the last sign is looked at below, of links; `;` ends a cookie
        reply = server.ask("/", headers=[f"Cookie: draft={cookie}"])
        same(f"a cookie {name}", (reply.status, b"SECRETWORDS" in reply.body), (200, False))
    for header in (f"xdraft={token}", f"draft x={token}", f"draft={'0' * 26}; draft={token}0", f"Draft={token}", f"$Version=1; xdraft={token}", f"draft", "=", ";;;;", f"draft=={token}"):
        reply = server.ask("/", headers=[f"Cookie: {header}"])
        same(f"the cookie {header.replace(token, 'TOKEN')!r}", (reply.status, b"SECRETWORDS" in reply.body), (200, False))
    same("the store does not have the words", b"SECRETWORDS" in read("open.db") + (read("open.db-wal") if os.path.exists("open.db-wal") else b""), False)


def invite(store, people):
    write("people.csv", "name,email\n" + "".join(f"{name},{name}@example.org\n" for name in people))
    done = survey("invite", TYPES, "people.csv", "--store", store, "--output", f"{store}.csv")
    same(f"{store}: people are invited", done.returncode, 0)
    found = re.findall(r"/(r/[0-9a-z]{26}),([0-9A-Z-]+)", read(f"{store}.csv").decode())
    return dict(zip(people, found))


people = invite("people.db", ["anna", "bert", "cleo"])
strangers = invite("strangers.db", ["anna"])
gone = people["cleo"]
survey("revoke", TYPES, "--store", "people.db", "--email", "cleo@example.org")
survey("password", TYPES, "--store", "people.db", given=f"{PASSWORD}\n".encode())
server = Server(DESK, "--store", "requests.db", "--rate-limit", "0")
behind = Server(DESK, "--store", "behind.db", "--trust-proxy", "--public-url", "https://survey.example.org/", "--rate-limit", "0")
smuggling(server)
malformed(server)
hosts(server, behind)
server.stop("requests")
behind.stop("behind a proxy")
server = Server(TYPES, "--store", "people.db", "--rate-limit", "0")
redirects(server, *people["bert"])
links(server, *people["anna"], {"another store": strangers["anna"], "somebody revoked": gone})
server.stop("links")
server, other = Server(TYPES, "--store", "open.db", "--rate-limit", "0"), Server(TYPES, "--store", "other.db", "--rate-limit", "0")
keys(server)
cookies(server, other)
server.stop("keys and cookies")
other.stop("the other store")
finish()
