#!/bin/bash
# Open answers coded by theme: what is printed and written, what the report makes of it, that a coding survives new
# answers, answers taken out, spreadsheet programs and hostile files, and that nothing of it outlives the store. All
# answers are made up.
. "$(dirname "$0")/common/case.sh"
cp "$files"/* .

import() { must survey import form.yaml "$2" --store "$1"; }
themes() { analysis themes form.yaml "$@"; }
# said OPTION…: what it says and prints.
said() {
    echo "\$ analysis themes form.yaml $*"
    run themes "$@"
    cat said
}
report() { analysis report form.yaml --no-charts "$@"; }

# The first 20 people, then the others.
head -n 22 answers.csv >first.csv # one answer has two lines
{
    head -n 1 answers.csv
    tail -n +23 answers.csv
} >later.csv
import a.db first.csv
coding=a.db.themes/why.csv

# --- the first look, and the file ---

said why --store a.db >first.txt
compare first.txt first.expected
cp $coding fresh.csv
compare fresh.csv fresh.expected
check 'the file is its owner'\''s' same "$(stat -c %a $coding)" 600
check 'so is its folder' same "$(stat -c %a a.db.themes)" 700
touch -d 2020-01-01 $coding
must themes why --store a.db
check 'nothing new: the same file' same "$(stat -c %Y $coding)" "$(date -d 2020-01-01 +%s)"
check 'no half file is left' same "$(ls a.db.themes)" why.csv

# Who gave an answer first, and in which order, cannot be told from it.
{
    head -n 1 first.csv
    tail -n +14 first.csv
    tail -n +2 first.csv | head -n 12
} >other-order.csv
import b.db other-order.csv
must themes why --store b.db
check 'another order of arrival: the same bytes' cmp b.db.themes/why.csv fresh.csv

# --- coding ---

# As a person would, in a spreadsheet program that sorts, adds a column and saves in its own way.
python3 - fresh.csv $coding <<'END'
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
for row in rows:
    answer = row["answer"]
    if "élus" in answer:
        row.update(themes="Élus", second_coder="Élus", quote="x")
    elif "inir" in answer:
        row.update(themes="Finir", second_coder="finir")
    elif "Trop lent" in answer:
        row.update(themes="Lenteur", second_coder="Réunions", settled="Lenteur")
    elif "Too slow" in answer:
        row.update(themes=" Lenteur ;  Réunions", second_coder="Lenteur")
    elif "réunion" in answer or "meeting" in answer:
        row.update(themes="Réunion" if "Two" in answer else "Réunions", second_coder="Réunions", quote="oui")
    row["mine"] = "a date?" if answer == "3-4" else ""
names = ["mine", "themes", "answer", "count", "similar", "second_coder", "settled", "quote", "id"]
with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
    writer = csv.DictWriter(file, names, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["answer"], reverse=True))
END
said why --store a.db >coded.txt
compare coded.txt coded.expected
cp $coding coded.csv
compare coded.csv coded.csv.expected

import a.db later.csv
said why --store a.db >later.txt
compare later.txt later.expected
check 'every coding is kept' same "$(grep -c 'Élus;Élus;;x' $coding)" 3
check 'own words are kept' grep -q 'a date?' $coding

# --- the report ---

must report --store a.db -o report
section() { awk -v heading="$2" 'index($0, "# ") && /^#/ { shown = index($0, heading) } shown' "$1/report.md"; }
section report 'Why so?' >report.txt
grep 'why,why,,' report/tables.csv >>report.txt
sed -n '/"coded"/,/"breakdowns"/p' report/results.json >>report.txt
compare report.txt report.expected
must report --store a.db -o french --language fr
section french 'Pourquoi' >french.txt
compare french.txt french.expected
must report --store a.db -o members --where 'role = member'
section members 'Why so?' >members.txt
grep 'why,why,,' members/tables.csv >>members.txt
compare members.txt members.expected
# Of nine, nothing.
import few.db <(head -n 10 first.csv)
mkdir few.db.themes
cp $coding few.db.themes/why.csv
must report --store few.db -o few
check 'nine answers: no theme' same "$(grep -c 'Élus\|élus' few/report.md few/tables.csv few/results.json)" \
    "$(printf 'few/report.md:0\nfew/tables.csv:0\nfew/results.json:0')"

# Nor where the report of all would tell what the other eight said.
cp $coding b.db.themes/why.csv
must report --store b.db -o most --where 'role = member'
check 'all but eight answers: no theme' same "$(grep -c 'lus' most/report.md most/tables.csv)" \
    "$(printf 'most/report.md:0\nmost/tables.csv:0')"
check 'and why' grep -q 'to protect the others' most/report.md

# --- of whom ---

{
    said why --store a.db --where 'role = member' --language fr
    said why --store few.db --where 'role = member'
    said why --store a.db --where 'sheet = 3'
    said role --store a.db
    said when --store a.db
    said why --store none.db
    said why --store a.db --language de
    said why --store a.db --codes missing.csv
} >asked.txt
compare asked.txt asked.expected
check 'nothing was written' [ ! -e none.db.themes ]

# --- a copy comes back from the second coder ---

printf 'answer;themes;second_coder\r\n3-4;;Réunions\r\n=Trop lent;Temps;Temps\r\n' >copy.csv
said why --store a.db --codes copy.csv >copy.txt
compare copy.txt copy.expected
check 'an empty cell leaves what was there' grep -q '^'\''=Trop lent;1;[^;]*;Temps;Temps;Lenteur;' $coding

# --- files that cannot be read ---

cp $coding good.csv
{
    for bad in 'answer;themes\n"never closed;A\n' 'answer;theme\nRien;A\n' '' 'PK\003\004xyz' \
        'answer;themes\nLes \351lus;A\n' '\377\376a\000' 'answer;themes;answer\n' \
        'answer;themes\nRien;A\nRien;B\n;C\n=Trop lent;A;B;C\n'; do
        printf "$bad" >$coding
        cp $coding bad.csv
        said why --store a.db | cut -c 1-160
        cmp $coding bad.csv || echo 'IT WAS TOUCHED'
        ends 1 report --store a.db -o refused >/dev/null || echo 'A REPORT WAS MADE'
        tail -n 1 said
        printf "$bad" >given.csv
        cp good.csv $coding
        ends 1 themes why --store a.db --codes given.csv >/dev/null || echo 'THE COPY WAS TAKEN'
        cmp $coding good.csv || echo 'THE CODING WAS TOUCHED'
    done
} >bad.txt 2>&1
compare bad.txt bad.expected
check 'no report beside a coding that cannot be read' [ ! -e refused ]

# --- answers taken out ---

must survey remove form.yaml --sheet 6 --store a.db
must survey remove form.yaml --sheet 15 --store a.db
{
    said why --store a.db | sed -n '/a\.db/p'
    grep 'Trop lent\|@tous' $coding
    said why --store a.db --drop | sed -n '/a\.db/p'
    grep -c 'Trop lent\|@tous' $coding
} >gone.txt
compare gone.txt gone.expected

# --- the end of retention ---

must survey close form.yaml --store a.db
survey audit form.yaml --store a.db >audit.txt
check 'an audit says nothing of the folder' same "$(grep -c themes audit.txt)" 0
chmod 755 a.db.themes
survey audit form.yaml --store a.db >audit.txt
check 'unless it is open to everybody' grep -q 'a.db.themes.*755' audit.txt
cp $coding 'a.db.themes/a copy.csv'
ln $coding disk
ln -s ../good.csv a.db.themes/link.csv
must survey erase form.yaml --yes --store a.db
check 'erased with the store' same "$(ls -d a.db*)" a.db.erased
check 'overwritten on the disk' same "$(tr -d '\0' <disk | wc -c)" 0
check 'what a link leads to is not' [ -s good.csv ]
check 'nor is the report' [ -s report/report.html ]

finish
