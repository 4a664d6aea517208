"""Looks at a printed form as a machine that reads it does: by its geometry alone.

    look.py FORM.json PAGE.pgm…     the pages of one copy, drawn in grey, whatever the resolution

Prints what is not where the geometry says; exit 1 if anything is not."""
import json
import sys

form = json.load(open(sys.argv[1], encoding="utf-8"))
wrong = []


def read(path):
    data = open(path, "rb").read()
    magic, width, height, most, start = b"", 0, 0, 0, 0
    fields, at = [], 0
    while len(fields) < 4:
        end = at
        while data[end : end + 1] not in (b" ", b"\n", b"\t"):
            end += 1
        fields.append(data[at:end])
        at = end + 1
    magic, width, height, most = fields[0], int(fields[1]), int(fields[2]), int(fields[3])
    assert magic == b"P5" and most == 255
    return width, height, data[at:]


class Page:
    def __init__(self, path):
        self.width, self.height, self.pixels = read(path)
        self.scale = self.width / form["width"]

    def grey(self, x, y):
        """The darkest of the pixels around a place in millimetres."""
        column, row = int(x * self.scale), int(y * self.scale)
        return min(
            self.pixels[r * self.width + c]
            for r in range(max(row - 1, 0), min(row + 2, self.height))
            for c in range(max(column - 1, 0), min(column + 2, self.width))
        )

    def mean(self, x, y, width, height):
        rows = range(int(y * self.scale), int((y + height) * self.scale))
        columns = range(int(x * self.scale), int((x + width) * self.scale))
        return sum(self.pixels[r * self.width + c] for r in rows for c in columns) / (len(rows) * len(columns))


pages = [Page(path) for path in sys.argv[2:]]
if len(pages) != form["pages"]:
    wrong.append(f"{len(pages)} pages, not {form['pages']}")


def say(place):
    return f"page {place['page']}, {place['item']} {place.get('code', '')} {place.get('rank', '')}".strip()


def look_at_box(place):
    page, (x, y, width, height) = pages[place["page"] - 1], place["area"]
    half = form["outline"] / 2
    edges = [(x + part * width, edge) for part in (0.2, 0.5, 0.8) for edge in (y + half, y + height - half)]
    edges += [(edge, y + part * height) for part in (0.2, 0.5, 0.8) for edge in (x + half, x + width - half)]
    if any(page.grey(*edge) > 120 for edge in edges):
        wrong.append(f"{say(place)}: its outline is not all there")
    if page.mean(x + 1, y + 1, width - 2, height - 2) < 254:
        wrong.append(f"{say(place)}: it is not empty")
    if (width, height) != (5, 5):
        wrong.append(f"{say(place)}: a box is {width} by {height} mm")


def look_at_frame(page, number):
    x, y, width, height = form["frame"]
    for left in (x + form["thickness"] / 2, x + width - form["thickness"] / 2):
        for top in (y + form["thickness"] / 2, y + height - form["thickness"] / 2):
            if page.grey(left, top) > 60:
                wrong.append(f"page {number}: no bracket at {left}, {top}")
    if min(x, y, form["width"] - x - width, form["height"] - y - height) < 12:
        wrong.append("the frame is less than 12 mm from the edge")
    margins = [(0, 0, form["width"], y - 0.5), (0, y + height + 0.5, form["width"], form["height"] - y - height - 1)]
    margins += [(0, 0, x - 0.5, form["height"]), (x + width + 0.5, 0, form["width"] - x - width - 1, form["height"])]
    if any(page.mean(*margin) < 255 for margin in margins):
        wrong.append(f"page {number}: there is ink outside of the frame")


def holds(outer, inner):
    return (
        outer[0] - 0.02 <= inner[0]
        and outer[1] - 0.02 <= inner[1]
        and inner[0] + inner[2] <= outer[0] + outer[2] + 0.02
        and inner[1] + inner[3] <= outer[1] + outer[3] + 0.02
    )


def overlap(one, other):
    return all(one[i] + 0.02 < other[i] + other[i + 2] and other[i] + 0.02 < one[i] + one[i + 2] for i in (0, 1))


for place in form["places"]:
    if place["kind"] == "box":
        look_at_box(place)
for number, page in enumerate(pages, 1):
    look_at_frame(page, number)
for number in range(1, form["pages"] + 1):
    places = [place for place in form["places"] if place["page"] == number]
    for i, place in enumerate(places):
        if overlap(place["area"], form["code"]) or not holds(form["frame"], place["area"]):
            wrong.append(f"{say(place)}: it is not in its room")
        wrong += [f"{say(place)} and {say(other)}: one over the other" for other in places[:i]
                  if overlap(place["area"], other["area"])]
taken = 0
for block in form["blocks"]:
    for place in form["places"][block["first"] : block["first"] + block["count"]]:
        if place["page"] != block["page"] or place["item"] != block["item"] or not holds(block["area"], place["area"]):
            wrong.append(f"{say(place)}: it is not in its block")
    taken += block["count"]
if taken != len(form["places"]):
    wrong.append(f"{taken} places in blocks, of {len(form['places'])}")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
