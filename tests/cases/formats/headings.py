"""headings.py REPORT.md TEXT: whether the text of the pages has every heading of the report, in order."""
import re
import sys


def plain(text):
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


report = open(sys.argv[1], encoding="utf-8").read()
pages = plain(open(sys.argv[2], encoding="utf-8").read())
headings = re.findall(r"^#+ (.*)$", report, re.M)
at, missing = 0, []
for heading in headings:
    words = plain(re.sub(r"\\(.)", r"\1", heading))
    found = pages.find(words, at)
    if found < 0:
        missing.append(heading)
    else:
        at = found
for heading in missing:
    print("missing:", heading)
sys.exit(bool(missing) or len(headings) < 5)
