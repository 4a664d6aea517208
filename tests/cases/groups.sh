#!/bin/bash
# Weights, tests between groups and waves on the command line: what they are refused for, with no file touched, and
# the figures of a small made-up study as they are written.
. "$(dirname "$0")/common/case.sh"
cp "$files"/* .

# import FORM STORE [ANSWERS]
import() { must survey import "$1" "${3:-answers.csv}" --store "$2"; }
report() { analysis report "$@" --no-charts; }

import form.yaml answers.db
must report form.yaml --store answers.db -o one
must report form.yaml --store answers.db -o two

# --- what is said, and that nothing is touched ---

try() {
    echo "\$ analysis report $*"
    run report "$@" -o two
    tail -n 7 said
    diff -r one two >/dev/null || echo 'THE FILES ARE NOT AS THEY WERE'
}
# other FORM SED…: the form with other sizes, and a store of it with the same answers.
other() {
    form=$1
    shift
    sed "$@" form.yaml >"$form.yaml"
    import "$form.yaml" "$form.db"
}
other few -e 's/size: 120/size: 60/' -e 's/role: {.*/role: {reader: 30, lender: 20, friend: 10}/' \
    -e 's/channel: {.*/channel: {web: 40, paper: 20}/'
other bare -e '/^population:/,/channel:/d'
other empty -e 's/friend: 20/friend: 15, guest: 5/' -e 's/{code: friend, text: Friend}/{code: friend, text: Friend}, {code: guest, text: Guest}/'
other full -e 's/reader: 60, lender: 40, friend: 20/reader: 90, lender: 20, friend: 10/'
# All readers answered on the web and all others on paper, whereas there are more of them than that.
other split -e 's/web: 80, paper: 40/web: 30, paper: 90/'
awk -F, -v OFS=, 'NR > 1 { $7 = $1 == "reader" ? "web" : "paper" } { print }' answers.csv >split.csv
rm -f split.db && import split.yaml split.db split.csv
{
    try form.yaml --store answers.db --weight rol
    try form.yaml --store answers.db --weight liked
    try bare.yaml --store bare.db --weight role
    try few.yaml --store few.db --weight role
    try empty.yaml --store empty.db --weight role
    try split.yaml --store split.db --weight role --weight channel
    try form.yaml --store answers.db --adjust bonferroni
    try form.yaml --store answers.db --test means
    try form.yaml --store answers.db --by note
    try form.yaml --store answers.db --by 'role*role'
    try form.yaml --store answers.db --by 'role*'
    try form.yaml --store answers.db --by 'role*channel*liked'
    try form.yaml --store answers.db --where 'role = raeder'
    try form.yaml --store answers.db --reliability liked
    try form.yaml --store answers.db --drivers note
    try form.yaml --store answers.db --drivers liked=liked
} >messages
compare messages messages.expected

# --- figures ---

# The lines of results.json from a key to the closing of what it opens.
section() { sed -n "/^ *\"$2\": [[{]\$/,/^ *[]}],*\$/p" "$1/results.json"; }
{
    echo '# weighted to roles'
    report form.yaml --store answers.db -o stratified --weight role 2>&1
    section stratified weighting
    echo '# raked to roles and channels'
    report form.yaml --store answers.db -o raked --weight role --weight channel 2>&1
    section raked weighting
    echo '# with a category over its size'
    report full.yaml --store full.db -o full --weight role 2>&1
    for how in one stratified raked; do
        echo "# $how"
        grep -E '^(liked|hours),[a-z]*,(|role|channel),[a-z]*,\((favourable|mean|p|p_adjusted|effect)\)' $how/tables.csv
    done
} >figures
compare figures figures.expected
for how in stratified raked; do
    check "$how: counts stay those of respondents" diff \
        <(cut -d, -f1-6 one/tables.csv | grep -v '(p\|(effect') <(cut -d, -f1-6 $how/tables.csv | grep -v '(p\|(effect')
done

# --- adjustment, ranks, crossing: the same bytes again ---

for options in '--adjust bh' '--adjust none' '--test ranks' '--by role*channel' '--weight role --by role*channel --where role=reader'; do
    # shellcheck disable=SC2086
    must report form.yaml --store answers.db -o again $options
    # shellcheck disable=SC2086
    must report form.yaml --store answers.db -o once-more $options
    check "$options: the same bytes" diff -r again once-more
done
must report form.yaml --store answers.db -o none --adjust none
check 'unadjusted, nothing is called a difference' grep -q 'none of them is called a difference' none/report.md
check 'adjusted, the difference is named' grep -q 'between Reader (' one/report.md
must report form.yaml --store answers.db -o ranks --test ranks
check 'ranks: Kruskal and Wallis' grep -q 'Kruskal–Wallis' ranks/report.md

finish
