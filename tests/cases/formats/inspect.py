"""inspect.py FOLDER docx|odt NOTICE: whether report.<format> holds what report.md does, in the format's own terms."""
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

folder, kind, notice = sys.argv[1:4]
archive = zipfile.ZipFile(f"{folder}/report.{kind}")
markdown = open(f"{folder}/report.md", encoding="utf-8").read()
complaints = []


def expect(what, truth):
    if not truth:
        complaints.append(what)


def unescape(text):
    return re.sub(r"\\(.)", r"\1", text)


def words(element):
    return "".join(element.itertext())


def plain(text):
    return re.sub(r"\s+", "", text)


for name in archive.namelist():
    if name.endswith((".xml", ".rels")):
        try:
            xml.fromstring(archive.read(name))
        except xml.ParseError as error:
            expect(f"{name} is XML: {error}", False)

headings = [unescape(text) for text in re.findall(r"^##+ (.*)$", markdown, re.M)]
alternatives = [unescape(text) for text in re.findall(r"^!\[(.*)\]\(charts/.*\)$", markdown, re.M)]
tables = len(re.findall(r"^\|[-:|]*$", markdown, re.M))

if kind == "docx":
    W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = xml.fromstring(archive.read("word/document.xml"))
    styled = [(p.find(f"{W}pPr/{W}pStyle"), p) for p in root.iter(f"{W}p")]
    paragraphs = [(style.get(f"{W}val"), words(p)) for style, p in styled if style is not None]
    found = [text for style, text in paragraphs if re.fullmatch(r"Heading\d", style)]
    drawings = [e.get("descr") for e in root.iter() if e.tag.endswith("}docPr")]
    numbered = [words(f) for f in root.iter(f"{W}fldSimple") if "SEQ" in f.get(f"{W}instr")]
    heads = len([row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None])
    notices = [text for style, text in paragraphs if style == "Notice"]
    links = [h.get(f"{W}anchor") for h in root.iter(f"{W}hyperlink") if h.get(f"{W}anchor")]
    marks = {b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")}
    size = root.find(f".//{W}pgSz")
    expect("the page is A4", size is not None and size.get(f"{W}w") == "11906")
    styles = {s.get(f"{W}styleId") for s in xml.fromstring(archive.read("word/styles.xml")).iter(f"{W}style")}
    expect("all styles are defined", not {style for style, _ in paragraphs} - styles)
    language = re.search(rb'<w:lang [^>]*w:val="([^"]*)"', archive.read("word/styles.xml"))
    expect("the language is declared", language and language.group(1)[:2] in (b"fr", b"en"))
else:
    T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    X = "{http://www.w3.org/1999/xlink}"
    root = xml.fromstring(archive.read("content.xml"))
    found = [words(h) for h in root.iter(f"{T}h")]
    drawings = [words(e) for e in root.iter() if e.tag.endswith("}desc")]
    numbered = [words(e) for e in root.iter(f"{T}sequence")]
    heads = len([e for e in root.iter() if e.tag.endswith("}table-header-rows")])
    notices = [words(p) for p in root.iter(f"{T}p") if plain(words(p)) == plain(notice)]
    links = [a.get(f"{X}href")[1:] for a in root.iter(f"{T}a") if a.get(f"{X}href", "").startswith("#")]
    marks = {b.get(f"{T}name") for b in root.iter() if b.tag in (f"{T}bookmark-start", f"{T}bookmark")}
    pictures = [i.get(f"{X}href") for i in root.iter() if i.tag.endswith("}image")]
    expect("the pictures are in the file", pictures and set(pictures) <= set(archive.namelist()))
    expect("each picture once", len(set(pictures)) == len(pictures) == len(alternatives))

expect("there are headings, charts and tables", len(headings) > 5 and alternatives and tables)
expect(f"its headings are those of report.md: {found}", [plain(h) for h in found] == [plain(h) for h in headings])
expect("each chart has its words, in order", [plain(d) for d in drawings] == [plain(a) for a in alternatives])
expect(f"{tables} tables have a heading row: {heads}", heads == tables)
count = lambda total: [str(i + 1) for i in range(total)]
expect("figures and tables are numbered", sorted(numbered) == sorted(count(len(alternatives)) + count(tables)))
expect("the notice stands in it", any(plain(n) == plain(notice) for n in notices))
expect("the contents lead somewhere", len(links) > 3 and set(links) <= marks)
for complaint in complaints:
    print("not so:", complaint)
sys.exit(bool(complaints))
