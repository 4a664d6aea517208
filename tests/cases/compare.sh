#!/bin/sh
# analysis compare on two made-up waves: its Markdown, HTML, JSON and CSV, what it says of wrong arguments and of
# trouble, that no file is touched when anything is wrong, and that people's own codes are written nowhere.
. "$(dirname "$0")/common/case.sh"
cd "$files" || exit 1

# Imports answers into a store of their own, on days that do not change.
collect() {
    must survey import "$1" "$2" --store "$temporary/$3.db"
    sqlite3 "$temporary/$3.db" "DELETE FROM day_count; INSERT INTO day_count VALUES
        ('$4-05-02', 'paper', 20), ('$4-05-30', 'paper', (SELECT count(*) - 20 FROM response))"
}

collect first.yaml first.csv first 2023
collect second.yaml second.csv second 2024
one=$temporary/first.db two=$temporary/second.db

# --- the texts ---

must analysis compare "$one" "$two" -o "$temporary/en" --no-charts --language en --notice 'Made-up answers'
must analysis compare "$one" "$two" -o "$temporary/fr" --no-charts --link code
must analysis compare "$one" "$two" -o "$temporary/same" --same-people --language en --interval wilson \
    --confidence 0.9 --adjust bh --format md --no-charts
for folder in en fr same; do
    compare "$temporary/$folder/comparison.md" "$folder.md"
    compare "$temporary/$folder/comparison.csv" "$folder.csv"
done
for folder in en fr; do
    page "$temporary/$folder/comparison.html" >"$temporary/page"
    compare "$temporary/page" "$folder.html"
    compare "$temporary/$folder/comparison.json" "$folder.json"
done
check 'only the formats asked for are written' test ! -e "$temporary/same/comparison.html"

# --- the same answers, the same bytes ---

collect first.yaml first.csv again 2023
must analysis compare "$temporary/again.db" "$two" -o "$temporary/fr2" --no-charts --link code
check 'the same answers in another store give the same bytes' diff -r "$temporary/fr" "$temporary/fr2"
must analysis compare "$two" "$one" -o "$temporary/back" --no-charts --link code --language fr
check 'the other way around is the mirror image' test \
    "$(awk -F, '$11 != "" && $4 == "(favourable)" {printf "%.6f ", -$11}' "$temporary/fr/comparison.csv")" = \
    "$(awk -F, '$11 != "" && $4 == "(favourable)" {printf "%.6f ", $11}' "$temporary/back/comparison.csv")"

# --- with the chart: the same again, byte for byte ---

must analysis compare "$one" "$two" -o "$temporary/chart" --link code
must analysis compare "$temporary/again.db" "$two" -o "$temporary/chart2" --link code
check 'the same data gives the same chart' diff -r "$temporary/chart" "$temporary/chart2"
check 'the chart is in the page' grep -q 'src="data:image/svg+xml;base64,' "$temporary/chart/comparison.html"
check 'the chart is linked' grep -q '](charts/canteen-favourable.svg)' "$temporary/chart/comparison.md"
check 'the chart is there' test -s "$temporary/chart/charts/canteen-favourable.svg"
check 'and tells its figures' grep -q '→ 90' "$temporary/chart/charts/canteen-favourable.svg"

# --- questionnaire files stand for their default stores ---

mkdir -p "$temporary/house/results/canteen-2023" "$temporary/house/results/canteen-2024"
cp "$one" "$temporary/house/results/canteen-2023/answers.db"
cp "$two" "$temporary/house/results/canteen-2024/answers.db"
cp first.yaml second.yaml "$temporary/house"
(cd "$temporary/house" && export SURVEY_STORE="$one" && run analysis compare first.yaml second.yaml --no-charts --link code)
check 'the default places give the same' diff -r "$temporary/fr" "$temporary/house/results/canteen-2024/comparison"
check 'and the place is told' grep -qx 'The comparison is in results/canteen-2024/comparison/comparison.html' "$temporary/said"

# --- nobody's code is written anywhere ---

tail -n +2 second.csv | cut -d, -f1 | tr -d ' ' | grep . >"$temporary/codes"
check 'there are codes' test "$(wc -l <"$temporary/codes")" -ge 50
written() { grep -riFf "$temporary/codes" "$temporary/fr" "$temporary/en" "$temporary/same" "$temporary/chart"; }
check 'no output has a code' ends 1 written

