#!/bin/sh
# The charts of a made-up study with every kind of question: their scripts, data and words, compared with the
# complete text expected; that gnuplot draws them without a word, from the folder alone, as the program did; that no
# text of a questionnaire is ever a command; that pictures have the promised sizes; what is said when gnuplot fails.
. "$(dirname "$0")/common/case.sh"
store=$temporary/answers.db

report() {
    analysis report "$files/kinds.yaml" --store "$store" "$@"
}

must survey import "$files/kinds.yaml" "$files/kinds.csv" --store "$store"
sqlite3 "$store" "DELETE FROM day_count;
    INSERT INTO day_count VALUES ('2024-02-27', 'web', 12), ('2024-03-01', 'paper', 9), ('2024-03-01', 'web', 7)"

# --- scripts, data and words ---

must report -o fr --notice 'Réponses inventées'
must report -o en --language en --likert diverging
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
(cd fr/charts && ls *.gp) >names
(cd "$files/fr" && ls *.gp) >expected_names
check 'all expected charts are drawn' diff expected_names names

# --- drawn again, from the folder alone ---

mkdir again
cp fr/charts/*.gp fr/charts/*.dat again
(cd again && LC_ALL=C.UTF-8 gnuplot --default-settings ./*.gp) >messages 2>&1
check 'gnuplot has nothing to say' same "$(cat messages)" ''
other=
for picture in again/*.png; do
    cmp -s "$picture" "fr/charts/$(basename "$picture")" || other="$other $picture"
done
check 'the scripts draw the same pictures' same "$other" ''
# What is broken out of a text would be made here.
check 'no text is a command' same "$(find . "$files" -name 'HARM*')" ''

# --- whose settings do not matter ---

mkdir home
printf 'set title "mine"\nset terminal dumb\n' >home/.gnuplot
must env HOME="$temporary/home" GNUTERM=dumb GNUPLOT_LIB=/nonexistent LC_ALL=fr_FR.UTF-8 TZ=Asia/Tokyo \
    "$BIN/analysis" report "$files/kinds.yaml" --store "$store" -o mine --notice 'Réponses inventées'
check 'the settings of who draws do not matter' diff -r fr/charts mine/charts

# --- the pictures ---

other=
for picture in fr/charts/*.png; do
    [ "$(od -An -tu1 -j16 -N4 "$picture" | tr -s ' ')" = ' 0 0 7 98' ] || other="$other $picture"
done
check 'every PNG is 1890 pixels wide' same "$other" ''
other=
for picture in fr/charts/*.pdf; do
    pdfinfo "$picture" | grep -q '^Page size: *453[0-9.]* x ' || other="$other $picture"
done
check 'every PDF is 16 cm wide' same "$other" ''
pdftotext fr/charts/method.pdf method.txt
check 'a PDF holds text' has 'La méthode' method.txt
other=
for picture in fr/charts/*.svg en/charts/*.svg; do
    rsvg-convert -o picture.png "$picture" && grep -q '^<svg role="img" .*width="16.00cm"' "$picture" ||
        other="$other $picture"
done
check 'every SVG can be drawn, and is 16 cm wide' same "$other" ''
repeated=$(sed -n 's/.* id=["'\'']\([^"'\'']*\)["'\''].*/\1/p' fr/charts/*.svg | sort | uniq -d)
check 'no id is in two pictures' same "$repeated" ''

# --- what is hidden stays hidden: a text line has three fields, a line of figures more ---

told=$(grep -hP '^[^#]*\t[^\t]*\t[^\t]*\t.*"Animation"' fr/charts/*-by-role.dat)
check 'a hidden group has no figures in the data' same "$told" ''

# --- when gnuplot fails ---

mkdir fake
# Runs the report with a gnuplot that does this.
fake() {
    printf '#!/bin/sh\n%s\n' "$1" >fake/gnuplot
    chmod 755 fake/gnuplot
    path=$temporary/fake:$PATH
    report -o failed 2>&1
    echo "exit $?"
    path=
    [ ! -e failed ] || find failed -type f
}
{
    fake 'echo >&2; echo "plot nothing" >&2; echo "     ^" >&2; echo "line 3: undefined variable: nothing" >&2; exit 1'
    fake 'exit 3'
    fake 'kill -SEGV $$'
    fake 'exit 0'
    printf 'no program' >fake/gnuplot
    path=$temporary/fake
    report -o failed 2>&1
    echo "exit $?"
    path=
} | mask | sed 's#/\.bilan-[^/]*#/.bilan-…#' >messages
compare messages messages.expected

finish
