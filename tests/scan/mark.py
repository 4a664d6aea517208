"""Marks printed forms as people do, knowing nothing but the geometry file that was printed beside them.

A hand has a pen and habits. For every question it decides what it answers and how it shows that, and draws it
as strokes (MVG, in millimetres, for ImageMagick). What it meant is the truth that a scan is compared with:

    value   what was meant, as in a cell of the CSV format; None: nothing that could be said for sure (two
            marks where one may be), so that whatever a scan accepts is wrong
    kind    how it was shown: mark, blank, correction, double, circle, stray, words

Everything comes from the seed: the same call gives the same marks."""

import json
import math
import random

# The pens: colour, width in millimetres, how much of a stroke is interrupted, and how far each hand strays from
# the box, as a share of its side.
HANDS = {
    "ballpoint-cross": dict(ink="#25306e", width=0.45, gaps=0.03, marks=["cross"], stray=0.08, reach=0.95),
    "felt-cross": dict(ink="#101010", width=1.1, gaps=0, marks=["cross"], stray=0.12, reach=1.35),
    "pencil-tick": dict(ink="#787878", width=0.5, gaps=0.12, marks=["tick"], stray=0.12, reach=1.2),
    "ballpoint-fill": dict(ink="#30305a", width=0.55, gaps=0.02, marks=["fill"], stray=0.06, reach=0.95),
    "fineliner-slash": dict(ink="#141414", width=0.35, gaps=0, marks=["slash", "cross", "tick"], stray=0.18, reach=0.85),
    "hasty-gel": dict(ink="#2c58b8", width=0.6, gaps=0.02, marks=["cross", "tick", "cross"], stray=0.2, reach=1.3),
    "red-pencil-cross": dict(ink="#c04a44", width=0.7, gaps=0.1, marks=["cross"], stray=0.1, reach=1.05),
}

STROKES_MOST = 40  # in one text: it becomes an argument of a program


def wobble(points, chance, size):
    """A stroke through the points, as a hand that trembles a little draws it."""
    line = []
    drift_x = drift_y = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        steps = max(3, int(math.hypot(x1 - x0, y1 - y0) / 0.35))
        for i in range(steps):
            drift_x = 0.8 * drift_x + chance.gauss(0, size)
            drift_y = 0.8 * drift_y + chance.gauss(0, size)
            line.append((x0 + (x1 - x0) * i / steps + drift_x, y0 + (y1 - y0) * i / steps + drift_y))
    line.append(points[-1])
    return line


