#!/bin/sh
# Letters of invitation, read as their readers do: scanners read every QR code, and it is the link that the page
# says and that the mail-merge file has; so is the code for typing; every name is on its own letter, in the
# window of the envelope; long texts flow, nothing is cut; odd names and texts; no letters where they cannot be
# written. All people are made up.
. "$(dirname "$0")/common/case.sh"
forgive_fontconfig
types=$root/tests/questionnaires/all-types.yaml
address=https://enquete.ville-exemple.example/

# invite NAME ROSTER OPTION…: NAME.pdf and NAME.csv, in a store of its own.
invite() {
    name=$1 roster=$2
    shift 2
    survey invite "${questionnaire:-$types}" "$roster" --store "$name.db" --public-url "$address" \
        -o "$name.csv" --letters "${letters:-$name.pdf}" "$@"
}

# The pages of a file as one line each: what ends a line is taken out (a link may be broken over lines), and
# the marks of direction and the blanks that do not break are as typed.
pages() {
    pdftotext "$1" - | sed -e 's/\xe2\x80[\xaa-\xae]//g' -e 's/\xc2\xa0/ /g' | tr -d '\n' | tr '\f' '\n'
}
# As `pages`, with a blank for an end of line.
words() {
    pdftotext "$1" - | sed -e 's/\xe2\x80[\xaa-\xae]//g' -e 's/\xc2\xa0/ /g' | tr -s ' \n' ' ' | tr '\f' '\n'
}
column() { sqlite3 -cmd '.mode csv' -cmd ".import $1 people" :memory: -cmd '.mode list' "select $2 from people"; }

# What scanners see, page by page, on an office printer's copy in grey.
scan() {
    rm -f sheet-*
    pdftoppm -r 100 -gray -png "$1" sheet && zbarimg -q --raw sheet-*.png 2>/dev/null
}

# Every line of FILE on its own line of the pages: the n-th on the n-th and on no other.
one_each() {
    awk -v pages="$2" '{ line[NR] = $0 } END {
        while ((getline page < pages) > 0) {
            n++
            for (i = 1; i <= NR; i++)
                if ((index(page, line[i]) > 0) != (i == n)) { print "page " n ", line " i ": " line[i]; bad = 1 }
        }
        if (n != NR) { print n " pages, " NR " lines"; bad = 1 }
        exit bad
    }' "$1"
}

# --- 140 people, in two languages ---

awk 'BEGIN {
    print "name,email,language,service"
    split("desk works school", service, " ")
    for (i = 1; i <= 140; i++)
        printf "Personne Exemple-%03d,p%03d@ville-exemple.example,%s,%s\n", i, i, i % 2 ? "fr" : "en", service[i % 3 + 1]
}' >roster.csv
check 'letters for 140 people' invite town roster.csv
column town.csv link >links
column town.csv code >codes
column town.csv name >names
pages town.pdf >town.pages
words town.pdf >town.words
check '140 links' same "$(sort -u links | wc -l)" 140
check 'one page each' same "$(pdfinfo town.pdf | sed -n 's/^Pages: *//p')" 140
scan town.pdf >scanned
check 'every QR code is the link of the mail-merge file' diff links scanned
check 'the link is on its page as text' one_each links town.pages
check 'the code is on its page' one_each codes town.pages
check 'the name is on its page and on no other' one_each names town.words
pdfinfo -url town.pdf | sed -n 's/.*Annotation *//p' | grep "/r/" >clicked
check 'the link can be clicked' diff links clicked
check 'the address for the code is on every page' same "$(grep -c "${address}[^r]" town.pages)" 140
check 'French and English' same "$(grep -c 'Personne.*Ville d’Exemple\|Ville d’Exemple.*Personne' town.words)" 70
check 'readable by nobody else' same "$(stat -c %a town.pdf town.csv | tr '\n' ' ')" '600 600 '
pdfinfo town.pdf >information
check 'tagged for screen readers' grep -q 'Tagged: *yes' information
pdfinfo -struct town.pdf >structure 2>/dev/null
check 'a heading on every letter' same "$(grep -c ' H1 ' structure)" 140
check 'no day in the file' same "$(TZ=UTC pdfinfo town.pdf | sed -n 's/^CreationDate: *//p' | cut -c1-10)" 'Sat Jan  1'
cp town.pdf first.pdf
check 'letters once more' invite town roster.csv
check 'the same people, the same bytes' cmp first.pdf town.pdf
check 'nothing left beside it' same "$(echo town.pdf*)" town.pdf

