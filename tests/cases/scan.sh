#!/bin/sh
# Scanned paper sheets, from the printed form to the store: whatever the file is, however it lies; what is not sure
# waits for a person; a sheet counts once; and what is no page of this form is refused with its reason, in bounded
# memory, without stopping the others. How well marks are read is measured in tests/scan. BIN names the folder of the
# programs. Prints what is wrong, and `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
BIN=$(realpath "${BIN:-$root/bin}")
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
has() { grep -qF -- "$1" said || { cat said; return 1; }; }

# scan STATUS FILE…: of the sheets of all-types; what it says is in `said`.
scan() {
    wanted=$1
    shift
    "$BIN/survey" scan "$types" "$@" --store answers.db >said 2>&1
    got=$?
    [ $got = "$wanted" ] && ! grep -q 'runtime error\|Sanitizer' said || { echo "exit $got"; cat said; return 1; }
}
query() { sqlite3 -readonly answers.db "$1"; }
responses() { query 'SELECT count(*) FROM response'; }
cross() { python3 "$here/scan/cross.py" "$@"; }

# --- sheets of made-up people ---

"$BIN/survey" paper "$types" -o form.pdf --copies 6 --language en --store answers.db >/dev/null
pdftoppm -r 150 -gray -png form.pdf blank
sheet() { zbarimg -q --raw "$1" 2>/dev/null | cut -d' ' -f5; }
answers_of() { # of page 1 and 2 of a copy: answers that fit together
    cross form.json 1 "blank-$(printf %02d $((2 * $1 - 1))).png" "$1-1.png" service:works tasks:welcome tasks:files overall:4 \
        method_pace:3 method_tools:no_opinion
    cross form.json 2 "blank-$(printf %02d $((2 * $1))).png" "$1-2.png" priorities:tools:1 priorities:time:2 safety:yes
}
for copy in 1 2 3; do answers_of $copy; done
first=$(sheet 1-1.png) second=$(sheet 2-1.png) third=$(sheet 3-1.png)

check 'two pages make a sheet' scan 0 1-1.png 1-2.png
check 'which is told' has '1 complete'
check 'it is a response on paper' is "$(query 'SELECT channel, language, sheet, service, tasks_welcome, tasks_files, tasks_lead, overall, method_pace, method_tools, missing, priorities, safety FROM response')" \
    "paper|en|$first|works|1|1|0|4|3||method_tools=no_opinion|tools time|yes"
check 'the same again is refused' scan 1 1-1.png 1-2.png
check 'with the reason' has "page 1 of sheet $first was taken in before"
check 'and counts once' is "$(responses)" 1
convert 2-1.png -rotate 183 -quality 60 2-1.jpg
check 'a page alone, upside down and aslant, as a JPEG' scan 0 2-1.jpg
check 'what is missing is named' has "sheet $second: page 2 of 2 is missing"
check 'nothing is stored yet' is "$(responses)" 1
convert 2-2.png 3-1.png 3-2.png -compress zip rest.tiff
check 'several pages in one TIFF' scan 0 rest.tiff
check 'are two sheets more' is "$(responses)" 3
check 'with the same answers' is "$(query 'SELECT count(DISTINCT service || tasks_files || overall || priorities) FROM response')" 1

# --- what waits for a person ---

cross form.json 1 blank-07.png 4-1.png service:desk service:school overall:4
cross form.json 2 blank-08.png 4-2.png priorities:tools:1
for page in 4-1 4-2; do
    printf '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm"><image width="100%%" height="100%%" href="%s"/></svg>' \
        "data:image/png;base64,$(base64 -w 0 $page.png)" >$page.svg
done
rsvg-convert --unlimited -f pdf 4-1.svg 4-2.svg -o 4.pdf
fourth=$(sheet 4-1.png)
check 'two answers where one may be, in a PDF' scan 0 4.pdf
check 'wait for a person' has '1 queued for review'
check 'with question and reason' is "$(query "SELECT sheet, name, reason FROM paper_review")" "$fourth|service|several"
check 'and a picture' is "$(query "SELECT hex(substr(picture, 1, 4)) FROM paper_review")" 89504E47
check 'the sheet is not stored meanwhile' is "$(query "SELECT count(*) FROM response WHERE sheet = $fourth")" 0
check 'removed, it is gone' "$BIN/survey" remove "$types" --sheet "$fourth" --store answers.db
check 'with its pictures' is "$(query "SELECT count(*) FROM paper_review")$(query "SELECT count(*) FROM paper_page WHERE sheet = $fourth")" 00
check 'and can come again' scan 0 4.pdf
check 'a stored sheet is removed' "$BIN/survey" remove "$types" --sheet "$third" --store answers.db
check 'from the responses' is "$(responses)" 2
check 'and scanned anew' scan 0 3-1.png 3-2.png
check 'is there again' is "$(responses)" 3
check 'an empty sheet is none' scan 0 blank-09.png blank-10.png
check 'and said to be' has 'nothing is marked on it'
check 'it is not counted' is "$(responses)" 3

