#!/bin/sh
# The form on paper, as its readers meet it: every box stands where the geometry says, empty, and nothing is over
# another or outside of the frame; scanners read the code of every page; the words of two forms are compared with
# paper/*.expected; the same form comes out each time, but for the sheets' numbers; what cannot be printed, or
# written, is refused. BIN names the folder of the programs. Prints what is wrong, and `N passed, N failed`. With
# an argument, writes the expected texts anew instead of comparing them: read the difference.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
BIN=$(realpath "${BIN:-$root/bin}")
update=${1:-}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary" || exit 1
unset SURVEY_STORE
echo 'leak:libfontconfig' >leaks
export LSAN_OPTIONS="suppressions=$temporary/leaks:print_suppressions=0"
passed=0 failed=0
types=$root/tests/questionnaires/all-types.yaml

# check NAME COMMAND…: what must be true.
check() {
    name=$1
    shift
    if "$@" >log 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $name"
        head -n 40 log
    fi
}
is() { [ "$1" = "$2" ] || { printf 'is:     %s\nwanted: %s\n' "$1" "$2"; return 1; }; }
form() { "$BIN/survey" paper "$@" --store "$temporary/answers.db"; }
# refused WORDS OPTION…: the command fails and says so.
refused() {
    words=$1
    shift
    form "$@" >said 2>&1 && return 1
    cat said
    grep -qF -- "$words" said && ! grep -q 'runtime error\|Sanitizer' said
}

# The words of a form, without its sheet's number.
words() { pdftotext -layout "$1" - | sed -E 's/(Sheet|Feuille) [0-9]{4} [0-9]{4}/\1 0000 0000/'; }
expected() {
    words "$1" >said
    [ -z "$update" ] || cp said "$here/paper/$2.expected"
    diff -u "$here/paper/$2.expected" said
}

# Draws the pages and looks at them by the geometry.
look() {
    rm -f page-*
    pdftoppm -r 100 -gray "$1.pdf" page && python3 "$here/paper/look.py" "$1.json" page-*.pgm
}

# --- what is printed ---

python3 "$here/paper/edge.py" >edge.yaml
check 'a form is printed' form "$types" -o types.pdf --language en
check 'in French' form "$root/questionnaires/dip-2013.yaml" -o dip.pdf
check 'at the edges of a page' form edge.yaml -o edge.pdf
check 'with a short one' form "$root/questionnaires/accueil.yaml" -o accueil.pdf --language en
version_of() { sed -n 's/.*"version": "\(.*\)".*/\1/p' "$1.json"; }
language_of() { sed -n 's/.*"language": "\(.*\)".*/\1/p' "$1.json"; }
for printed in types dip edge accueil; do
    check "$printed: everything is where the geometry says" look $printed
    check "$printed: the geometry lies beside the store" cmp $printed.json \
        "paper/$(version_of $printed)-$(language_of $printed).json"
    check "$printed: all fonts are in the file" sh -c "! pdffonts $printed.pdf | tail -n +3 | awk '{print \$(NF-4)}' | grep -qv yes"
    check "$printed: it is tagged" sh -c "pdfinfo $printed.pdf | grep -q 'Tagged: *yes'"
done
for printed in types dip edge; do
    check "$printed: says what it asks" expected $printed.pdf $printed
done

# --- codes ---

"$BIN/survey" paper "$types" -o copies.pdf --copies 3 --store answers.db >/dev/null
pdftoppm -r 100 -gray -png copies.pdf sheet
zbarimg -q --raw sheet-*.png >codes 2>/dev/null
version=$(version_of copies)
check 'a code on each page of each copy' is "$(wc -l <codes)" "$(pdfinfo copies.pdf | awk '/^Pages/ {print $2}')"
check 'it names questionnaire, version, language and page' is \
    "$(awk '{print $1, $2, $3, $4, $6}' codes | sort | uniq -c | awk '{$1 = $1; print}')" \
    "$(printf '3 BILAN1 all-types %s en 1\n3 BILAN1 all-types %s en 2' "$version" "$version")"
