#!/usr/bin/python3
"""Small files that would be large: YAML, CSV, pictures, documents, texts and conditions. Each is read or refused in
bounded memory, with a word and no signal; the next file is read as ever."""
import os
import struct
import threading
import zipfile
import zlib

from attack import *

MEGABYTES = 700  # of any program that reads a bomb; a scan's largest picture takes most of it


def bounded(name, done_within, *words, status=(0, 1, 2)):
    """The program ends by itself, as it should, within its memory, all that it starts included."""
    out = open("out", "w+b")
    process = subprocess.Popen(words, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True)
    peak, end = [0], time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        peak[0] = max(peak[0], tree(process.pid))
        time.sleep(0.02)
    if process.poll() is None:
        os.killpg(process.pid, 9)
        process.wait()
    out.seek(0)
    text = out.read()
    check(f"{name}: it ends as it should", process.returncode in status, (process.returncode, text[-500:]))
    check(f"{name}: within {done_within} MB", peak[0] <= done_within, peak[0])
    same(f"{name}: a message that steers nothing", steers(text), "")
    print(f"{name}: {peak[0]:.0f} MB")
    return text


def tree(pid):
    """Megabytes of a process and of all that it started."""
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        try:
            total += int(open(f"/proc/{one}/statm").read().split()[1]) * 4096 / 1048576
            todo += map(int, open(f"/proc/{one}/task/{one}/children").read().split())
        except (OSError, IndexError, ValueError):
            pass
    return total


# --- questionnaires, themes of charts, texts ---

HEAD = "questionnaire: bomb\nlanguages: [en]\ntitle: Bomb\nprivacy: Made up.\npages:\n  - questions:\n"


def yaml_bombs():
    bombs = {
        "aliases of aliases": "a0: &a0 text\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)),
        "merges of merges": "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)),
        "an alias in itself": "a: &a [*a]\n",
        "brackets": "pages: " + "[" * 100000 + "\n",
        "braces": "pages: " + "{a: " * 100000 + "\n",
        "blocks": "".join(" " * n + "a:\n" for n in range(3000)),
        "lists in lists": "- " * 200000 + "a\n",
        "a key of 3 MB": "a" * 3000000 + ": b\n",
        "a text of 3 MB": HEAD + "      - {id: q, type: text, text: \"" + "a" * 3000000 + "\"}\n",
        "a folded text of a million lines": HEAD + "      - id: q\n        type: text\n        text: >\n" + "          a\n" * 250000,
        "a million documents": "---\n" * 1000000,
        "a million tags": "!a " * 1000000 + "b\n",
        "a million anchors": "".join(f"a{n}: &a{n} b\n" for n in range(150000)),
        "30 000 languages": "questionnaire: bomb\nlanguages: [" + ", ".join(f"a{n}" for n in range(30000)) + "]\n",
        "20 000 mistakes": HEAD + "".join(f"      - {{id: q{n}, tipe: text, text: Say}}\n" for n in range(20000)),
        "20 000 pages": HEAD + "      - {id: q, type: text, text: Say}\n" + "".join(f"  - questions:\n      - {{id: q{n}, type: text, text: Say}}\n" for n in range(20000)),
    }
    for name, text in bombs.items():
        write("bomb.yaml", text)
        bounded(f"a questionnaire of {name}", 400, SURVEY, "check", "bomb.yaml")
    for name, text in bombs.items():
        write("bomb.yaml", text)
        bounded(f"a chart theme of {name}", 400, ANALYSIS, "report", DESK, "--store", "desk.db", "--chart-theme", "bomb.yaml", "--output", "theme", status=(1, 2))


