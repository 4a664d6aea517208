#!/bin/sh
# How charts look, and what is done once only: what is said of a theme with mistakes; that every chart follows a
# theme, on the same 16 cm; the table that each chart has; that charts which have not changed are taken over from the
# report before, without gnuplot, unless anything they depend on has changed.
#
#   chart-theme.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   chart-theme.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
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
store=$temporary/answers.db

# Compares a text with the expected one.
compare() {
    if [ "$accept" = --accept ]; then
        cmp -s "$1" "$here/chart-theme/$2" || cp "$1" "$here/chart-theme/$2"
    elif diff -u "$here/chart-theme/$2" "$1"; then
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

report() {
    timeout 120 "$programs/analysis" report "$here/chart/kinds.yaml" --store "$store" "$@"
}

cd "$temporary" || exit 1
"$programs/survey" import "$here/chart/kinds.yaml" "$here/chart/kinds.csv" --store "$store" 2>log || { cat log; exit 1; }
sqlite3 "$store" "DELETE FROM day_count;
    INSERT INTO day_count VALUES ('2024-02-27', 'web', 12), ('2024-03-01', 'paper', 9), ('2024-03-01', 'web', 7)"

# --- themes with mistakes: which font stands in is this machine's business ---

cp "$here"/chart-theme/*.yaml .
{
    for theme in mistakes faint ranges syntax alike empty missing; do
        report -o never --chart-theme $theme.yaml 2>&1
        echo "exit $?"
        rm -rf never
    done
    report -o never --chart-theme . 2>&1
    echo "exit $?"
    report -o never --chart-theme '' 2>&1
    echo "exit $?"
} | sed 's/is installed: .* is used/is installed: … is used/' >messages
compare messages messages.expected
expect 'a theme with mistakes leaves nothing' test ! -e never

# --- a theme, in scripts and pictures ---

report -o plain 2>log || cat log
report -o themed --chart-theme "$here/../../questionnaires/print.theme" 2>log || cat log
compare themed/charts/method.gp method.gp
ls plain/charts >plain_names
ls themed/charts >themed_names
expect 'a theme changes no chart but how it looks' cmp -s plain_names themed_names
tables=yes
for table in plain/charts/*.csv; do
    cmp -s "$table" "themed/charts/$(basename "$table")" || tables=no
done
expect 'tables know no theme' test $tables = yes
left=$(grep -liE 'background "white"|1F2328|5F666D|0F3D6B|6FA3D0|9CC3E6|C9DCEC|DDE1E5' themed/charts/*.gp)
expect 'no script has a colour of the default theme' test -z "$left"
wide=yes
for picture in themed/charts/*.png; do
    [ "$(od -An -tu1 -j16 -N4 "$picture" | tr -s ' ')" = ' 0 0 7 98' ] || wide=no
done
for picture in themed/charts/*.svg; do
    rsvg-convert -o picture.png "$picture" && grep -q '^<svg role="img" .*width="16.00cm"' "$picture" || wide=no
done
expect 'pictures have 16 cm with any theme' test $wide = yes
mkdir again
cp themed/charts/*.gp themed/charts/*.dat again
(cd again && LC_ALL=C.UTF-8 gnuplot --default-settings ./*.gp) >log 2>&1
expect 'gnuplot has nothing to say' test ! -s log
"$programs/analysis" compare "$store" "$store" -o waves --chart-theme mistakes.yaml 2>log
expect 'a comparison reads a theme, too, after its waves' grep -q 'both waves are the store' log

# --- tables ---

for table in method method-by-role news-by-role often-by-role meetings hours hours-by-role joined hopes hopes-by-role \
    responses-by-day response-rate; do
    echo "== $table.csv"
    cat "plain/charts/$table.csv"
done >tables
compare tables tables.expected
report -o english --language en 2>log || cat log
compare english/charts/method-by-role.csv method-by-role.en.csv

# --- charts that have not changed ---

mkdir counted
program=$(command -v gnuplot)
printf '#!/bin/sh\necho "$@" >>"%s"\nexec "%s" "$@"\n' "$temporary/started" "$program" >counted/gnuplot
chmod 755 counted/gnuplot
# Reports with a gnuplot that writes down what it draws; gives how many charts that were.
drawn() {
    rm -f started
    (PATH="$temporary/counted:$PATH" && report -o kept "$@") 2>log || cat log >&2
    if [ -e started ]; then
        tr ' ' '\n' <started | grep -c '\.gp$'
    else
        echo none
    fi
}
all=$(ls plain/charts/*.gp | wc -l)
expect 'the first report draws all' test "$(drawn)" = "$all"
expect 'these are the pictures that a report alone draws' diff -r plain/charts kept/charts
cp -a kept/charts first
expect 'the second report draws none' test "$(drawn)" = none
expect 'it has the same pictures' diff -r first kept/charts
rm kept/charts/method.pdf
expect 'a picture that is gone is drawn again, it alone' test "$(drawn)" = 1
expect 'it is the same' diff -r first kept/charts
expect 'another theme draws all' test "$(drawn --chart-theme "$here/../../questionnaires/print.theme")" = "$all"
expect 'without it all are drawn again' test "$(drawn)" = "$all"
touch -d '2001-02-03' counted/gnuplot
expect 'another gnuplot draws all' test "$(drawn)" = "$all"
sed -n 2p kept/.bilan | cut -d ' ' -f 1-3 >line
expect 'the list tells what drew' grep -q 'Pictures drawn with' line
sed -i 's/^Pictures drawn with .*/Pictures drawn with something-else/' kept/.bilan
expect 'pictures of somebody else are drawn again' test "$(drawn)" = "$all"
sed -i '/^Pictures drawn with/d' kept/.bilan
expect 'a list without it is read' test "$(drawn)" = "$all"
sqlite3 "$store" "UPDATE response SET hours = hours + 1 WHERE hours IS NOT NULL"
few=$(drawn)
expect 'of new answers to one question, its charts are drawn, no others' test "$few" -gt 0 -a "$few" -lt 6
echo '<!-- mine -->' >>kept/charts/method.svg
cp kept/charts/method.svg mine.svg
(PATH="$temporary/counted:$PATH" && report -o kept) >log 2>&1
expect 'what somebody drew on is not taken for ours' grep -q 'method.svg was not written by Bilan, or was changed' log
expect 'it stays as it is' cmp -s mine.svg kept/charts/method.svg

[ "$accept" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
