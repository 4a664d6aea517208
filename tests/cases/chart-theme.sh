#!/bin/sh
# How charts look, and what is done once only: what is said of a theme with mistakes; that every chart follows a
# theme, on the same 16 cm; the table that each chart has; that charts which have not changed are taken over from the
# report before, without gnuplot, unless anything they depend on has changed.
. "$(dirname "$0")/common/case.sh"
store=$temporary/answers.db

report() {
    analysis report "$here/chart/kinds.yaml" --store "$store" "$@"
}

must survey import "$here/chart/kinds.yaml" "$here/chart/kinds.csv" --store "$store"
sqlite3 "$store" "DELETE FROM day_count;
    INSERT INTO day_count VALUES ('2024-02-27', 'web', 12), ('2024-03-01', 'paper', 9), ('2024-03-01', 'web', 7)"

# --- themes with mistakes: which font stands in is this machine's business ---

cp "$files"/*.yaml .
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
check 'a theme with mistakes leaves nothing' test ! -e never

# --- a theme, in scripts and pictures ---

must report -o plain
must report -o themed --chart-theme "$root/questionnaires/print.theme"
compare themed/charts/method.gp method.gp
ls plain/charts >plain_names
ls themed/charts >themed_names
check 'a theme changes no chart but how it looks' diff plain_names themed_names
other=
for table in plain/charts/*.csv; do
    cmp -s "$table" "themed/charts/$(basename "$table")" || other="$other $table"
done
check 'tables know no theme' same "$other" ''
left=$(grep -liE 'background "white"|1F2328|5F666D|0F3D6B|6FA3D0|9CC3E6|C9DCEC|DDE1E5' themed/charts/*.gp)
check 'no script has a colour of the default theme' same "$left" ''
other=
for picture in themed/charts/*.png; do
    [ "$(od -An -tu1 -j16 -N4 "$picture" | tr -s ' ')" = ' 0 0 7 98' ] || other="$other $picture"
done
for picture in themed/charts/*.svg; do
    rsvg-convert -o picture.png "$picture" && grep -q '^<svg role="img" .*width="16.00cm"' "$picture" ||
        other="$other $picture"
done
check 'pictures have 16 cm with any theme' same "$other" ''
mkdir again
cp themed/charts/*.gp themed/charts/*.dat again
(cd again && LC_ALL=C.UTF-8 gnuplot --default-settings ./*.gp) >log 2>&1
check 'gnuplot has nothing to say' same "$(cat log)" ''
run analysis compare "$store" "$store" -o waves --chart-theme mistakes.yaml
check 'a comparison reads a theme, too, after its waves' says 'both waves are the store'

# --- tables ---

for table in method method-by-role news-by-role often-by-role meetings hours hours-by-role joined hopes hopes-by-role \
    responses-by-day response-rate; do
    echo "== $table.csv"
    cat "plain/charts/$table.csv"
done >tables
compare tables tables.expected
must report -o english --language en
compare english/charts/method-by-role.csv method-by-role.en.csv

# --- charts that have not changed ---

mkdir counted
program=$(command -v gnuplot)
printf '#!/bin/sh\necho "$@" >>"%s"\nexec "%s" "$@"\n' "$temporary/started" "$program" >counted/gnuplot
chmod 755 counted/gnuplot
# Reports with a gnuplot that writes down what it draws; gives how many charts that were.
drawn() {
    rm -f started
    path=$temporary/counted:$PATH
    ends 0 report -o kept "$@" >&2
    path=
    if [ -e started ]; then
        tr ' ' '\n' <started | grep -c '\.gp$'
    else
        echo none
    fi
}
all=$(ls plain/charts/*.gp | wc -l)
check 'the first report draws all' same "$(drawn)" "$all"
check 'these are the pictures that a report alone draws' diff -r plain/charts kept/charts
cp -a kept/charts first
check 'the second report draws none' same "$(drawn)" none
check 'it has the same pictures' diff -r first kept/charts
rm kept/charts/method.pdf
check 'a picture that is gone is drawn again, it alone' same "$(drawn)" 1
check 'it is the same' diff -r first kept/charts
check 'another theme draws all' same "$(drawn --chart-theme "$root/questionnaires/print.theme")" "$all"
check 'without it all are drawn again' same "$(drawn)" "$all"
touch -d '2001-02-03' counted/gnuplot
check 'another gnuplot draws all' same "$(drawn)" "$all"
sed -n 2p kept/.bilan | cut -d ' ' -f 1-3 >line
check 'the list tells what drew' grep -q 'Pictures drawn with' line
sed -i 's/^Pictures drawn with .*/Pictures drawn with something-else/' kept/.bilan
check 'pictures of somebody else are drawn again' same "$(drawn)" "$all"
sed -i '/^Pictures drawn with/d' kept/.bilan
check 'a list without it is read' same "$(drawn)" "$all"
sqlite3 "$store" "UPDATE response SET hours = hours + 1 WHERE hours IS NOT NULL"
few=$(drawn)
check 'of new answers to one question, its charts are drawn, no others' test "$few" -gt 0 -a "$few" -lt 6
echo '<!-- mine -->' >>kept/charts/method.svg
cp kept/charts/method.svg mine.svg
path=$temporary/counted:$PATH
run report -o kept
check 'what somebody drew on is not taken for ours' says 'method.svg was not written by Bilan, or was changed'
check 'it stays as it is' cmp mine.svg kept/charts/method.svg

finish