def conditions():
    """Conditions that take a search through everything, or a parser without end."""
    questions = "".join(f"      - {{id: q{n}, type: single, text: Say, options: [{', '.join(f'{{code: c{k}, text: x}}' for k in range(8))}]}}\n" for n in range(24))
    every = " and ".join(f"(q{n} = c0 or q{(n + 1) % 24} != c1 or not q{(n + 7) % 24} = c2)" for n in range(24))
    none = " and ".join(f"q{n} != c{k}" for n in range(24) for k in range(8))
    for name, when in {"a search of 8^24": every, "one that is never true": none, "a thousand nots": "not " * 1000 + "q0 = c0",
                       "100 000 nots": "not " * 100000 + "q0 = c0", "100 000 parentheses": "(" * 100000 + "q0 = c0" + ")" * 100000, "parentheses never closed": "(" * 100000,
                       "10 000 alternatives": " or ".join(["q0 = c0"] * 10000), "a name of a megabyte": "q" * 1000000 + " = c0",
                       "a regular expression": "q0 = (a+)+$", "alternatives of each": " and ".join(f"({' or '.join(f'q{n} = c{k}' for k in range(8))})" for n in range(24)),
                       }.items():
        write("bomb.yaml", HEAD + questions + f"  - when: {when}\n    questions:\n      - {{id: last, type: text, text: Say}}\n")
        bounded(f"a condition of {name}", 400, SURVEY, "check", "bomb.yaml")
        if len(when) < 100000:
            bounded(f"--where of {name}", 400, ANALYSIS, "report", DESK, "--store", "desk.db", "--where", when, "--output", "where", status=(1, 2))


def texts():
    """Reports' and letters' own texts."""
    bombs = {
        "8 MB": "a " * 4000000, "a million brackets": "[" * 1000000, "a million stars": "*a **a " * 200000, "quotes in quotes": ">" * 50000 + "a",
        "lists in lists": "".join("  " * n + "- a\n" for n in range(2000)), "a million backticks": "".join("`" * n for n in range(1, 1500)),
        "references to references": "[a]: b\n" + "[a]" * 200000, "holes": "{{rate reason=civil}} " * 50000, "holes in holes": "{{" * 100000, "never ended": "{{if " * 50000,
        "a table of a million cells": "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + ("|b" * 1000 + "|\n") * 300, "links": "![x](" * 100000,
    }
    for name, text in bombs.items():
        write("bomb.md", text)
        bounded(f"a report's text of {name}", MEGABYTES, ANALYSIS, "report", DESK, "--store", "desk.db", "--text", "bomb.md", "--output", "text", "--no-charts")
        bounded(f"a letter's text of {name}", 400, SURVEY, "invite", TYPES, "people.csv", "--store", "bomb.db", "--letters", "bomb.pdf", "--text", "bomb.md")


# --- CSV ---

def csv_bombs():
    header = "reason,waiting,comment,channel\n"
    bombs = {
        "a line of 100 MB": header.encode() + b"civil,1," + b"a" * 100000000 + b",web\n",
        "a million columns": b"a," * 1000000 + b"b\n",
        "a header of a million known columns": b"reason," * 1000000 + b"channel\n",
        "ten million separators": header.encode() + b"," * 10000000,
        "a quote that is never closed": header.encode() + b"civil,1,\"" + b"a\n" * 10000000,
        "ten million quotes": header.encode() + b"civil,1," + b"\"" * 10000000,
        "ten million empty lines": header.encode() + b"\n" * 10000000,
        "a million bad lines": header.encode() + b"x,y,z,w\n" * 1000000,
        "NUL bytes": b"\0" * 10000000,
        "a ZIP file": b"PK\3\4" + b"\0" * 1000000,
        "a sheet of 10^300": header.replace("channel", "channel,sheet").encode() + b"civil,1,a,paper," + b"9" * 300 + b"\n",
        "a number of 1 MB": header.encode() + b"civil," + b"9" * 1000000 + b",a,web\n",
    }
    for name, content in bombs.items():
        write("bomb.csv", content)
        bounded(f"answers: {name}", MEGABYTES, SURVEY, "import", DESK, "bomb.csv", "--store", "csv.db", status=(1, 2))
        bounded(f"people: {name}", MEGABYTES, SURVEY, "invite", DESK, "bomb.csv", "--store", "csv.db", "--output", "links.csv", status=(1, 2))
        bounded(f"codings: {name}", MEGABYTES, ANALYSIS, "themes", DESK, "comment", "--store", "desk.db", "--codes", "bomb.csv", status=(0, 1))
    if os.path.exists("csv.db"):
        same("nothing came of them", responses("csv.db"), 0)
    os.remove("bomb.csv")


# --- pictures ---

def png(width, height, depth=1, colour=0, rows=None, chunks=()):
    """A PNG that claims this size, with so many rows of white in it."""
    part = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    packer, row = zlib.compressobj(9), b"\0" + b"\xff" * min((width * depth * (3 if colour == 2 else 1) + 7) // 8, 1 << 24)
    data = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) +
            b"".join(part(*chunk) for chunk in chunks) + part(b"IDAT", data) + part(b"IEND", b""))


