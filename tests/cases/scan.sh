#!/bin/sh
# Scanned paper sheets, from the printed form to the store: whatever the file is, however it lies; what is not sure
# waits for a person; a sheet counts once; and what is no page of this form is refused with its reason, in bounded
# memory, without stopping the others. How well marks are read is measured in tests/scan.
. "$(dirname "$0")/common/case.sh"
forgive_fontconfig
types=$root/tests/questionnaires/all-types.yaml

scan() { survey scan "$types" "$@" --store answers.db; }
remove() { survey remove "$types" --sheet "$1" --store answers.db; }
cross() { python3 "$files/cross.py" "$@"; }

# --- sheets of made-up people ---

must survey paper "$types" -o form.pdf --copies 6 --language en --store answers.db
pdftoppm -r 150 -gray -png form.pdf blank
sheet() { zbarimg -q --raw "$1" 2>/dev/null | cut -d' ' -f5; }
answers_of() { # of page 1 and 2 of a copy: answers that fit together
    cross form.json 1 "blank-$(printf %02d $((2 * $1 - 1))).png" "$1-1.png" service:works tasks:welcome tasks:files overall:4 \
        method_pace:3 method_tools:no_opinion
    cross form.json 2 "blank-$(printf %02d $((2 * $1))).png" "$1-2.png" priorities:tools:1 priorities:time:2 safety:yes
}
for copy in 1 2 3; do answers_of $copy; done
first=$(sheet 1-1.png) second=$(sheet 2-1.png) third=$(sheet 3-1.png)

check 'two pages make a sheet' ends 0 scan 1-1.png 1-2.png
check 'which is told' says '1 complete'
check 'it is a response on paper' same "$(query answers.db 'SELECT channel, language, sheet, service, tasks_welcome, tasks_files, tasks_lead, overall, method_pace, method_tools, missing, priorities, safety FROM response')" \
    "paper|en|$first|works|1|1|0|4|3||method_tools=no_opinion|tools time|yes"
check 'the same again is refused' ends 1 scan 1-1.png 1-2.png
check 'with the reason' says "page 1 of sheet $first was taken in before"
check 'and counts once' same "$(count answers.db)" 1
convert 2-1.png -rotate 183 -quality 60 2-1.jpg
check 'a page alone, upside down and aslant, as a JPEG' ends 0 scan 2-1.jpg
check 'what is missing is named' says "sheet $second: page 2 of 2 is missing"
check 'nothing is stored yet' same "$(count answers.db)" 1
convert 2-2.png 3-1.png 3-2.png -compress zip rest.tiff
check 'several pages in one TIFF' ends 0 scan rest.tiff
check 'are two sheets more' same "$(count answers.db)" 3
check 'with the same answers' same "$(query answers.db 'SELECT count(DISTINCT service || tasks_files || overall || priorities) FROM response')" 1

# --- what waits for a person ---

cross form.json 1 blank-07.png 4-1.png service:desk service:school overall:4
cross form.json 2 blank-08.png 4-2.png priorities:tools:1
for page in 4-1 4-2; do
    printf '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm"><image width="100%%" height="100%%" href="%s"/></svg>' \
        "data:image/png;base64,$(base64 -w 0 $page.png)" >$page.svg
