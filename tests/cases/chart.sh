#!/bin/sh
# The charts of a made-up study with every kind of question: their scripts, data and words, compared with the
# complete text expected; that gnuplot draws them without a word, from the folder alone, as the program did; that no
# text of a questionnaire is ever a command; that pictures have the promised sizes; what is said when gnuplot fails.
#
#   chart.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   chart.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
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
        cmp -s "$1" "$here/chart/$2" || cp "$1" "$here/chart/$2"
    elif diff -u "$here/chart/$2" "$1"; then
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

cd "$temporary" || exit 1 # what is broken out of a text would be made here
"$programs/survey" import "$here/chart/kinds.yaml" "$here/chart/kinds.csv" --store "$store" 2>log || { cat log; exit 1; }
sqlite3 "$store" "DELETE FROM day_count;
    INSERT INTO day_count VALUES ('2024-02-27', 'web', 12), ('2024-03-01', 'paper', 9), ('2024-03-01', 'web', 7)"

# --- scripts, data and words ---

report -o fr --notice 'Réponses inventées' 2>log || cat log
report -o en --language en --likert diverging 2>log || cat log
mkdir -p "$here/chart/fr" "$here/chart/en"
for script in fr/charts/*.gp; do
    name=$(basename "$script" .gp)
    compare "fr/charts/$name.gp" "fr/$name.gp"
    compare "fr/charts/$name.dat" "fr/$name.dat"
done
for name in method recommend method-by-role joined; do
    compare "en/charts/$name.gp" "en/$name.gp"
    compare "en/charts/$name.dat" "en/$name.dat"
done
for language in fr en; do
    grep -hE '^<(title|desc) ' $language/charts/*.svg >words
    compare words "$language/words"
done
ls fr/charts/*.gp | sed 's/.*\///' >names
(cd "$here/chart/fr" && ls *.gp) >expected_names
expect 'all expected charts are drawn' cmp -s names expected_names

# --- drawn again, from the folder alone ---

mkdir again
cp fr/charts/*.gp fr/charts/*.dat again
(cd again && LC_ALL=C.UTF-8 gnuplot --default-settings ./*.gp) >messages 2>&1
expect 'gnuplot has nothing to say' test ! -s messages
[ ! -s messages ] || head messages
same=yes
for picture in again/*.png; do
    cmp -s "$picture" "fr/charts/$(basename "$picture")" || same=no
done
expect 'the scripts draw the same pictures' test $same = yes
harm=$(find . "$here/chart" -name 'HARM*')
expect 'no text is a command' test -z "$harm"

# --- whose settings do not matter ---

mkdir home
printf 'set title "mine"\nset terminal dumb\n' >home/.gnuplot
HOME=$temporary/home GNUTERM=dumb GNUPLOT_LIB=/nonexistent LC_ALL=fr_FR.UTF-8 TZ=Asia/Tokyo \
    report -o mine --notice 'Réponses inventées' 2>log || cat log
expect 'the settings of who draws do not matter' diff -r fr/charts mine/charts

# --- the pictures ---

wide=yes
for picture in fr/charts/*.png; do
    [ "$(od -An -tu1 -j16 -N4 "$picture" | tr -s ' ')" = ' 0 0 7 98' ] || wide=no
done
expect 'every PNG is 1890 pixels wide' test $wide = yes
page=yes
for picture in fr/charts/*.pdf; do
    pdfinfo "$picture" | grep -q '^Page size: *453[0-9.]* x ' || page=no
done
expect 'every PDF is 16 cm wide' test $page = yes
pdftotext fr/charts/method.pdf - | grep -q 'La méthode'
expect 'a PDF holds text' test $? = 0
drawn=yes
for picture in fr/charts/*.svg en/charts/*.svg; do
    rsvg-convert -o picture.png "$picture" || drawn=no
    grep -q '^<svg role="img" .*width="16.00cm"' "$picture" || drawn=no
done
expect 'every SVG can be drawn, and is 16 cm wide' test $drawn = yes
repeated=$(sed -n 's/.* id=["'\'']\([^"'\'']*\)["'\''].*/\1/p' fr/charts/*.svg | sort | uniq -d)
expect 'no id is in two pictures' test -z "$repeated"

# --- what is hidden stays hidden: a text line has three fields, a line of figures more ---

told=$(grep -hP '^[^#]*\t[^\t]*\t[^\t]*\t.*"Animation"' fr/charts/*-by-role.dat)
expect 'a hidden group has no figures in the data' test -z "$told"

# --- when gnuplot fails ---

mkdir fake
# Runs the report with a gnuplot that does this.
fake() {
    printf '#!/bin/sh\n%s\n' "$1" >fake/gnuplot
    chmod 755 fake/gnuplot
    (PATH="$temporary/fake:$PATH" && report -o failed) 2>&1
    echo "exit $?"
    [ ! -e failed ] || find failed -type f
}
{
    fake 'echo >&2; echo "plot nothing" >&2; echo "     ^" >&2; echo "line 3: undefined variable: nothing" >&2; exit 1'
    fake 'exit 3'
    fake 'kill -SEGV $$'
    fake 'exit 0'
    printf 'no program' >fake/gnuplot
    (PATH="$temporary/fake" && "$programs/analysis" report "$here/chart/kinds.yaml" --store "$store" -o failed) 2>&1
    echo "exit $?"
} | sed "s#$temporary#TMP#g; s#/\.bilan-[^/]*#/.bilan-…#" >messages
compare messages messages.expected

[ "$accept" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