def tiff(directories):
    """A TIFF of so many directories; the last leads back to the first."""
    content = b"II*\0" + struct.pack("<I", 8)
    size = 2 + 9 * 12 + 4
    for n in range(directories):
        tags = [(256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 8), (279, 4, 1, 8)]
        following = 8 if n == directories - 1 else 8 + (n + 1) * size
        content += struct.pack("<H", 9) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", following)
    return content


def pdf(pages, box="0 0 595 842", content=b"", shared=True):
    """A PDF of so many pages of that size."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Count %d /Kids [" % pages + (b"3 0 R " * pages if shared else b"2 0 R") + b"] >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box.encode() + b"] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
               b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(zlib.compress(content, 9)) + zlib.compress(content, 9) + b"\nendstream",
               b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 20 /Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do /X Do /X Do /X\nendstream"]
    out, places = b"%PDF-1.7\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def pictures():
    survey("paper", TYPES, "--output", "form.pdf", "--language", "en", "--store", "scan.db")
    bombs = {
        "wide.png": png(30000, 30000, rows=3000), "claims.png": png(0x7fffffff, 0x7fffffff, rows=1), "deep.png": png(20000, 20000, 16, 2, rows=400),
        "flat.png": png(0x7fffffff, 1, rows=1), "long.png": png(1, 0x7fffffff, rows=1), "nothing.png": png(0, 0, rows=0),
        "comments.png": png(100, 100, chunks=[(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 200000000, 9))]),
        "profile.png": png(100, 100, chunks=[(b"iCCP", b"a\0\0" + zlib.compress(b"a" * 200000000, 9))]),
        "cyclic.tiff": tiff(1), "chain.tiff": tiff(20000), "far.tiff": b"II*\0" + struct.pack("<I", 0xfffffff0), "big.tiff": b"II+\0" + b"\xff" * 100,
        "strips.tiff": tiff(1).replace(struct.pack("<HHII", 256, 4, 1, 8), struct.pack("<HHII", 256, 4, 1, 0x7fffffff)).replace(struct.pack("<HHII", 257, 4, 1, 8), struct.pack("<HHII", 257, 4, 1, 0x7fffffff)),
        "frame.jpg": b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0" + b"\xff\0" * 1000 + b"\xff\xd9",
        "scans.jpg": b"\xff\xd8\xff\xc2\0\x0b\x08\x27\x10\x27\x10\x01\x01\x11\0" + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\0" * 20000 + b"\xff\xd9",
        "huge.pdf": pdf(1, "0 0 14400 14400"), "endless.pdf": pdf(1, "0 0 1e30 1e30"), "upside.pdf": pdf(1, "0 0 -1 -1"), "pages.pdf": pdf(300),
        "kids.pdf": pdf(100, shared=False), "forms.pdf": pdf(1, content=b"/X Do"), "paths.pdf": pdf(1, content=b"0 0 m 595 842 l S " * 2000000),
        "nested.pdf": pdf(1, content=b"q " * 10000000),
    }
    for name, content in bombs.items():
        write(name, content)
        bounded(f"a scan of {name} ({len(content)} bytes)", 1300 if name.endswith(".pdf") else MEGABYTES, SURVEY, "scan", TYPES, name, "--store", "scan.db", status=(1, 2))
    run("pdftoppm", "-r", "150", "-gray", "-png", "-l", "1", "form.pdf", "good")
    good = next(name for name in os.listdir(".") if name.startswith("good") and name.endswith(".png"))
    text = bounded("a good page behind them all", 1300, SURVEY, "scan", TYPES, "claims.png", "cyclic.tiff", "forms.pdf", good, "--store", "scan.db", status=(1, 2))
    check("it is read", b"1 read" in text, text)
    same("nothing came of the others", responses("scan.db"), 0)


# --- documents whose styles a report takes ---

def documents():
    def archive(path, **parts):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in parts.items():
                file.writestr(name.replace("__", "/").replace("_dot_", "."), content)

    huge = b"<a>" + b" " * 600000000
    archive("bomb.docx", word__styles_dot_xml=huge, word__document_dot_xml=b"<a/>")
    archive("bomb.odt", styles_dot_xml=huge, content_dot_xml=b"<a/>")
    entities = "<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]><a>&a11;</a>"
    archive("laughs.docx", word__styles_dot_xml=entities, word__document_dot_xml=entities)
    archive("laughs.odt", styles_dot_xml=entities, content_dot_xml=entities)
    archive("outside.docx", word__styles_dot_xml="<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")
    archive("outside.odt", styles_dot_xml="<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")
    archive("path.docx", **{"..__..__pwned": "x", "word__styles_dot_xml": "<a/>"})
    for name in ("bomb.docx", "bomb.odt", "laughs.docx", "laughs.odt", "outside.docx", "outside.odt", "path.docx"):
        text = bounded(f"styles of {name}", 1000, ANALYSIS, "report", DESK, "--store", "desk.db", "--no-charts", "--output", "styles",
                       "--format", name.split(".")[1], "--reference", name)
        check(f"styles of {name}: no file of the machine in it", b"root:" not in text)
        for made in ("styles/report.docx", "styles/report.odt"):
            if os.path.exists(made):
                with zipfile.ZipFile(made) as file:
                    check(f"{made} by {name}: no file of the machine in it", not any(b"root:x" in file.read(part) for part in file.namelist()))
                os.remove(made)
    same("nothing left its folder", [name for name in ("../pwned", "../../pwned", "pwned") if os.path.exists(name)], [])


# --- requests ---

def requests():
    server = Server(DESK, "--store", "requests.db", "--rate-limit", "0")
    survey("password", DESK, "--store", "requests.db", given=f"{PASSWORD}\n".encode())
    for key in range(1, 20):
        server.ask("/", {"response-key": str(key), "reason": "civil", "go-send": "1"})
    before = server.memory()
    squeezed = zlib.compress(b"a" * 100000000)
    multipart = b"".join(b"--x\r\nContent-Disposition: form-data; name=\"a%d\"; filename=\"b\"\r\n\r\nc\r\n" % n for n in range(20000)) + b"--x--\r\n"
    for path in ("/", "/admin"):
        for name, body, words, wanted in (
                ("a body that unpacks to 100 MB", squeezed, ["Content-Encoding: deflate"], (400, 413, 415)),
                ("20 000 parts", multipart, ["Content-Type: multipart/form-data; boundary=x"], (413, 415)),
                ("a boundary of 7 000 signs", b"--" + b"x" * 7000, ["Content-Type: multipart/form-data; boundary=" + "x" * 7000], (413, 415)),
                ("a million fields", b"a=b&" * 1000000, [], (400, 413)), ("a million names", b"&".join(b"a%d" % n for n in range(300000)), [], (400, 413)),
                ("10 MB", b"comment=" + b"a" * 10000000, [], (413, None)), ("two million escapes", b"comment=" + b"%41" * 1000000, [], (400, 413))):
            reply = server.ask(path, body=body, headers=words)
            check(f"{path}: {name}: refused", reply.status in wanted, (reply.status, reply.raw[:200]))
    crowd = [threading.Thread(target=lambda: server.ask("/", body=b"comment=" + b"a" * 4000000)) for _ in range(40)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    check("memory afterwards", server.memory() < before + 24, (before, server.memory()))
    same("a respondent is served", server.ask("/", {"response-key": "99", "reason": "civil", "go-send": "1"}).status, 200)
    print(f"bodies: memory {before:.0f} MB before, {server.memory():.0f} after")
    server.stop("bodies")


server = Server(DESK, "--store", "desk.db", "--rate-limit", "0")
for key in range(30):
    server.ask("/", {"response-key": str(key + 1), "reason": "civil", "waiting": "5", "comment": f"Fine {key}", "go-send": "1"})
server.stop("some answers")
same("some answers", responses("desk.db"), 30)
write("people.csv", "name,email\nNobody,nobody@example.org\n")
for attack in (yaml_bombs, conditions, texts, csv_bombs, pictures, documents, requests):
    if len(sys.argv) < 2 or attack.__name__ in sys.argv[1:]:
        attack()
finish()