class Hand:
    def __init__(self, name, seed):
        self.name = name
        self.pen = HANDS[name]
        self.chance = random.Random(f"{name} {seed}")
        self.strokes = {}

    def stroke(self, page, points, width=None, size=0.035):
        line = wobble(points, self.chance, size)
        width = (width or self.pen["width"]) * self.chance.uniform(0.85, 1.15)
        pieces, piece = [], []
        for point in line:
            if piece and self.chance.random() < self.pen["gaps"]:
                pieces.append(piece)
                piece = []
            piece.append(point)
        pieces.append(piece)
        for piece in pieces:
            if len(piece) > 1:
                text = " ".join(f"{x:.3f},{y:.3f}" for x, y in piece)
                self.strokes.setdefault(page, []).append(f"stroke-width {width:.3f} polyline {text}")

    def centre(self, place):
        x, y, width, height = place["area"]
        stray = self.pen["stray"] * width
        return (x + width / 2 + self.chance.uniform(-stray, stray),
                y + height / 2 + self.chance.uniform(-stray, stray), width)

    # --- marks ---

    def cross(self, place):
        x, y, side = self.centre(place)
        half = side / 2 * self.pen["reach"] * self.chance.uniform(0.75, 1.0)
        lean = self.chance.uniform(-0.25, 0.25) * half
        self.stroke(place["page"], [(x - half, y - half + lean), (x + half, y + half - lean)])
        self.stroke(place["page"], [(x + half + lean, y - half), (x - half - lean, y + half)])

    def tick(self, place):
        x, y, side = self.centre(place)
        size = side * self.pen["reach"] * self.chance.uniform(0.75, 1.0)
        self.stroke(place["page"], [(x - 0.36 * size, y - 0.02 * size), (x - 0.12 * size, y + 0.34 * size),
                                    (x + 0.55 * size, y - 0.55 * size)])

    def slash(self, place):
        x, y, side = self.centre(place)
        half = side / 2 * self.chance.uniform(0.8, 1.1)
        self.stroke(place["page"], [(x - half, y + half), (x + half, y - half)])

    def fill(self, place, thorough=False):
        """To and fro; thoroughly, until nothing of the box is left."""
        x, y, side = self.centre(place)
        half = side / 2 * (1.02 if thorough else self.chance.uniform(0.82, 1.0))
        step = self.pen["width"] * (0.6 if thorough else self.chance.uniform(0.7, 1.0))
        passes = 2 if thorough else 1
        for turn in range(passes):
            line, at, side_of = [], -half, 1
            while at < half:
                line.append((x + at, y - side_of * half) if turn else (x - side_of * half, y + at))
                side_of, at = -side_of, at + step
            self.stroke(place["page"], line, size=0.02)

    def mark(self, place):
        getattr(self, self.chance.choice(self.pen["marks"]))(place)

    def circle(self, place):
        x, y, side = self.centre(place)
        radius = side * self.chance.uniform(0.85, 1.0)
        turns = [i * math.tau / 24 for i in range(26)]
        self.stroke(place["page"], [(x + radius * math.cos(a), y + 0.85 * radius * math.sin(a)) for a in turns])

    def write(self, page, area):
        """Something like a line of handwriting."""
        x, y, width, height = area
        at, base, line = x + 2, y + min(height - 1.5, 7), []
        end = x + min(width - 2, self.chance.uniform(12, 60))
        while at < end:
            line.append((at, base - self.chance.uniform(0, 1) - (self.chance.random() < 0.3) * 2.2))
            at += self.chance.uniform(0.5, 1.1)
        if len(line) > 1:
            self.stroke(page, line)

    # --- questions ---

    def answer(self, block, places, most):
        """Answers a block; gives its truth. `most`: how many boxes may be marked, 1 but for several answers."""
        boxes = [place for place in places if place["kind"] == "box"]
        fields = [place for place in places if place["kind"] == "field" and "code" not in place]
        dice = self.chance.random()
        if fields:
            if dice < 0.5:
                return {"value": "", "kind": "blank"}
            self.write(fields[0]["page"], fields[0]["area"])
            return {"value": None, "kind": "words"}
        if not boxes or dice < 0.06:
            return {"value": "", "kind": "blank"}
        if any(place.get("rank") for place in boxes):
            return self.rank(boxes)
        if most > 1:
            return self.choose(boxes, most)
        return self.choose_one(boxes, dice)

    def choose_one(self, boxes, dice):
        chosen = self.chance.choice(boxes)
        others = [place for place in boxes if place is not chosen]
        fills = "fill" in self.pen["marks"]
        if dice < 0.09 and others and not fills:
            self.mark(chosen)
            wrong = self.chance.choice(others)
            self.mark(wrong)
            self.fill(wrong, thorough=True)
            return {"value": chosen["code"], "kind": "correction"}
        if dice < 0.10 and others:
            self.mark(chosen)
            self.mark(self.chance.choice(others))
            return {"value": None, "kind": "double"}
        if dice < 0.11:
            self.circle(chosen)
            return {"value": chosen["code"], "kind": "circle"}
        self.mark(chosen)
        return {"value": chosen["code"], "kind": "mark"}

    def choose(self, boxes, most):
        lone = ("no_opinion", "not_concerned", "none")
        chosen = self.chance.sample(boxes, self.chance.randint(1, min(most, len(boxes))))
        chosen = [place for place in chosen if place["code"] not in lone] or chosen[:1]
        chosen.sort(key=boxes.index)
        for place in chosen:
            self.mark(place)
        return {"value": " ".join(place["code"] for place in chosen), "kind": "mark"}

    def rank(self, boxes):
        ranks = sorted({place["rank"] for place in boxes if place.get("rank")})
        codes = list(dict.fromkeys(place["code"] for place in boxes if place.get("rank")))
        order = self.chance.sample(codes, min(len(codes), self.chance.randint(1, len(ranks))))
        for rank, code in zip(ranks, order):
            self.mark(next(place for place in boxes if place.get("rank") == rank and place["code"] == code))
        return {"value": " ".join(order), "kind": "mark"}


def mark_sheet(geometry, name, seed, several):
    """Marks a sheet: the drawing of each page by its number, and the truth of each item by its id. `several`
    says of how many boxes of an item may be marked, if that is more than one. A drawing is a list of texts."""
    hand = Hand(name, seed)
    truth = {}
    for block in geometry["blocks"]:
        places = geometry["places"][block["first"]:block["first"] + block["count"]]
        truth[block["item"]] = hand.answer(block, places, several.get(block["item"], 1))
    head = f"fill none stroke {hand.pen['ink']} stroke-linecap round stroke-linejoin round"
    drawings = {page: [] for page in range(1, geometry["pages"] + 1)}
    for page, strokes in hand.strokes.items():
        for first in range(0, len(strokes), STROKES_MOST):
            drawings[page].append("\n".join([head] + strokes[first:first + STROKES_MOST]))
    return drawings, truth


def read_geometry(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
