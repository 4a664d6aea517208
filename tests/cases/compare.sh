#!/bin/sh
# analysis compare on two made-up waves: its Markdown, HTML, JSON and CSV, what it says of wrong arguments and of
# trouble, that no file is touched when anything is wrong, and that people's own codes are written nowhere.
#
#   compare.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   compare.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$(realpath "${BIN:-$here/../../bin}")
accept=${1:-}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
cd "$here/compare" || exit 1
unset SURVEY_STORE

# Compares a text with the expected one.
compare() {
    if [ "$accept" = --accept ]; then
        cmp -s "$1" "$here/compare/$2" || cp "$1" "$here/compare/$2"
    elif diff -u "$here/compare/$2" "$1"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
}

# A check of another kind: what it is about, then the command that must be true.
expect() {
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not so: $what"
    fi
}

# `path` is where the program looks for gnuplot.
run() {
    timeout 60 env "PATH=${path:-$PATH}" "$programs/analysis" compare "$@"
}

# Imports answers into a store of their own, on days that do not change.
collect() {
    "$programs/survey" import "$1" "$2" --store "$temporary/$3.db" 2>"$temporary/log" || { cat "$temporary/log"; exit 1; }
    sqlite3 "$temporary/$3.db" "DELETE FROM day_count; INSERT INTO day_count VALUES
        ('$4-05-02', 'paper', 20), ('$4-05-30', 'paper', (SELECT count(*) - 20 FROM response))"
}

collect first.yaml first.csv first 2023
collect second.yaml second.csv second 2024
one=$temporary/first.db two=$temporary/second.db

# --- the texts ---

run "$one" "$two" -o "$temporary/en" --no-charts --language en --notice 'Made-up answers' 2>/dev/null
run "$one" "$two" -o "$temporary/fr" --no-charts --link code 2>/dev/null
run "$one" "$two" -o "$temporary/same" --same-people --language en --interval wilson --confidence 0.9 --adjust bh \
    --format md --no-charts 2>/dev/null
for folder in en fr same; do
    compare "$temporary/$folder/comparison.md" "$folder.md"
    compare "$temporary/$folder/comparison.csv" "$folder.csv"
done
for folder in en fr; do
    sed '/<style>/,/<\/style>/d' "$temporary/$folder/comparison.html" >"$temporary/page"
    compare "$temporary/page" "$folder.html"
    compare "$temporary/$folder/comparison.json" "$folder.json"
done
expect 'only the formats asked for are written' test ! -e "$temporary/same/comparison.html"

# --- the same answers, the same bytes ---

collect first.yaml first.csv again 2023
run "$temporary/again.db" "$two" -o "$temporary/fr2" --no-charts --link code 2>/dev/null
expect 'the same answers in another store give the same bytes' diff -r "$temporary/fr" "$temporary/fr2"
run "$two" "$one" -o "$temporary/back" --no-charts --link code --language fr 2>/dev/null
expect 'the other way around is the mirror image' test \
    "$(awk -F, '$11 != "" && $4 == "(favourable)" {printf "%.6f ", -$11}' "$temporary/fr/comparison.csv")" = \
    "$(awk -F, '$11 != "" && $4 == "(favourable)" {printf "%.6f ", $11}' "$temporary/back/comparison.csv")"

# --- with the chart: the same again, byte for byte ---

run "$one" "$two" -o "$temporary/chart" --link code 2>"$temporary/log" || cat "$temporary/log"
run "$temporary/again.db" "$two" -o "$temporary/chart2" --link code 2>"$temporary/log" || cat "$temporary/log"
expect 'the same data gives the same chart' diff -r "$temporary/chart" "$temporary/chart2"
expect 'the chart is in the page' grep -q 'src="data:image/svg+xml;base64,' "$temporary/chart/comparison.html"
expect 'the chart is linked' grep -q '](charts/canteen-favourable.svg)' "$temporary/chart/comparison.md"
expect 'the chart is there' test -s "$temporary/chart/charts/canteen-favourable.svg"
expect 'and tells its figures' grep -q '→ 90' "$temporary/chart/charts/canteen-favourable.svg"

# --- questionnaire files stand for their default stores ---

mkdir -p "$temporary/house/results/canteen-2023" "$temporary/house/results/canteen-2024"
cp "$one" "$temporary/house/results/canteen-2023/answers.db"
cp "$two" "$temporary/house/results/canteen-2024/answers.db"
cp first.yaml second.yaml "$temporary/house"
(cd "$temporary/house" && SURVEY_STORE=$one run first.yaml second.yaml --no-charts --link code 2>"$temporary/log")
expect 'the default places give the same' diff -r "$temporary/fr" "$temporary/house/results/canteen-2024/comparison"
expect 'and the place is told' grep -qx 'The comparison is in results/canteen-2024/comparison/comparison.html' "$temporary/log"

# --- nobody's code is written anywhere ---

tail -n +2 second.csv | cut -d, -f1 | tr -d ' ' | grep . >"$temporary/codes"
expect 'there are codes' test "$(wc -l <"$temporary/codes")" -ge 50
expect 'no output has a code' sh -c "! grep -riFf '$temporary/codes' '$temporary/fr' '$temporary/en' '$temporary/same' '$temporary/chart'"

# --- what is said, and that nothing is touched ---

cp -r "$temporary/fr" "$temporary/kept"

try() {
    echo "\$ analysis compare $*" | sed "s#$temporary#TMP#g"
    run "$@" >"$temporary/said" 2>&1
    status=$?
    sed "s#$temporary#TMP#g" "$temporary/said"
    echo "exit $status"
    diff -r "$temporary/kept" "$temporary/fr" >/dev/null || echo 'THE FILES ARE NOT AS THEY WERE'
}

# A wave of few people, of whom three have their code in the first wave; one without responses; another survey's.
{ head -n 1 second.csv; grep -iE '^ *(PAU15-59|LIS29-29|PAU12-41)' second.csv; sed -n '2,7s/^[^,]*/nobody/p' second.csv; } >"$temporary/few.csv"
collect second.yaml "$temporary/few.csv" few 2024
head -n 1 second.csv >"$temporary/none.csv"
"$programs/survey" import second.yaml "$temporary/none.csv" --store "$temporary/none.db" 2>"$temporary/log"
printf 'questionnaire: tree\nlanguages: [en]\ntitle: Trees\nprivacy: Made up.\npages:\n  - questions:\n      - {id: height, type: number, text: Height}\n' >"$temporary/tree.yaml"
printf 'height\n12\n' >"$temporary/tree.csv"
"$programs/survey" import "$temporary/tree.yaml" "$temporary/tree.csv" --store "$temporary/tree.db" 2>"$temporary/log"
cp "$one" "$temporary/copy.db"
sqlite3 "$temporary/other.db" 'CREATE TABLE mine (x)'
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
"$programs/survey" invite second.yaml "$temporary/roster.csv" --store "$two" >/dev/null 2>"$temporary/log" || cat "$temporary/log"
run "$one" "$two" -o "$temporary/open" 2>"$temporary/log"
expect 'open links are a failure' test $? = 1
expect 'with the reason' grep -q 'personal links are open' "$temporary/log"
expect 'and nothing is written' test ! -e "$temporary/open"
run "$one" "$two" -o "$temporary/open" --before-close 2>"$temporary/log"
expect 'but for --before-close' test -s "$temporary/open/comparison.html"

[ "$accept" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