# --- what is no page of this form ---

"$BIN/survey" paper "$root/questionnaires/accueil.yaml" -o other.pdf --store other/answers.db >/dev/null
pdftoppm -r 150 -gray -png other.pdf other
sed 's/Your service/Your own service/' "$types" >older.yaml
"$BIN/survey" paper older.yaml -o older.pdf --language en --store elsewhere/answers.db >/dev/null
pdftoppm -r 150 -gray -png -l 1 older.pdf older
convert -size 1240x1754 xc:white -fill orange -draw 'circle 600,800 600,300' -fill black -draw 'circle 450,700 450,650' cat.jpg
qrencode -o code.png 'https://example.org/' 2>/dev/null || convert -size 500x500 xc:white code.png
head -c 3000 1-1.png >cut.png
head -c 3000 2-1.jpg >cut.jpg
head -c 30000 rest.tiff >cut.tiff
head -c 20000 form.pdf >cut.pdf
: >empty.png
echo hello >text.png
python3 "$here/scan/huge.py" huge.png
convert blank-11.png blank-12.png +append two.png
convert 1-1.png -fill white -draw 'rectangle 970,80 1140,250' codeless.png
convert blank-11.png -crop 1240x900+0+0 +repage half.png
mkfifo pipe.png
check 'many pages that are none, and a good one behind them' scan 1 cut.png cut.jpg cut.tiff cut.pdf empty.png text.png huge.png cat.jpg \
    other-1.png older-1.png two.png codeless.png half.png pipe.png nowhere.png . blank-11.png
while read -r file reason; do
    check "$file: $reason" sh -c "grep -F '$file' said | grep -qF '$reason' || { cat said; exit 1; }"
done <<'END'
cut.png cut short or damaged
cut.jpg cut short or damaged
cut.tiff refused
cut.pdf the file may be damaged
empty.png it is empty
text.png this is no PDF, PNG, JPEG or TIFF
huge.png 30000 × 30000 points
cat.jpg no QR code of a form
other-1.png the questionnaire "accueil"
older-1.png another version
two.png two pages are in the picture
codeless.png no QR code of a form
half.png brackets
pipe.png refused
nowhere.png No such file
.: it is a folder
END
check 'the good one was read' has '1 read'
check 'nothing came of the others' is "$(responses)" 3
check 'with the older form named, its page is read' scan 0 older-1.png --form older.json
check 'a form of another questionnaire cannot be named' scan 1 1-1.png --form other.json
check 'nor what is no form' scan 1 1-1.png --form 1-1.png
printf '{"questionnaire": "all-types", "pages": 1e99}' >bad.json
check 'nor half a form' scan 1 1-1.png --form bad.json
check 'memory stays bounded' python3 - "$BIN/survey" "$types" <<'END'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "scan", sys.argv[2], "huge.png", "rest.tiff", "4.pdf", "--store", "answers.db"], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{used:.0f} MB")
sys.exit(used > 600)
END

# --- two at once ---

"$BIN/survey" paper "$types" -o more.pdf --copies 4 --language en --store answers.db >/dev/null
pdftoppm -r 100 -gray -png more.pdf more
for page in more-?.png; do convert "$page" -resize 150% "$page"; done
for copy in 1 2 3 4; do cross more.json 1 more-$((2 * copy - 1)).png more-$copy-1.png service:desk overall:3; done
for half in 1 2; do
    "$BIN/survey" scan "$types" more-*-1.png more-2.png more-4.png more-6.png more-8.png --store answers.db >said-$half 2>&1 &
done
wait
check 'two that scan the same pages take each once' is "$(query "SELECT count(*), count(DISTINCT sheet) FROM response WHERE overall = 3")" '4|4'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
