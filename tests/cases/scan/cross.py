"""Crosses boxes on a printed page, knowing its geometry alone.

    cross.py FORM.json PAGE FROM.png TO.png ITEM:CODE[:RANK]…     the picture has 150 dots an inch
"""
import json
import subprocess
import sys

form, page = json.load(open(sys.argv[1], encoding="utf-8")), int(sys.argv[2])
scale = 150 / 25.4
words = ["convert", sys.argv[3], "-stroke", "#202060", "-strokewidth", "0.5", "-fill", "none"]
for wanted in sys.argv[5:]:
    item, code, *rank = wanted.split(":")
    boxes = [place for place in form["places"] if place["page"] == page and place["item"] == item
             and place.get("code") == code and place.get("rank", 0) == int(rank[0] if rank else 0)
             and place["kind"] == "box"]
    assert len(boxes) == 1, wanted
    x, y, width, height = boxes[0]["area"]
    left, top, right, bottom = x + 0.7, y + 0.7, x + width - 0.7, y + height - 0.7
    words += ["-draw", f"scale {scale},{scale} line {left},{top} {right},{bottom} line {right},{top} {left},{bottom}"]
subprocess.check_call(words + [sys.argv[4]])
