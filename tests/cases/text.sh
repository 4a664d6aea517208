#!/bin/sh
# analysis report --text and analysis holes on a small made-up study: the filled text, claims that hold and that do
# not, every mistake a text can have, and that what is wrong leaves the files as they were.
. "$(dirname "$0")/common/case.sh"
cd "$files" || exit 1
study=../report/small.yaml
store=$temporary/answers.db
must survey import $study ../report/small.csv --store "$store"
sqlite3 "$store" "DELETE FROM day_count; INSERT INTO day_count VALUES ('2024-03-01', 'web', 12), ('2024-03-04', 'paper', 16)"

# Makes the report of a text and writes down what it says.
try() {
    echo "\$ analysis report $*" | mask
    run analysis report $study --store "$store" -o "$temporary/out" --no-charts "$@"
    cat "$temporary/said"
}

# --- a text ---

try --text small.report.md >"$temporary/messages"
compare "$temporary/out/report.md" small.expected.md
try --text small.report.md --strict >>"$temporary/messages"
cp -r "$temporary/out" "$temporary/before"
check 'a claim that does not hold is marked in the page' \
    grep -q '<mark>Tout le monde <strong>ou presque</strong> les aime</mark>' "$temporary/out/report.html"
sed 's/{{claim rate taste > 99,5 %}}/{{claim rate taste > 1 %}}/' small.report.md >"$temporary/true.md"
check 'a text whose claims hold is fine with --strict' ends 0 \
    analysis report $study --store "$store" -o "$temporary/fine" --no-charts --strict --text "$temporary/true.md"
check 'and marks nothing' lacks '<mark>' "$temporary/fine/report.html"

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
check 'a wrong text leaves the report as it was' diff -r "$temporary/before" "$temporary/out"

# --- holes ---

must analysis holes $study --store "$store" taste
compare "$temporary/said" holes.expected
analysis holes $study --store "$store" 2>/dev/null | sed -n 's/^\({{.*}}\)\t.*/\1/p' | grep -v '^{{\(themes\|quotes\) ' |
    sed 's/^{{[a-z]*/{{if not shown rate taste}}\n\n&/; s/$/\n\n{{end}}/' >"$temporary/holes.md"
check 'all holes can be used' ends 0 \
    analysis report $study --store "$store" -o "$temporary/holes-out" --no-charts --text "$temporary/holes.md"
check 'a question that is not there is wrong usage' ends 2 analysis holes $study --store "$store" nothing

finish