# --- what is said, and that nothing is touched ---

cp -r "$temporary/fr" "$temporary/kept"

try() {
    echo "\$ analysis compare $*" | mask
    run analysis compare "$@"
    cat "$temporary/said"
    diff -r "$temporary/kept" "$temporary/fr" >/dev/null || echo 'THE FILES ARE NOT AS THEY WERE'
}

# A wave of few people, of whom three have their code in the first wave; one without responses; another survey's.
{ head -n 1 second.csv; grep -iE '^ *(PAU15-59|LIS29-29|PAU12-41)' second.csv; sed -n '2,7s/^[^,]*/nobody/p' second.csv; } >"$temporary/few.csv"
collect second.yaml "$temporary/few.csv" few 2024
head -n 1 second.csv >"$temporary/none.csv"
must survey import second.yaml "$temporary/none.csv" --store "$temporary/none.db"
printf 'questionnaire: tree\nlanguages: [en]\ntitle: Trees\nprivacy: Made up.\npages:\n  - questions:\n      - {id: height, type: number, text: Height}\n' >"$temporary/tree.yaml"
printf 'height\n12\n' >"$temporary/tree.csv"
must survey import "$temporary/tree.yaml" "$temporary/tree.csv" --store "$temporary/tree.db"
cp "$one" "$temporary/copy.db"
sqlite3 "$temporary/other.db" 'CREATE TABLE mine (x)'
echo 'no folder' >"$temporary/log"
: >"$temporary/empty.db"
for wave in first second; do
    cp "$temporary/$wave.db" "$temporary/flat-$wave.db"
    sqlite3 "$temporary/flat-$wave.db" 'PRAGMA journal_mode = DELETE' >/dev/null
done

{
    set -- -o "$temporary/fr"
    try
    try "$one" "$@"
    try "$one" "$two" "$two" "$@"
    try "$one" "$two" "$@" --store x.db
    try "$one" "$two" "$@" --language de
    try "$one" "$two" "$@" --confidence 95
    try "$one" "$two" "$@" --interval wald
    try "$one" "$two" "$@" --adjust fdr
    try "$one" "$two" "$@" --minimum-cell 0
    try "$one" "$two" "$@" --format rtf
    try "$one" "$two" -o ''
    try "$one" "$one" "$@"
    try "$one" "$temporary/copy.db" "$@"
    try "$one" "$temporary/missing.db" "$@"
    try "$one" "$temporary/other.db" "$@"
    try "$temporary/empty.db" "$two" "$@"
    try "$one" "$temporary" "$@"
    try "$one" first.csv "$@"
    try "$one" second.yaml "$@"
    try "$one" "$temporary/none.db" "$@"
    try "$temporary/tree.db" "$two" "$@"
    try "$one" "$two" "$@" --link cod
    try "$one" "$two" "$@" --link role
    try "$one" "$two" "$@" --link canteen_days
    try "$one" "$temporary/few.db" "$@" --link code
    try "$one" "$two" -o "$temporary/log"
    (path=/nonexistent && try "$one" "$two" "$@")
    # A disk that is full: no file may be larger than 10 KiB, and so the stores keep no log.
    (trap '' XFSZ && ulimit -f 20 && try "$temporary/flat-first.db" "$temporary/flat-second.db" "$@" --no-charts)
    sqlite3 "$temporary/again.db" "UPDATE questionnaire SET source = 'questionnaire: broken'"
    try "$temporary/again.db" "$two" "$@"
} >"$temporary/messages" 2>&1
compare "$temporary/messages" messages.expected

# --- while personal links are open ---

printf 'name,email\nA,a@example.org\nB,b@example.org\n' >"$temporary/roster.csv"
must survey invite second.yaml "$temporary/roster.csv" --store "$two"
check 'open links are a failure' ends 1 analysis compare "$one" "$two" -o "$temporary/open"
check 'with the reason' says 'personal links are open'
check 'and nothing is written' test ! -e "$temporary/open"
must analysis compare "$one" "$two" -o "$temporary/open" --before-close
check 'but for --before-close' test -s "$temporary/open/comparison.html"

finish