done
rsvg-convert --unlimited -f pdf 4-1.svg 4-2.svg -o 4.pdf
fourth=$(sheet 4-1.png)
check 'two answers where one may be, in a PDF' ends 0 scan 4.pdf
check 'wait for a person' says '1 queued for review'
check 'with question and reason' same "$(query answers.db "SELECT sheet, name, reason FROM paper_review")" "$fourth|service|several"
check 'and a picture' same "$(query answers.db "SELECT hex(substr(picture, 1, 4)) FROM paper_review")" 89504E47
check 'the sheet is not stored meanwhile' same "$(query answers.db "SELECT count(*) FROM response WHERE sheet = $fourth")" 0
check 'removed, it is gone' remove "$fourth"
check 'with its pictures' same "$(query answers.db "SELECT count(*) FROM paper_review")$(query answers.db "SELECT count(*) FROM paper_page WHERE sheet = $fourth")" 00
check 'and can come again' ends 0 scan 4.pdf
check 'a stored sheet is removed' remove "$third"
check 'from the responses' same "$(count answers.db)" 2
check 'and scanned anew' ends 0 scan 3-1.png 3-2.png
check 'is there again' same "$(count answers.db)" 3
check 'an empty sheet is none' ends 0 scan blank-09.png blank-10.png
check 'and said to be' says 'nothing is marked on it'
check 'it is not counted' same "$(count answers.db)" 3

# --- what is no page of this form ---

must survey paper "$root/questionnaires/accueil.yaml" -o other.pdf --store other/answers.db
pdftoppm -r 150 -gray -png other.pdf other
sed 's/Your service/Your own service/' "$types" >older.yaml
must survey paper older.yaml -o older.pdf --language en --store elsewhere/answers.db
pdftoppm -r 150 -gray -png -l 1 older.pdf older
convert -size 1240x1754 xc:white -fill orange -draw 'circle 600,800 600,300' -fill black -draw 'circle 450,700 450,650' cat.jpg
qrencode -o code.png 'https://example.org/' 2>/dev/null || convert -size 500x500 xc:white code.png
head -c 3000 1-1.png >cut.png
head -c 3000 2-1.jpg >cut.jpg
head -c 30000 rest.tiff >cut.tiff
head -c 20000 form.pdf >cut.pdf
: >empty.png
echo hello >text.png
python3 "$files/huge.py" huge.png
convert blank-11.png blank-12.png +append two.png
convert 1-1.png -fill white -draw 'rectangle 970,80 1140,250' codeless.png
convert blank-11.png -crop 1240x900+0+0 +repage half.png
mkfifo pipe.png
check 'many pages that are none, and a good one behind them' ends 1 scan cut.png cut.jpg cut.tiff cut.pdf empty.png text.png huge.png cat.jpg \
    other-1.png older-1.png two.png codeless.png half.png pipe.png nowhere.png . blank-11.png
while read -r file reason; do
    grep -F "$file" said >of-file
    check "$file: $reason" has "$reason" of-file
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
check 'the good one was read' says '1 read'
check 'nothing came of the others' same "$(count answers.db)" 3
check 'with the older form named, its page is read' ends 0 scan older-1.png --form older.json
check 'a form of another questionnaire cannot be named' ends 1 scan 1-1.png --form other.json
check 'nor what is no form' ends 1 scan 1-1.png --form 1-1.png
printf '{"questionnaire": "all-types", "pages": 1e99}' >bad.json
check 'nor half a form' ends 1 scan 1-1.png --form bad.json
check 'memory stays bounded' python3 - "$BIN/survey" "$types" <<'END'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "scan", sys.argv[2], "huge.png", "rest.tiff", "4.pdf", "--store", "answers.db"], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{used:.0f} MB")
sys.exit(used > 600)
END

# --- two at once ---

must survey paper "$types" -o more.pdf --copies 4 --language en --store answers.db
pdftoppm -r 100 -gray -png more.pdf more
for page in more-?.png; do convert "$page" -resize 150% "$page"; done
for copy in 1 2 3 4; do cross more.json 1 more-$((2 * copy - 1)).png more-$copy-1.png service:desk overall:3; done
for half in 1 2; do
    "$BIN/survey" scan "$types" more-*-1.png more-2.png more-4.png more-6.png more-8.png --store answers.db >said-$half 2>&1 &
done
wait
check 'two that scan the same pages take each once' same "$(query answers.db "SELECT count(*), count(DISTINCT sheet) FROM response WHERE overall = 3")" '4|4'

finish
