"""Prints forms and draws their pages, each under the name by which round.py takes it.

    print.py SURVEY QUESTIONNAIRE COPIES FOLDER     writes FOLDER/form.pdf, form.json and pages/<sheet>-<page>.png
"""
import json
import os
import re
import subprocess
import sys

survey, questionnaire, copies, folder = sys.argv[1:5]
os.makedirs(os.path.join(folder, "pages"), exist_ok=True)
form = os.path.join(folder, "form.pdf")
subprocess.run([survey, "paper", questionnaire, "-o", form, "--copies", copies, "--store", os.path.join(folder, "answers.db")],
               check=True, stdout=subprocess.DEVNULL)
pages = json.load(open(os.path.join(folder, "form.json"), encoding="utf-8"))["pages"]
text = subprocess.run(["pdftotext", form, "-"], check=True, capture_output=True, text=True).stdout
sheets = ["".join(number) for number in re.findall(r"(?:Feuille|Sheet) (\d{4}) (\d{4})", text)][::pages]
assert len(set(sheets)) == int(copies)
subprocess.run(["pdftoppm", "-r", "300", "-gray", "-png", form, os.path.join(folder, "pages", "p")], check=True)
for index, name in enumerate(sorted(os.listdir(os.path.join(folder, "pages")))):
    os.rename(os.path.join(folder, "pages", name),
              os.path.join(folder, "pages", f"{sheets[index // pages]}-{index % pages + 1}.png"))
