#!/bin/bash
# The reliability of grids and the drivers of outcomes on the command line: what they are refused for, with no file
# touched, and the figures of a small made-up study as they are written, also where too few people answered.
. "$(dirname "$0")/common/case.sh"
cp "$files"/* .

# import STORE PEOPLE: the answers of the first so many.
import() {
    head -n $(($2 + 1)) answers.csv >"$1.csv"
    must survey import form.yaml "$1.csv" --store "$1"
}
report() { analysis report "$@" --no-charts; }

import answers.db 96
import some.db 30
import few.db 9
must report form.yaml --store answers.db -o one
must report form.yaml --store answers.db -o two

# --- what is said, and that nothing is touched ---

try() {
    echo "\$ analysis report $*"
    run report "$@" --store answers.db -o two
    cat said
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
check 'figures do not depend on the language' diff <(section all-en drivers) <(section all-fr drivers)
check 'what is not asked for is in no file' same "$(grep -rlE '"reliability"|"drivers"|id="relations"' one)" ''
check 'one is asked for, the other is not there' same "$(section some reliability)" ''

# --- the same bytes again ---

# shellcheck disable=SC2086
must report form.yaml --store answers.db -o again --language en $asked
check 'the same bytes' diff -r all-en again
# shellcheck disable=SC2086
must report form.yaml --store answers.db -o again --language en --reliability service $asked
check 'asked for twice, it is told once' diff -r all-en again
must report form.yaml --store answers.db -o again --language en --reliability service \
    --drivers again=clean,warm,kind,crowded,price --drivers ' price = clean, warm '
check 'named in full it is the same' diff -r all-en again
# 70 answered the whole grid, and many more each of its items.
for number in 70 71; do
    must report form.yaml --store answers.db -o minimum --language en --reliability service --minimum-cell $number
    section minimum reliability >minimum-$number
done
check 'as many as the minimum are shown' grep -q '^   "n": 70,$' minimum-70
check 'one fewer than the minimum are hidden' grep -q '^   "n": null,$' minimum-71
check 'and so is their alpha' grep -q '^   "alpha": null,$' minimum-71

# 13 would never come again. Where the report hides what they answered to another question, with ρ and the totals one
# could solve for it.
tells() { section "$1" drivers | grep -qE '"r_squared": -?[0-9]|"id": "(again|warm)".*"value": -?[0-9]'; }
for minimum in 5 14; do
    must report form.yaml --store answers.db -o by-$minimum --language en --minimum-cell $minimum --by again \
        --drivers again=warm
    must report form.yaml --store answers.db -o turned-$minimum --language en --minimum-cell $minimum --by again \
        --drivers warm=again
done
for how in by turned; do
    check "$how: beside groups that are shown, relations are" tells $how-5
    check "$how: beside hidden groups, they are not" same "$(tells $how-14 || echo hidden)" hidden
done
check 'the method tells of what is shown' grep -q 'importance (LMG) are those of the people' all-en/report.md
check 'and not where nothing is' same "$(grep -c LMG few/report.md)" 0

finish
