"""A round of scanning: printed pages are marked, degraded, read back by `survey scan`, and compared with what
was meant.

    round.py --survey BIN --questionnaire FILE --form FORM.json --pages FOLDER [--several ID:MOST]…
             [--sheets N] [--seed N] [--dots 150,200] [--ways rotation,…] [--hands …] [--keep FOLDER]

FOLDER holds the printed pages as pictures: <sheet>-<page>.png, at 300 dots an inch. Prints what came of it, as
lines of `name value`; exits 1 if a wrong answer was accepted."""

import argparse
import collections
import glob
import json
import math
import os
import random
import shutil
import sqlite3
import csv
import io
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import degrade
import mark

PRINTED = 300


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("survey", "questionnaire", "form", "pages"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--several", action="append", default=[])
    parser.add_argument("--sheets", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dots", default="200")
    parser.add_argument("--ways", default=",".join(degrade.WAYS))
    parser.add_argument("--hands", default=",".join(mark.HANDS))
    parser.add_argument("--keep")
    parser.add_argument("--show", action="store_true")
    return parser.parse_args()


def run(words):
    done = subprocess.run(words, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


class Round:
    def __init__(self, given):
        self.given = given
        self.geometry = mark.read_geometry(given.form)
        self.several = {pair.split(":")[0]: int(pair.split(":")[1]) for pair in given.several}
        self.folder = given.keep or tempfile.mkdtemp(prefix="bilan-scan-")
        os.makedirs(self.folder, exist_ok=True)
        self.truth = {}  # (sheet, item) -> truth, with hand, way and dots
        self.files = []

    def sheets(self):
        names = glob.glob(os.path.join(self.given.pages, "*-1.png"))
        return sorted(int(os.path.basename(name).split("-")[0]) for name in names)[:self.given.sheets]

    def make_page(self, sheet, page, drawing, way, dots, chance):
        source = os.path.join(self.given.pages, f"{sheet}-{page}.png")
        base = max(dots, 150) if dots <= 200 else 300
        width, height, scale = round(210 / 25.4 * base), round(297 / 25.4 * base), base / 25.4
        words = ["convert", source, "-resize", f"{width}x{height}!"]
        for strokes in drawing:
            words += ["-draw", f"scale {scale:.5f},{scale:.5f} {strokes}"]
        words += ["-stroke", "none", "+repage"] + degrade.WAYS[way](width, height, scale, chance)
        if base != dots:
            words += ["-resize", f"{100 * dots / base:.3f}%"]
        ending = "jpg" if "-quality" in words else "png"
        target = os.path.join(self.folder, f"{sheet}-{page}-{way}-{dots}.{ending}")
        if ending == "png":
            words += ["-define", "png:compression-level=1"]
        code, _, said = run(words + [target])
        if code:
            sys.exit(f"convert failed: {said}")
        self.files.append(target)

    def make(self):
        ways, dots = self.given.ways.split(","), [int(word) for word in self.given.dots.split(",")]
        hands = self.given.hands.split(",")
        for index, sheet in enumerate(self.sheets()):
            seed = f"{self.given.seed} {index}"
            chance = random.Random(seed)
            hand, way = hands[index % len(hands)], ways[index % len(ways)]
            fine = dots[index // len(ways) % len(dots)]
            drawings, truth = mark.mark_sheet(self.geometry, hand, seed, self.several)
            for page, drawing in drawings.items():
                self.make_page(sheet, page, drawing, way, fine, chance)
            for item, meant in truth.items():
                self.truth[sheet, item] = dict(meant, hand=hand, way=way, dots=fine)

        if self.given.keep:
            with open(os.path.join(self.folder, "truth.json"), "w", encoding="utf-8") as file:
                json.dump([[sheet, item, meant] for (sheet, item), meant in self.truth.items()], file)

    def scan(self):
        store = os.path.join(self.folder, "store", "answers.db")
        shutil.rmtree(os.path.dirname(store), ignore_errors=True)
        begun = time.monotonic()
        code, said, complaints = run([self.given.survey, "scan", self.given.questionnaire, "--form", self.given.form,
                                      "--store", store] + self.files)
        self.seconds = time.monotonic() - begun
        self.refusals = [line for line in complaints.splitlines() if "refused" in line]
        if not os.path.exists(store):
            sys.exit(f"survey scan failed: {said}{complaints}")
        return sqlite3.connect(store)

    def compare(self, database):
        cells, reviews = {}, {}
        for sheet, answers in database.execute("SELECT sheet, answers FROM paper_entry WHERE source = 'scan'"):
            names, values = list(csv.reader(io.StringIO(answers)))
            cells[sheet] = dict(zip(names, values))
        for sheet, name, reason, settled in database.execute("SELECT sheet, name, reason, settled FROM paper_review"):
            if settled is None:
                reviews[sheet, name] = reason
        refused = {tuple(os.path.basename(line.split(",")[0].split(":")[0]).split("-")[:2]) for line in self.refusals}
        page_of = {block["item"]: block["page"] for block in self.geometry["blocks"]}
        self.counts = collections.Counter()
        self.parts = collections.defaultdict(collections.Counter)
        self.wrong = []
        for (sheet, item), meant in self.truth.items():
            cell, reason = cells.get(sheet, {}).get(item), reviews.get((sheet, item))
            if (str(sheet), str(page_of[item])) in refused:
                result = "refused"
            elif reason:
                result = "queued"
            elif meant["value"] is not None and cell == meant["value"]:
                result = "right"
            else:
                result = "wrong"
                self.wrong.append((sheet, item, cell, meant))
            asked = "usual" if meant["kind"] in ("mark", "blank", "correction") else meant["kind"]
            self.counts[asked, result] += 1
            for part in ("hand", "way", "dots"):
                if asked == "usual":
                    self.parts[part, meant[part]][result] += 1
            if self.given.show and (result == "wrong" or (result in ("queued", "refused") and asked == "usual")):
                print("#", result, sheet, page_of[item], item, f"read {cell!r}", reason, meant)

    def report(self):
        usual = {result: self.counts["usual", result] for result in ("right", "queued", "refused", "wrong")}
        total = sum(self.counts.values())
        accepted = sum(count for (_, result), count in self.counts.items() if result in ("right", "wrong"))
        wrong = len(self.wrong)
        print(f"pages {len(self.files)}")
        print(f"seconds_per_page {self.seconds / max(len(self.files), 1):.2f}")
        print(f"questions {total}")
        print(f"accepted {accepted}")
        print(f"wrong {wrong}")
        print(f"wrong_at_most_95 {upper_bound(wrong, accepted):.5f}")
        print(f"usual {sum(usual.values())} queued {usual['queued']} refused {usual['refused']}"
              f" share {(usual['queued'] + usual['refused']) / max(sum(usual.values()), 1):.4f}")
        for (asked, result), count in sorted(self.counts.items()):
            if asked != "usual":
                print(f"unusual {asked} {result} {count}")
        for (part, name), counts in sorted(self.parts.items(), key=str):
            all_of = sum(counts.values())
            print(f"{part} {name} {all_of} queued {counts['queued']} refused {counts['refused']} wrong {counts['wrong']}"
                  f" share {(counts['queued'] + counts['refused']) / all_of:.4f}")
        for line in self.refusals:
            print("refusal", line)
        for sheet, item, cell, meant in self.wrong:
            print("WRONG", sheet, item, repr(cell), meant)


def upper_bound(events, trials, confidence=0.95):
    """The exact upper bound of a rate (Clopper and Pearson 1934), one-sided, by bisection of the binomial."""
    if trials == 0:
        return 1.0

    def at_most(rate):
        if rate >= 1:
            return 0.0
        log = trials * math.log1p(-rate)
        total = term = math.exp(log)
        for k in range(events):
            term *= (trials - k) / (k + 1) * rate / (1 - rate)
            total += term
        return total

    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(middle) > 1 - confidence else (low, middle)
    return high


def main():
    given = arguments()
    round_of = Round(given)
    try:
        round_of.make()
        round_of.compare(round_of.scan())
        round_of.report()
    finally:
        if not given.keep:
            shutil.rmtree(round_of.folder, ignore_errors=True)
    sys.exit(1 if round_of.wrong else 0)


main()
