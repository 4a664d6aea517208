#!/bin/sh
# analysis report on a small made-up study: its Markdown and HTML, what it says of wrong arguments and of trouble,
# and that no file is touched when anything is wrong.
. "$(dirname "$0")/common/case.sh"
cd "$files" || exit 1

# --- the study, collected on days that do not change ---

store=$temporary/answers.db
must survey import small.yaml small.csv --store "$store"
sqlite3 "$store" "DELETE FROM day_count;
    INSERT INTO day_count VALUES ('2024-03-01', 'web', 12), ('2024-03-04', 'paper', 9), ('2024-03-04', 'web', 7)"

# --- the texts ---

must analysis report small.yaml --store "$store" -o "$temporary/fr" --no-charts --notice 'Réponses inventées'
must analysis report small.yaml --store "$store" -o "$temporary/en" --no-charts --language en --by taste --interval wilson \
    --confidence 0.9 --minimum-cell 3 --where 'role = parent or staff_meal answered'
for language in fr en; do
    compare "$temporary/$language/report.md" "small.$language.md"
    page "$temporary/$language/report.html" >"$temporary/page"
    compare "$temporary/page" "small.$language.html"
done

# --- with charts: the same again, byte for byte ---

must analysis report small.yaml --store "$store" -o "$temporary/one"
must analysis report small.yaml --store "$store" -o "$temporary/two"
check 'the same data gives the same bytes' diff -r "$temporary/one" "$temporary/two"
check 'the charts are in the page' grep -q 'src="data:image/svg+xml;base64,' "$temporary/one/report.html"
links=$(sed -n 's/^!\[.*\](\(charts\/.*\))$/\1/p' "$temporary/one/report.md")
check 'the charts are linked' test -n "$links"
for link in $links; do
    check "$link is there" test -s "$temporary/one/$link"
done

# --- two breakdowns crossed ---

must analysis report small.yaml --store "$store" -o "$temporary/crossed" --by 'role * channel' --minimum-cell 1
check 'a crossed group has both names' grep -q '| Parent × en ligne' "$temporary/crossed/report.md"
check 'a crossed group has both codes' grep -q '^canteen,taste,role\*channel,parent\*web,' "$temporary/crossed/tables.csv"
check 'its chart has a plain name' test -s "$temporary/crossed/charts/canteen-by-role-and-channel.svg"
check 'its chart is in the report' grep -q '(charts/canteen-by-role-and-channel.svg)' "$temporary/crossed/report.md"
check 'a question is not shown by its own crossing' test ! -e "$temporary/crossed/charts/role-by-role-and-channel.svg"

# --- what is said, and that nothing is touched ---

# Runs the report with the store and the folder of before, and writes down what it says.
try() {
    echo "\$ analysis report $*" | mask
    run analysis report "$@"
    cat "$temporary/said"
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
    echo 'no folder' >"$temporary/log"
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
cp small.yaml "$store" "$temporary/locked"
chmod 644 "$temporary/locked/answers.db"
chmod 555 "$temporary/locked"
check 'a folder that cannot be written is a failure' ends 1 as_nobody analysis report "$temporary/locked/small.yaml" \
    --store "$temporary/locked/answers.db" -o "$temporary/locked/out"
check 'and it is named' says 'locked/out: Permission denied'

# --- two reports at once ---

rm -rf "$temporary/two"
"$BIN/analysis" report small.yaml --store "$store" -o "$temporary/two" --no-charts --language en 2>/dev/null &
run analysis report small.yaml --store "$store" -o "$temporary/two" --no-charts --language fr
wait
language=$(sed -n 's/.*<html lang="\(..\)">.*/\1/p' "$temporary/two/report.html")
must analysis report small.yaml --store "$store" -o "$temporary/alone" --no-charts --language "$language"
check 'two reports at once do not mix' diff -r "$temporary/alone" "$temporary/two"

# --- killed while it draws, then once more ---

mkdir "$temporary/slow"
printf '#!/bin/sh\nexec /bin/sleep 3\n' >"$temporary/slow/gnuplot"
chmod 755 "$temporary/slow/gnuplot"
PATH=$temporary/slow "$BIN/analysis" report small.yaml --store "$store" -o "$temporary/killed" 2>/dev/null &
killed=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.2
    leftover=$(find "$temporary/killed" -name '.bilan-*' 2>/dev/null)
    [ -z "$leftover" ] || break
done
kill -KILL "$killed"
wait "$killed" 2>/dev/null
check 'a run that was killed leaves its files hidden' test -n "$leftover"
must analysis report small.yaml --store "$store" -o "$temporary/killed" --no-charts
check 'the next run removes them' same "$(find "$temporary/killed" -name '.bilan-*')" ''
check 'and makes its report' test -s "$temporary/killed/report.html"

finish
