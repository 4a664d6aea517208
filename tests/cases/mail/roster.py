"""Prints a roster of COUNT made-up people, in French and English, with accents, quotation marks, commas, long names,
and some without a name."""
import csv
import sys

FIRST = ["Anaïs", "Noël", "Zoé", "Chloë", "Benoît", "Łucja", "Søren", "Ana", "Tom", "李"]
LAST = ["Exemple", "d’Exemple-Fictif", "Modèle", "Sample, Jr.", "O'Sample", "Œuvré", "\"Test\"", "=?Test?="]
count = int(sys.argv[1])
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["name", "email", "language", "role"])
for i in range(count):
    name = f"{FIRST[i % len(FIRST)]} {LAST[i % len(LAST)]} {i}"
    if i % 20 == 7:
        name = ""
    if i % 20 == 9:
        name += " " + "de la Très-Longue-Lignée des Exemples " * 3 + "fin"
    role = "member" if i < count * 0.7 else "facilitator" if i < count * 0.77 else "manager"
    writer.writerow([name, f"person.{i}@example.org", ["fr", "en"][i % 2], role])
