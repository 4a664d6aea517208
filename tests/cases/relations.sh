#!/bin/bash
# The reliability of grids and the drivers of outcomes on the command line: what they are refused for, with no file
# touched, and the figures of a small made-up study as they are written, also where too few people answered.
#
#   relations.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   relations.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$(realpath "${BIN:-$here/../../bin}")
accept=${1:-}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
unset SURVEY_STORE
cp "$here"/relations/* "$temporary"
cd "$temporary" || exit 1

compare() {
    if [ "$accept" = --accept ]; then
        cmp -s "$1" "$here/relations/$2" || cp "$1" "$here/relations/$2"
    elif diff -u "$here/relations/$2" "$1"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
}
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
# import STORE PEOPLE: the answers of the first so many.
import() {
    head -n $(($2 + 1)) answers.csv >"$1.csv"
    "$programs/survey" import form.yaml "$1.csv" --store "$1" >log 2>&1 || cat log
}
report() { timeout 60 "$programs/analysis" report "$@" --no-charts; }

import answers.db 96
import some.db 30
import few.db 9
report form.yaml --store answers.db -o one 2>/dev/null
report form.yaml --store answers.db -o two 2>/dev/null

# --- what is said, and that nothing is touched ---

try() {
    echo "\$ analysis report $*"
    report "$@" --store answers.db -o two 2>&1
    echo "exit $?"
    diff -r one two >/dev/null || echo 'THE FILES ARE NOT AS THEY WERE'
}
# Nine scales more: 13 beside an outcome.
{
    cat form.yaml
    for i in 1 2 3 4 5 6 7 8; do
        echo "      - {id: more$i, type: scale, scale: four, text: {en: More, fr: Plus}}"
    done
} >many.yaml
{
    try form.yaml --reliability servise
    try form.yaml --reliability ''
    try form.yaml --reliability clean
    try form.yaml --reliability price
    try form.yaml --reliability note
    try form.yaml --reliability service --reliability again
    try form.yaml --drivers agian
    try form.yaml --drivers ''
    try form.yaml --drivers service
    try form.yaml --drivers note
    try form.yaml --drivers again=
    try form.yaml --drivers again=note
    try form.yaml --drivers again=price,
    try form.yaml --drivers again=price,servce
    try form.yaml --drivers again=service,again
    try form.yaml --drivers price=price
    try many.yaml --drivers again
    try many.yaml --drivers again=service,price,more1,more2,more3,more4,more5,more6,more7,more8
} >messages
compare messages messages.expected

# --- figures ---

# The lines of results.json from a key to the closing of what it opens, to nine digits behind the point: more may
# depend on how a compiler orders sums.
section() { sed -n "/^ *\"$2\": \[\$/,/^ \],*\$/{s/\(\.[0-9]\{9\}\)[0-9]*/\1/g;p}" "$1/results.json"; }
# The part of report.md of how answers go together.
part() { sed -n '/^<a id="relations"><\/a>$/,/^<a id="\(tests\|method\)"><\/a>$/p' "$1/report.md" | sed '1d;$d'; }
asked='--reliability service --drivers again --drivers price=clean,warm'
{
    for language in en fr; do
        echo "# all, in the language $language"
        # shellcheck disable=SC2086
        report form.yaml --store answers.db -o "all-$language" --language $language $asked 2>&1
        part all-$language
    done
    section all-en reliability
    section all-en drivers
    echo '# 30 people: too few for five items'
    report form.yaml --store some.db -o some --language en --drivers again 2>&1
    part some
    section some drivers
    echo '# nine people: hidden'
    report form.yaml --store few.db -o few --language en --reliability service --drivers again=price 2>&1
    part few
    section few reliability
    section few drivers
} >figures
compare figures figures.expected
# The languages differ, the figures do not.
expect 'figures do not depend on the language' diff <(section all-en drivers) <(section all-fr drivers)
expect 'what is not asked for is in no file' test -z "$(grep -rlE '"reliability"|"drivers"|id="relations"' one)"
expect 'one is asked for, the other is not there' test -z "$(section some reliability)"

# --- the same bytes again ---

# shellcheck disable=SC2086
report form.yaml --store answers.db -o again --language en $asked 2>/dev/null
expect 'the same bytes' diff -r all-en again
# shellcheck disable=SC2086
report form.yaml --store answers.db -o again --language en --reliability service $asked 2>/dev/null
expect 'asked for twice, it is told once' diff -r all-en again
report form.yaml --store answers.db -o again --language en --reliability service \
    --drivers again=clean,warm,kind,crowded,price --drivers ' price = clean, warm ' 2>/dev/null
expect 'named in full it is the same' diff -r all-en again
# 70 answered the whole grid, and many more each of its items.
for number in 70 71; do
    report form.yaml --store answers.db -o minimum --language en --reliability service --minimum-cell $number 2>/dev/null
    section minimum reliability >minimum-$number
done
expect 'as many as the minimum are shown' grep -q '^   "n": 70,$' minimum-70
expect 'one fewer than the minimum are hidden' grep -q '^   "n": null,$' minimum-71
expect 'and so is their alpha' grep -q '^   "alpha": null,$' minimum-71

# 13 would never come again. Where the report hides what they answered to another question, with ρ and the totals one
# could solve for it.
tells() { section "$1" drivers | grep -qE '"r_squared": -?[0-9]|"id": "(again|warm)".*"value": -?[0-9]'; }
for minimum in 5 14; do
    report form.yaml --store answers.db -o by-$minimum --language en --minimum-cell $minimum --by again \
        --drivers again=warm 2>/dev/null
    report form.yaml --store answers.db -o turned-$minimum --language en --minimum-cell $minimum --by again \
        --drivers warm=again 2>/dev/null
done
for how in by turned; do
    expect "$how: beside groups that are shown, relations are" tells $how-5
    expect "$how: beside hidden groups, they are not" test "$(tells $how-14 || echo hidden)" = hidden
done
expect 'the method tells of what is shown' grep -q 'importance (LMG) are those of the people' all-en/report.md
expect 'and not where nothing is' test "$(grep -c LMG few/report.md)" = 0

[ "$accept" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
