#!/bin/sh
# analysis report --text and analysis holes on a small made-up study: the filled text, claims that hold and that do
# not, every mistake a text can have, and that what is wrong leaves the files as they were.
#
#   text.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   text.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$(realpath "${BIN:-$here/../../bin}")
accept=${1:-}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
cd "$here/text" || exit 1
unset SURVEY_STORE
study=../report/small.yaml

compare() {
    if [ "$accept" = --accept ]; then
        cmp -s "$1" "$2" || cp "$1" "$2"
    elif diff -u "$2" "$1"; then
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

analysis() {
    timeout 60 "$programs/analysis" "$@"
}

store=$temporary/answers.db
"$programs/survey" import $study ../report/small.csv --store "$store" 2>"$temporary/log" || { cat "$temporary/log"; exit 1; }
sqlite3 "$store" "DELETE FROM day_count; INSERT INTO day_count VALUES ('2024-03-01', 'web', 12), ('2024-03-04', 'paper', 16)"

# Makes the report of a text and writes down what it says.
try() {
    echo "\$ analysis report $*" | sed "s#$temporary#TMP#g"
    analysis report $study --store "$store" -o "$temporary/out" --no-charts "$@" >"$temporary/said" 2>&1
    status=$?
    sed "s#$temporary#TMP#g" "$temporary/said"
    echo "exit $status"
}

# --- a text ---

try --text small.report.md >"$temporary/messages"
compare "$temporary/out/report.md" small.expected.md
try --text small.report.md --strict >>"$temporary/messages"
cp -r "$temporary/out" "$temporary/before"
expect 'a claim that does not hold is marked in the page' \
    grep -q '<mark>Tout le monde <strong>ou presque</strong> les aime</mark>' "$temporary/out/report.html"
sed 's/{{claim rate taste > 99,5 %}}/{{claim rate taste > 1 %}}/' small.report.md >"$temporary/true.md"
expect 'a text whose claims hold is fine with --strict' \
    analysis report $study --store "$store" -o "$temporary/fine" --no-charts --strict --text "$temporary/true.md" 2>/dev/null
expect 'and marks nothing' sh -c "! grep -q '<mark>' '$temporary/fine/report.html'"

# --- mistakes ---

{
    try --text bad.report.md
    printf 'Le taux : {{rate taste}}, {{rate taste in role:staff}}.\n' >"$temporary/hidden.md"
    try --text "$temporary/hidden.md" --minimum-cell 25
    printf '{{if shown rate taste in role:staff}}\n{{rate taste in role:staff}}\n{{else}}\nTrop peu.\n{{end}}\n' >"$temporary/shown.md"
    try --text "$temporary/shown.md" --minimum-cell 25
    printf '{{chart tast}}\n\n[x](http://a/{{rate taste}})\n\n#### Profond\n\n##### Plus\n\n###### Encore\n\n{{part questions}}\n' >"$temporary/charts.md"
    try --text "$temporary/charts.md"
    try --text small.report.md --language en
    try --text "$temporary/none.md"
    try --text /dev/zero
    try --text ''
    printf 'caf\351' >"$temporary/latin.md"
    try --text "$temporary/latin.md"
    head -c 1100000 /dev/zero | tr '\0' 'x' >"$temporary/huge.md"
    try --text "$temporary/huge.md"
    awk 'BEGIN { for (i = 0; i < 200; i++) printf "> "; print "x" }' >"$temporary/deep.md"
    try --text "$temporary/deep.md"
    awk 'BEGIN { for (i = 0; i < 34; i++) print "{{if rate taste > 5}}" }' >"$temporary/open.md"
    try --text "$temporary/open.md"
    awk 'BEGIN { printf "{{claim "; for (i = 0; i < 40; i++) printf "("; print "rate taste > 5}}x{{end}}" }' >"$temporary/brackets.md"
    try --text "$temporary/brackets.md"
} >>"$temporary/messages"
compare "$temporary/messages" messages.expected

# --- nothing is touched by a text that is wrong ---

try --text small.report.md >/dev/null
try --text bad.report.md >/dev/null
expect 'a wrong text leaves the report as it was' diff -r "$temporary/before" "$temporary/out"

# --- holes ---

analysis holes $study --store "$store" taste >"$temporary/holes" 2>"$temporary/log" || cat "$temporary/log"
compare "$temporary/holes" holes.expected
analysis holes $study --store "$store" >"$temporary/all" 2>/dev/null
expect 'all holes can be used' sh -c "
    sed -n 's/^\({{.*}}\)\t.*/\1/p' '$temporary/all' | grep -v '^{{\(themes\|quotes\) ' |
        sed 's/^{{[a-z]*/{{if not shown rate taste}}\n\n&/; s/\$/\n\n{{end}}/' >'$temporary/holes.md'
    '$programs/analysis' report $study --store '$store' -o '$temporary/holes-out' --no-charts --text '$temporary/holes.md'"
expect 'a question that is not there is wrong usage' sh -c "
    '$programs/analysis' holes $study --store '$store' nothing 2>/dev/null; test \$? = 2"

[ "$accept" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