check 'each copy has a number of its own' is "$(awk '{print $5}' codes | sort -u | wc -l)" 3
check 'both of its pages bear it' is "$(awk '{print $5}' codes | sort | uniq -c | awk '{print $1}' | sort -u)" 2
check 'it is printed beside the code' is "$(pdftotext copies.pdf - | sed -n 's/.*Sheet \([0-9]*\) \([0-9]*\).*/\1\2/p' | sort)" \
    "$(awk '{print $5}' codes | sort)"
# H. M. Damm's scheme, with the table of his thesis: a sound number comes to 0.
cat >damm.py <<'END'
import sys
table = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
         "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"]
for line in sys.stdin:
    interim = 0
    for digit in line.strip():
        interim = int(table[interim][int(digit)])
    assert interim == 0 and len(line.strip()) == 8, line
END
check 'a slip in it is noticed' sh -c "awk '{print \$5}' codes | python3 damm.py"

# --- the same again ---

form "$types" -o again.pdf --language en >/dev/null
check 'the geometry is the same' cmp types.json again.json
check 'and the words' is "$(words types.pdf | sha256sum)" "$(words again.pdf | sha256sum)"
pdftoppm -r 50 -gray -x 0 -y 90 -W 414 -H 500 types.pdf one && pdftoppm -r 50 -gray -x 0 -y 90 -W 414 -H 500 again.pdf two
check 'and the pages below their codes' sh -c 'cat one-* | sha256sum >a; cat two-* | sha256sum >b; cmp a b'
check 'its day is always the same' is "$(pdfinfo -isodates types.pdf | sed -n 's/CreationDate: *//p')" 2000-01-01T00:00:00Z
sed 's/Your service/Your own service/' "$types" >reworded.yaml
form reworded.yaml -o reworded.pdf >/dev/null
check 'another wording is another version' [ "$(version_of types)" != "$(version_of reworded)" ]

# --- what is refused, and leaves no trace ---

mkdir none full
check 'a language that the questionnaire has not' refused 'but in: en, fr' "$types" -o none/x.pdf --language de
for copies in 0 -1 x 1.5 10001 99999999999999999999; do
    check "$copies copies" refused '--copies is a number from 1 to 10000' "$types" -o none/x.pdf --copies "$copies"
done
check 'a name that is none of a PDF' refused 'its name ends with ".pdf"' "$types" -o none/x
check 'a folder that is not there' refused 'No such file' "$types" -o nowhere/x.pdf
mkdir none/folder.pdf
check 'a folder of that name' refused 'it is a folder' "$types" -o none/folder.pdf
rmdir none/folder.pdf
echo 'my notes' >full/notes.pdf
check 'another file in its place' refused 'is no PDF' "$types" -o full/notes.pdf
check 'which is as it was' is "$(cat full/notes.pdf)" 'my notes'
rm full/*
echo '{"mine": 1}' >full/form.json
check 'another file in the place of the geometry' refused "is no form's geometry" "$types" -o full/form.pdf
check 'and no form without it' is "$(ls full)" form.json
{
    printf 'questionnaire: ranks\nlanguages: [en]\ntitle: Made up\npages:\n  - questions:\n      - id: r\n        type: ranking\n'
    printf '        text: Rank\n        options:\n'
    for i in $(seq 40); do printf '          - {code: o%d, text: Object %d}\n' "$i" "$i"; done
} >ranks.yaml
check 'a ranking of forty' refused '"r" ranks 40 options' ranks.yaml -o none/x.pdf
check 'a questionnaire with a mistake' refused 'error:' "$here/check/nothing.yaml" -o none/x.pdf
check 'nothing was written' is "$(ls none)" ''
check 'a full disk' sh -c "trap '' XFSZ; ulimit -f 8; ! '$BIN/survey' paper '$types' -o none/x.pdf --store none/answers.db 2>said &&
    grep -q 'File too large' said"
check 'leaves no half of a form' sh -c '! ls none | grep -q pdf'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
