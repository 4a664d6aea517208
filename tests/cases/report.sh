#!/bin/sh
# analysis report on a small made-up study: its Markdown and HTML, what it says of wrong arguments and of trouble,
# and that no file is touched when anything is wrong.
#
#   report.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   report.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$(realpath "${BIN:-$here/../../bin}")
accept=${1:-}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
cd "$here/report" || exit 1
unset SURVEY_STORE

# Compares a text with the expected one.
compare() {
    if [ "$accept" = --accept ]; then
        cmp -s "$1" "$here/report/$2" || cp "$1" "$here/report/$2"
    elif diff -u "$here/report/$2" "$1"; then
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
report() {
    timeout 60 env "PATH=${path:-$PATH}" "$programs/analysis" report "$@"
}

# --- the study, collected on days that do not change ---

store=$temporary/answers.db
"$programs/survey" import small.yaml small.csv --store "$store" 2>"$temporary/log" || { cat "$temporary/log"; exit 1; }
sqlite3 "$store" "DELETE FROM day_count;
    INSERT INTO day_count VALUES ('2024-03-01', 'web', 12), ('2024-03-04', 'paper', 9), ('2024-03-04', 'web', 7)"

# --- the texts ---

report small.yaml --store "$store" -o "$temporary/fr" --no-charts --notice 'Réponses inventées' 2>/dev/null
report small.yaml --store "$store" -o "$temporary/en" --no-charts --language en --by taste --interval wilson \
    --confidence 0.9 --minimum-cell 3 --where 'role = parent or staff_meal answered' 2>/dev/null
for language in fr en; do
    compare "$temporary/$language/report.md" "small.$language.md"
    sed '/<style>/,/<\/style>/d' "$temporary/$language/report.html" >"$temporary/page"
    compare "$temporary/page" "small.$language.html"
done

# --- with charts: the same again, byte for byte ---

report small.yaml --store "$store" -o "$temporary/one" 2>"$temporary/log" || cat "$temporary/log"
report small.yaml --store "$store" -o "$temporary/two" 2>"$temporary/log" || cat "$temporary/log"
expect 'the same data gives the same bytes' diff -r "$temporary/one" "$temporary/two"
expect 'the charts are in the page' grep -q 'src="data:image/svg+xml;base64,' "$temporary/one/report.html"
links=$(sed -n 's/^!\[.*\](\(charts\/.*\))$/\1/p' "$temporary/one/report.md")
expect 'the charts are linked' test -n "$links"
for link in $links; do
    expect "$link is there" test -s "$temporary/one/$link"
done

# --- two breakdowns crossed ---

report small.yaml --store "$store" -o "$temporary/crossed" --by 'role * channel' --minimum-cell 1 2>"$temporary/log" ||
    cat "$temporary/log"
expect 'a crossed group has both names' grep -q '| Parent × en ligne' "$temporary/crossed/report.md"
expect 'a crossed group has both codes' grep -q '^canteen,taste,role\*channel,parent\*web,' "$temporary/crossed/tables.csv"
expect 'its chart has a plain name' test -s "$temporary/crossed/charts/canteen-by-role-and-channel.svg"
expect 'its chart is in the report' grep -q '(charts/canteen-by-role-and-channel.svg)' "$temporary/crossed/report.md"
expect 'a question is not shown by its own crossing' test ! -e "$temporary/crossed/charts/role-by-role-and-channel.svg"

# --- what is said, and that nothing is touched ---

# Runs the report with the store and the folder of before, and writes down what it says.
try() {
    echo "\$ analysis report $*" | sed "s#$temporary#TMP#g"
    report "$@" >"$temporary/said" 2>&1
    status=$?
    sed "s#$temporary#TMP#g" "$temporary/said"
    echo "exit $status"
    diff -r "$temporary/one" "$temporary/two" >/dev/null || echo 'THE FILES ARE NOT AS THEY WERE'
}

{
    set -- --store "$store" -o "$temporary/two"
    try
    try small.yaml small.yaml "$@"
    try small.yaml "$@" --charts
    try small.yaml "$@" --confidence 95
    try small.yaml "$@" --confidence 1
    try small.yaml "$@" --confidence abc
    try small.yaml "$@" --interval wald
    try small.yaml "$@" --minimum-cell 0
    try small.yaml "$@" --minimum-cell 2.5
    try small.yaml "$@" --likert sideways
    try small.yaml "$@" --format rtf
    try small.yaml "$@" --format html,
    try small.yaml "$@" --format ''
    try small.yaml "$@" --format docx --reference small.yaml
    try small.yaml "$@" --format docx --reference gone.docx
    try small.yaml "$@" --format docx --reference gone.odt
    try small.yaml "$@" --reference gone.docx
    try small.yaml "$@" --notice ''
    try small.yaml "$@" --notice "two
lines"
    try small.yaml "$@" --notice "$(printf '\351')"
    try small.yaml "$@" --notice "$(head -c 201 /dev/zero | tr '\0' x)"
    try small.yaml "$@" --language de
    try small.yaml "$@" --by rol
    try small.yaml "$@" --by 'role*chanel'
    try small.yaml "$@" --by 'days*role'
    try small.yaml "$@" --by comment
    try small.yaml "$@" --by canteen
    try small.yaml "$@" --where 'role = parents'
    try small.yaml "$@" --where 'role ='
    try small.yaml "$@" --where "$(printf 'role = \377')"
    try small.yaml --store '' -o "$temporary/two"
    try small.yaml --store "$store" -o ''
    try missing.yaml "$@"
    try small.csv "$@"
    try small.yaml --store "$temporary/none.db" -o "$temporary/two"
    try small.yaml --store small.csv -o "$temporary/two"
    try ../../../questionnaires/accueil.yaml "$@"
    try small.yaml --store "$store" -o "$temporary/log"
    (path=/nonexistent && try small.yaml "$@")
    # A disk that is full: no file may be larger than 50 KiB.
    (trap '' XFSZ && ulimit -f 100 && try small.yaml "$@" --no-charts)
    echo 'mine' >"$temporary/two/report.md" && echo 'mine' >"$temporary/one/report.md"
    try small.yaml "$@"
    rm "$temporary/two/.bilan" "$temporary/one/.bilan"
    try small.yaml "$@" --format html --no-charts
} >"$temporary/messages" 2>&1
compare "$temporary/messages" messages.expected

# --- a folder of somebody else's ---

mkdir "$temporary/locked"
chmod 555 "$temporary/locked"
if [ "$(id -u)" = 0 ]; then # root may write everywhere
    chmod 755 "$temporary"
    cp "$programs/analysis" small.yaml "$store" "$temporary/locked"
    chmod 644 "$temporary/locked/answers.db"
    run="setpriv --reuid=65534 --regid=65534 --clear-groups $temporary/locked/analysis"
else
    run=$programs/analysis
    cp small.yaml "$temporary"
fi
$run report "$temporary/locked/small.yaml" --store "$temporary/locked/answers.db" -o "$temporary/locked/out" \
    2>"$temporary/log"
expect 'a folder that cannot be written is a failure' test $? = 1
expect 'and it is named' grep -q 'locked/out: Permission denied' "$temporary/log"

# --- two reports at once ---

rm -rf "$temporary/two"
report small.yaml --store "$store" -o "$temporary/two" --no-charts --language en 2>/dev/null &
report small.yaml --store "$store" -o "$temporary/two" --no-charts --language fr 2>/dev/null
wait
language=$(sed -n 's/.*<html lang="\(..\)">.*/\1/p' "$temporary/two/report.html")
report small.yaml --store "$store" -o "$temporary/alone" --no-charts --language "$language" 2>/dev/null
expect 'two reports at once do not mix' diff -r "$temporary/alone" "$temporary/two"

# --- killed while it draws, then once more ---

mkdir "$temporary/slow"
printf '#!/bin/sh\nexec /bin/sleep 3\n' >"$temporary/slow/gnuplot"
chmod 755 "$temporary/slow/gnuplot"
PATH=$temporary/slow "$programs/analysis" report small.yaml --store "$store" -o "$temporary/killed" 2>/dev/null &
killed=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.2
    leftover=$(find "$temporary/killed" -name '.bilan-*' 2>/dev/null)
    [ -z "$leftover" ] || break
done
kill -KILL "$killed"
wait "$killed" 2>/dev/null
expect 'a run that was killed leaves its files hidden' test -n "$leftover"
report small.yaml --store "$store" -o "$temporary/killed" --no-charts 2>/dev/null
expect 'the next run removes them' test -z "$(find "$temporary/killed" -name '.bilan-*')"
expect 'and makes its report' test -s "$temporary/killed/report.html"

[ "$accept" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
