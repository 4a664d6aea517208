#!/bin/sh
# The form on paper, as its readers meet it: every box stands where the geometry says, empty, and nothing is over
# another or outside of the frame; scanners read the code of every page; the words of two forms are compared with
# paper/*.expected; the same form comes out each time, but for the sheets' numbers; what cannot be printed, or
# written, is refused.
. "$(dirname "$0")/common/case.sh"
forgive_fontconfig
types=$root/tests/questionnaires/all-types.yaml

form() { survey paper "$@" --store "$temporary/answers.db"; }
# refused STATUS WORDS OPTION…: no form is printed, and that is why.
refused() {
    refusal=$1 why=$2
    shift 2
    ends "$refusal" form "$@" && says "$why"
}

# The words of a form, without its sheet's number.
words() { pdftotext -layout "$1" - | sed -E 's/(Sheet|Feuille) [0-9]{4} [0-9]{4}/\1 0000 0000/'; }

# Draws the pages and looks at them by the geometry.
look() {
    rm -f page-*
    pdftoppm -r 100 -gray "$1.pdf" page && python3 "$files/look.py" "$1.json" page-*.pgm
}

# --- what is printed ---

python3 "$files/edge.py" >edge.yaml
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
    words $printed.pdf >words
    compare words $printed.expected
done

# --- codes ---

survey paper "$types" -o copies.pdf --copies 3 --store answers.db >/dev/null
pdftoppm -r 100 -gray -png copies.pdf sheet
zbarimg -q --raw sheet-*.png >codes 2>/dev/null
version=$(version_of copies)
check 'a code on each page of each copy' same "$(wc -l <codes)" "$(pdfinfo copies.pdf | awk '/^Pages/ {print $2}')"
check 'it names questionnaire, version, language and page' same \
    "$(awk '{print $1, $2, $3, $4, $6}' codes | sort | uniq -c | awk '{$1 = $1; print}')" \
    "$(printf '3 BILAN1 all-types %s en 1\n3 BILAN1 all-types %s en 2' "$version" "$version")"
check 'each copy has a number of its own' same "$(awk '{print $5}' codes | sort -u | wc -l)" 3
check 'both of its pages bear it' same "$(awk '{print $5}' codes | sort | uniq -c | awk '{print $1}' | sort -u)" 2
check 'it is printed beside the code' same "$(pdftotext copies.pdf - | sed -n 's/.*Sheet \([0-9]*\) \([0-9]*\).*/\1\2/p' | sort)" \
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
check 'and the words' same "$(words types.pdf | sha256sum)" "$(words again.pdf | sha256sum)"
pdftoppm -r 50 -gray -x 0 -y 90 -W 414 -H 500 types.pdf one && pdftoppm -r 50 -gray -x 0 -y 90 -W 414 -H 500 again.pdf two
check 'and the pages below their codes' sh -c 'cat one-* | sha256sum >a; cat two-* | sha256sum >b; cmp a b'
check 'its day is always the same' same "$(pdfinfo -isodates types.pdf | sed -n 's/CreationDate: *//p')" 2000-01-01T00:00:00Z
sed 's/Your service/Your own service/' "$types" >reworded.yaml
form reworded.yaml -o reworded.pdf >/dev/null
check 'another wording is another version' [ "$(version_of types)" != "$(version_of reworded)" ]

# --- what is refused, and leaves no trace ---

mkdir none full
check 'a language that the questionnaire has not' refused 2 'but in: en, fr' "$types" -o none/x.pdf --language de
for copies in 0 -1 x 1.5 10001 99999999999999999999; do
    check "$copies copies" refused 2 '--copies is a number from 1 to 10000' "$types" -o none/x.pdf --copies "$copies"
done
check 'a name that is none of a PDF' refused 2 'its name ends with ".pdf"' "$types" -o none/x
check 'a folder that is not there' refused 1 'No such file' "$types" -o nowhere/x.pdf
mkdir none/folder.pdf
check 'a folder of that name' refused 1 'it is a folder' "$types" -o none/folder.pdf
rmdir none/folder.pdf
echo 'my notes' >full/notes.pdf
check 'another file in its place' refused 1 'is no PDF' "$types" -o full/notes.pdf
check 'which is as it was' same "$(cat full/notes.pdf)" 'my notes'
rm full/*
echo '{"mine": 1}' >full/form.json
check 'another file in the place of the geometry' refused 1 "is no form's geometry" "$types" -o full/form.pdf
check 'and no form without it' same "$(ls full)" form.json
{
    printf 'questionnaire: ranks\nlanguages: [en]\ntitle: Made up\npages:\n  - questions:\n      - id: r\n        type: ranking\n'
    printf '        text: Rank\n        options:\n'
    for i in $(seq 40); do printf '          - {code: o%d, text: Object %d}\n' "$i" "$i"; done
} >ranks.yaml
check 'a ranking of forty' refused 1 '"r" ranks 40 options' ranks.yaml -o none/x.pdf
check 'a questionnaire with a mistake' refused 1 'error:' "$here/check/nothing.yaml" -o none/x.pdf
check 'nothing was written' same "$(ls none)" ''
check 'a full disk' sh -c "trap '' XFSZ; ulimit -f 8; ! '$BIN/survey' paper '$types' -o none/x.pdf --store none/answers.db 2>said &&
    grep -q 'File too large' said"
check 'leaves no half of a form' sh -c '! ls none | grep -q pdf'

finish