# At 127 dots an inch a millimetre is 5. The QR code alone is quite black; text is a very dark grey.
pdftoppm -r 127 -gray -f 1 -l 1 town.pdf large
size=$(head -n 2 large-*.pgm | sed -n 2p)
tail -c $((${size% *} * ${size#* })) large-*.pgm | od -An -v -tu1 -w${size% *} | awk '
    { for (i = 1; i <= NF; i++) if ($i == 0) { if (!top) top = NR; bottom = NR; if (!left || i < left) left = i
                                              if (i > right) right = i }
      row[NR] = $0 }
    END {
        if (right - left < 149 || bottom - top < 149) { print "only " right - left " by " bottom - top; bad = 1 }
        for (y = top - 17; y <= bottom + 17; y++) {
            split(row[y], pixel, " ")
            for (x = left - 17; x <= right + 17; x++)
                if ((x < left - 1 || x > right + 1 || y < top - 1 || y > bottom + 1) && pixel[x] < 250) bad = 1
        }
        exit bad
    }' >measured
check 'the QR code is 30 mm or more, and nothing is near it' same "$? $(cat measured)" '0 '
check 'the QR code is read when copied small' same "$(
    pdftoppm -r 60 -gray -f 1 -l 1 -png town.pdf small && zbarimg -q --raw small-*.png 2>/dev/null)" "$(head -n 1 links)"

# The window of a French envelope: from 100 mm (283.5 points) and 50 mm (141.7) on, 35 mm high.
pdftotext -bbox town.pdf - | grep '>Personne<' | tr '"' ' ' >window
check 'the name stands in the window' same "$(awk '$3 > 283 && $3 < 290 && $5 > 141 && $9 < 240' window | wc -l)" 140

# --- long texts ---

{
    echo '# Votre avis {{title}}'
    i=0
    while [ $i -lt 40 ]; do
        i=$((i + 1))
        printf '\n## Titre%02d\n\nDébut%02d d’un paragraphe **important** et *nuancé*, qui dit assez de choses pour passer' $i $i
        printf ' plus d’une fois à la ligne, et qui ne sera coupé nulle part ailleurs qu’entre ses mots. Fin%02d.\n' $i
        printf '\n- Puce%02d\n\n%d. Nombre%02d\n' $i $i $i
    done
    printf '\nPour répondre : {{link}}\n'
} >long.md
head -n 2 roster.csv >one.csv
check 'a long text' invite long one.csv --text long.md
pages long.pdf >long.pages
count=$(pdfinfo long.pdf | sed -n 's/^Pages: *//p')
check 'several pages' [ "$count" -gt 2 ]
check 'each has its number' same "$(pdftotext long.pdf - | grep -cE "^[1-9]/$count\$")" "$count"
check 'each has the name' same "$(grep -c 'Personne Exemple-001' long.pages)" "$count"
check 'nothing is cut' same "$(grep -oE '(Titre|Début|Fin|Puce|Nombre)[0-9]{2}' long.pages | sort -u | wc -l)" 200
check 'nothing is said twice' same "$(grep -oE '(Titre|Début|Fin|Puce|Nombre)[0-9]{2}' long.pages | wc -l)" 200
check 'one QR code, on the last page' same "$(scan long.pdf) $(zbarimg -q --raw sheet-*"$count".png 2>/dev/null)" \
    "$(column long.csv "link || ' ' || link")"
tail -n 1 long.pages >last-page
check 'the code on the same page' has "$(column long.csv code)" last-page

# --- odd names and texts ---

long_name=$(awk 'BEGIN { for (i = 1; i <= 20; i++) printf "%sExemple%02d", (i > 1 ? " " : ""), i; print "s" }')
word=$(awk 'BEGIN { for (i = 0; i < 200; i++) printf "%c", 97 + i % 26 }')
cat >odd-people.csv <<END
name,email,language,service
$long_name,a@ville-exemple.example,fr,desk
$word,b@ville-exemple.example,fr,desk
محمد بن مثال,c@ville-exemple.example,fr,desk
Zoë 😀 Exemple,d@ville-exemple.example,en,desk
"Exemple, dite ""l’Exemple"" & <b>fils</b>",e@ville-exemple.example,en,desk
Łucja Žižková-Ðorđević,f@ville-exemple.example,en,desk
Αλέξης Παράδειγμα,g@ville-exemple.example,en,desk
END
printf '# Court\n\nBonjour 🗳️ {{name}},\n\nvoici {{link}}.\n' >short.md
sed '/^organisation:/d' "$types" >anonymous.yaml
questionnaire=anonymous.yaml
check 'odd names, and no organisation' invite odd odd-people.csv --text short.md
unset questionnaire
column odd.csv link >links
check 'odd names: every QR code' same "$(scan odd.pdf)" "$(cat links)"
words odd.pdf >odd.words
pages odd.pdf >odd.pages
# on_page NUMBER TEXT
on_page() {
    sed -n "$1p" odd.words >on-page
    has "$2" on-page
}
check 'a name of 200 characters' on_page 1 "$long_name"
check 'a name that is one long word' on_page 2 abcdefghijklmnopqrstuvwxyz
check 'an Arabic name' on_page 3 'محمد بن مثال'
check 'a picture in a name' on_page 4 'Zoë 😀 Exemple'
check 'a name with signs' on_page 5 'Exemple, dite "l’Exemple" & <b>fils</b>'
check 'a Slavic name' on_page 6 'Łucja Žižková-Ðorđević'
check 'a Greek name' on_page 7 'Αλέξης Παράδειγμα'
check 'no organisation' ends 1 grep 'Example\|Ville' odd.words

# The word is put together again from its lines, at whose ends are hyphens.
check 'nothing of the long word is cut' same "$(pages odd.pdf | sed -n 2p | tr -d '‐-' | grep -cF "$word")" 1

# --- where no letters can be written ---

letters=missing/letters.pdf
check 'a folder that is missing' ends 1 invite missing one.csv
check 'says so' says 'cannot write missing/letters.pdf: No such file or directory'
mkdir folder
letters=folder
check 'a folder in the place' ends 1 invite folder one.csv
check 'says so' says 'cannot write folder: it is a folder'
echo before >notes.txt
letters=notes.txt
check 'a file of another kind in the place' ends 1 invite text one.csv
check 'says so' says 'notes.txt is there already and is no PDF'
check 'is left as it was' same "$(cat notes.txt)" before
echo '%PDF-before' >full.pdf
check 'a disk that is full' ends 1 sh -c 'ulimit -f 2400; trap "" XFSZ
    exec "$0" invite "$1" roster.csv --store town.db --public-url "$2" --letters full.pdf' "$BIN/survey" "$types" "$address"
check 'says so' says 'cannot write full.pdf: File too large'
check 'what was there is there' same "$(cat full.pdf)" '%PDF-before'
check 'nothing is left beside it' same "$(echo full.pdf*)" full.pdf

finish
