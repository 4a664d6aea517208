#!/bin/sh
# Answers in and out: what export writes, imported into an empty store and exported again, is the same bytes; a
# file is taken in as a whole or not at all; late paper after the close; a questionnaire that changes.
. "$(dirname "$0")/common/case.sh"
types=$root/tests/questionnaires/all-types.yaml

bytes() { sha256sum <"$1"; }
export_of() { analysis export "$types" --store "$1"; }

# --- there and back ---

cat >answers.csv <<'END'
service,tasks,tasks_specify,overall,method_pace,method_tools,hours,since,priorities,safety,remark,channel,language,sheet
,,,,,,,,,,,paper,en,3
desk,files lead,,4,1,no_opinion,12.5,2012-02-29,time,,"He said ""yes"", twice",web,en,
desk,none,,no_opinion,,,no_opinion,,,,  blanks around  ,web,fr,
school,files other,"tout, et ""rien""",not_concerned,2,3,0,1999-12-31,tools training,,"one
two

four",web,fr,
school,welcome,,3,,,,,,,=1+1,paper,fr,12
works,repair lead,,1,4,4,80,,training,no,Élève à l’école 🎓,web,en,
works,welcome files lead,,,,,0.1,,,yes,a;b,web,en,
END
check 'import' ends 0 survey import "$types" answers.csv --store one.db
check 'export' ends 0 analysis export "$types" --store one.db -o one.csv
check 'canonical records come back as they went' diff answers.csv one.csv
check 'export into an empty store' ends 0 survey import "$types" one.csv --store two.db
check 'export again' ends 0 analysis export "$types" --store two.db -o two.csv
check 'the same bytes' cmp one.csv two.csv
export_of two.db >printed.csv
check 'export to standard output' cmp two.csv printed.csv

# The same answers with the columns in another order, semicolons, decimal commas, a byte-order mark and CRLF.
printf '\357\273\277hours;service;since;tasks;tasks_specify;overall;method_pace;method_tools;priorities;safety;remark;channel\r\n' >other.csv
printf '12,5;desk;2012-02-29;files lead;;4;1;no_opinion;time;;"He said ""yes"", twice";web\r\n' >>other.csv
check 'semicolons, CRLF and a byte-order mark' ends 0 survey import "$types" other.csv --store other.db
analysis export "$types" --store other.db >other-out.csv
sed -n '1p;/twice/p' answers.csv >expected.csv
check 'they mean the same' cmp expected.csv other-out.csv

# The two questionnaires that ship with the program, empty and by SURVEY_STORE.
for questionnaire in dip-2013 accueil; do
    file=$root/questionnaires/$questionnaire.yaml
    SURVEY_STORE=shipped-$questionnaire.db
    export SURVEY_STORE
    printf 'x\n' >bad.csv
    survey import "$file" bad.csv 2>header.log
    check "$questionnaire: a wrong header leaves no store" test ! -e "$SURVEY_STORE"
done
unset SURVEY_STORE

# --- for spreadsheets ---

analysis export "$types" --store one.db --format spreadsheet -o sheet.csv
check 'spreadsheet: byte-order mark' sh -c 'head -c 3 sheet.csv | od -An -tx1 | grep -q "ef bb bf"'
check 'spreadsheet: no formula' grep -qF ";'=1+1;paper" sheet.csv
check 'spreadsheet: wording, decimal comma' grep -qF 'Desk;"Files; Leading";;Fully;Not at all;No opinion;12,5;2012-02-29;Time' sheet.csv

# --- all or none ---

cat >bad.csv <<'END'
service,tasks,tasks_specify,overall,method_pace,method_tools,hours,since,priorities,safety,remark,channel,language,sheet
desk,files lead,,4,1,,12.5,,time,,fine,web,en,
dsk,files,,5,1,,81,2023-02-29,time time,,,web,en,
desk,repair lead,,4,,,1.25,,,yes,,web,de,
desk,files lead files,,4,,,,,training tools time,,,post,,x
works,none lead,,,,,,,,,,web,,12
desk,,,,,,,,,,,,,21
desk,,,,,,,,,,,,,21
short,record
END
before=$(bytes one.db)
check 'bad records' ends 1 survey import "$types" bad.csv --store one.db
cat >expected.log <<'END'
bad.csv:3: error: column "service": "dsk" is not one of the codes; did you mean "desk"?
bad.csv:3: error: column "tasks": "files": Choose at least 2 answers.
bad.csv:3: error: column "overall": "5" is not one of the codes
bad.csv:3: error: column "hours": "81": Give a number of at most 80.
bad.csv:3: error: column "since": "2023-02-29": Give a date as year-month-day, for example 2024-01-31.
bad.csv:3: error: column "priorities": "time": The same answer was given twice. Please give it once.
bad.csv:4: error: column "language": "de" is not a language of the questionnaire
bad.csv:4: error: column "tasks": "repair": This answer does not apply here. Please choose another.
bad.csv:4: error: column "hours": "1.25": Give at most this many decimals: 1.
bad.csv:5: error: column "channel": "post" is neither "web" nor "paper"
bad.csv:5: error: column "sheet": "x" is not the number of a sheet (1, 2, 3, …)
bad.csv:5: error: column "tasks": "files": The same answer was given twice. Please give it once.
bad.csv:5: error: column "priorities": "training tools time": Choose at most 2 answers.
bad.csv:6: error: column "tasks": "none": One of your answers excludes the others. Please keep either that one or the others.
bad.csv:6: error: column "safety": this question is required, and not answered
bad.csv:6: error: column "sheet": sheet 12 is in the store already; survey remove --sheet 12 takes it out
bad.csv:8: error: column "sheet": sheet 21 is on line 7 already
bad.csv:9: error: this record has 2 fields, not 14 like the header
END
check 'each is said, with its line' diff expected.log said
check 'nothing was added' same "$(bytes one.db)" "$before"

check 'the same file twice' ends 1 survey import "$types" answers.csv --store one.db
check 'and the reason' says 'was imported before'
# It holds sheets, which are there once.
check 'again, but the sheets are there' ends 1 survey import "$types" answers.csv --again --store one.db
grep -v ',paper,' answers.csv >web.csv
check 'without sheets' ends 0 survey import "$types" web.csv --store three.db
check 'once more with --again' ends 0 survey import "$types" web.csv --store three.db --again
check 'twice as many' same "$(analysis export "$types" --store three.db | grep -c ',web,')" 10

# On paper people skip and stray: warnings, and the stray answer is dropped.
cat >paper.csv <<'END'
service,tasks,tasks_specify,overall,method_pace,method_tools,hours,since,priorities,safety,remark,sheet
,files,,,,,,,,yes,,31
desk,files repair,beside,,,,,,,,,32
END
check 'paper that strays' ends 0 survey import "$types" paper.csv --store paper.db
cat >expected.log <<'END'
paper.csv:2: warning: column "service": this question is required, and not answered
paper.csv:2: warning: column "tasks": "files": Choose at least 2 answers.
paper.csv:2: warning: column "safety": "yes": this question did not apply; the answer was left out
paper.csv:3: warning: column "tasks": "repair": This answer does not apply here. Please choose another.
paper.csv:3: warning: column "tasks": "files repair": Choose at least 2 answers.
paper.csv:3: warning: column "tasks": "beside" stands beside an answer that is not chosen, and was left out
paper.csv: 2 responses imported into paper.db (2 paper, 0 web)
END
check 'warns with line and column' diff expected.log said
check 'the same as from the web' ends 1 survey import "$types" paper.csv --channel web --store strict.db
check 'leaves no store' test ! -e strict.db

# --- files that are no answers ---

check 'empty' ends 1 survey import "$types" /dev/null --store none.db
check 'a folder' ends 1 survey import "$types" . --store none.db
check 'missing' ends 1 survey import "$types" missing.csv --store none.db
printf 'service\n\351t\351\n' >latin.csv
check 'Latin-1' ends 1 survey import "$types" latin.csv --store none.db
check 'Latin-1: its line and what to do' says 'latin.csv:2: error: the byte 0xE9 is not UTF-8; save the file as “CSV UTF-8”'
printf 'service\nde\0sk\n' >nul.csv
check 'NUL' ends 1 survey import "$types" nul.csv --store none.db
check 'NUL: its line' says 'nul.csv:2: error: a NUL byte'
{ head -n 1 answers.csv; printf 'desk,,,,,,,,,,"never closed,web,en,\ndesk,,,,,,,,,,,web,en,\n'; } >open.csv
check 'a quote that is never closed' ends 1 survey import "$types" open.csv --store none.db
check 'open quote: its line' says 'open.csv:2: error: a field begins with a quote that is never closed'
printf 'service,tsks,service\n' >header.csv
check 'a wrong header' ends 1 survey import "$types" header.csv --store none.db
check 'header: unknown' says 'unknown column "tsks"; did you mean "tasks"?'
check 'header: repeated' says 'the column "service" is there twice'
check 'header: missing' says 'the header lacks the columns "tasks", "overall"'
check 'none of them left a store' test ! -e none.db
check 'wrong channel is wrong usage' ends 2 survey import "$types" answers.csv --channel post

# --- sheets, status, close ---

check 'take out a sheet' ends 0 survey remove "$types" --sheet 12 --store one.db
check 'it is gone' same "$(export_of one.db | grep ',12$')" ''
check 'only once' ends 1 survey remove "$types" --sheet 12 --store one.db
{ head -n 1 answers.csv; grep ',12$' answers.csv; } >sheet12.csv
check 'typed anew' ends 0 survey import "$types" sheet12.csv --store one.db
analysis export "$types" --store one.db >again.csv
check 'as before' cmp answers.csv again.csv
survey status "$types" --store one.db | sed 's/20[0-9][0-9]-[01][0-9]-[0-3][0-9]/<-today-->/' >status.txt
cat >expected.txt <<'END'
Every type of question
The collection is open.

  Invited               40
  Responses              7         18%

Your service?
                     Invited   Responses        Rate
  Desk                    20           2         10%
  Works                   12           2         17%
  School                   8           2         25%
  (not answered)                       1

By channel
                   Invited   Responses        Rate
  Online                30           5         17%
  On paper              10           2         20%

By day
                    Online    On paper
  <-today-->             5           2
END
check 'status' diff expected.txt status.txt

check 'close' ends 0 survey close "$types" --store one.db
check 'says how many' says 'Responses: 7 (5 online, 2 on paper)'
check 'close again' ends 0 survey close "$types" --store one.db
check 'leaves one file' same "$(ls one.db*)" one.db
analysis export "$types" --store one.db >closed.csv
check 'the same answers' cmp answers.csv closed.csv
check 'no answers of the web after it' ends 1 survey import "$types" other.csv --store one.db
check 'and the reason' says 'late paper can still be imported'
sed 's/,12$/,13/' sheet12.csv >late.csv
check 'late paper' ends 0 survey import "$types" late.csv --store one.db
check 'is there' same "$(export_of one.db | grep -c ',13$')" 1
check 'close what is not there' ends 1 survey close "$types" --store nothing.db
check 'and nothing is made' test ! -e nothing.db

# --- a questionnaire that changes ---

sed '/id: since/i\
      - id: added\
        type: scale\
        scale: agreement\
        required: true\
        text: Added' "$types" >added.yaml
sed -i 's/{code: time, text: {en: Time, fr: Temps}}/&\n          - {code: space, text: Space}/' added.yaml
survey import "$types" answers.csv --store changing.db >/dev/null 2>&1
analysis export added.yaml --store changing.db >unwritten.csv
check 'before it is taken up, read as it will be' grep -q '^desk,files lead,,4,1,no_opinion,12.5,not_asked,2012-02-29' unwritten.csv
{ head -n 1 unwritten.csv; echo 'desk,files lead,,4,1,,,2,,space time,,,web,en,'; } >new.csv
check 'an answer to what was added' ends 0 survey import added.yaml new.csv --store changing.db
analysis export added.yaml --store changing.db >changed.csv
check 'earlier ones were not asked' same "$(grep -c not_asked changed.csv)" 7
check 'round trip of what was not asked' ends 0 survey import added.yaml changed.csv --store changed.db
analysis export added.yaml --store changed.db >changed-again.csv
check 'the same bytes' cmp changed.csv changed-again.csv

before=$(bytes changing.db)
sed 's/{code: space, text: Space}/{code: room, text: Room}/' added.yaml >removed.yaml
{ head -n 1 unwritten.csv; echo 'desk,,,,,,,2,,,,,web,en,'; } >more.csv
check 'an answer given that is gone' ends 1 survey import removed.yaml more.csv --store changing.db
check 'with the reason' says 'the answer "space" of "priorities" is gone, but it was given (1 response)'
check 'nor exported' ends 1 analysis export removed.yaml --store changing.db
check 'back to the first, which lacks what was answered' ends 1 survey import "$types" web.csv --store changing.db
check 'with the reason' says '"added" is gone, but it was answered'
sed 's/^questionnaire: .*/questionnaire: another/' "$types" >another.yaml
check 'the store of another' ends 1 survey import another.yaml web.csv --store changing.db
check 'with both names' says 'holds answers to the questionnaire "all-types", not "another"'
check 'nothing was touched' same "$(bytes changing.db)" "$before"

# --- several at once, and where it cannot be written ---

for number in 1 2 3 4; do
    { head -n 1 answers.csv; for row in $(seq 50); do echo "desk,,,,,,,,,,$number $row,web,en,"; done; } >many$number.csv
done
survey import "$types" many1.csv --store many.db >many.log 2>&1
for number in 2 3 4; do survey import "$types" many$number.csv --store many.db >>many.log 2>&1 & done
wait
check 'imports at the same time wait for each other' same "$(analysis export "$types" --store many.db | grep -c ,web,)" 200
check 'export into a folder that is not there' ends 1 analysis export "$types" --store many.db -o nowhere/out.csv
mkdir taken
check 'export over a folder' ends 1 analysis export "$types" --store many.db -o taken
check 'nothing is left beside it' same "$(ls -d taken*)" taken

# --- an export replaces nothing but an export ---

cp "$types" own.yaml
for place in many.db own.yaml answers.csv.gz; do
    [ -e $place ] || echo 'something else' >$place
    before=$(bytes $place)
    check "export over $place" ends 1 analysis export own.yaml --store many.db -o $place
    check "$place is left alone" same "$(bytes $place)" "$before"
done
for suffix in wal shm journal; do
    check "export where the store's -$suffix belongs" ends 1 analysis export own.yaml --store many.db -o ./many.db-$suffix
    check "for that reason" says 'belongs to the store'
    check "no -$suffix was made of it" test ! -s many.db-$suffix
    : >many.db-$suffix
    check "export over an empty -$suffix" ends 1 analysis export own.yaml --store many.db -o many.db-$suffix
    check "the empty -$suffix is left alone" test ! -s many.db-$suffix
    rm -f many.db-$suffix
done
ln -s nowhere/file link
check 'export over a link' ends 1 analysis export own.yaml --store many.db -o link
check 'export over nothing' ends 0 analysis export own.yaml --store many.db -o out.csv
check 'export over an export' ends 0 analysis export own.yaml --store many.db -o out.csv

# --- the wording beside the codes ---

check 'every type of question has its wording' same "$(query many.db 'SELECT count(*) FROM response_labelled')" 200
survey import "$types" answers.csv --store labelled.db >log 2>&1
check 'a ranking in its order' same "$(query labelled.db \
    "SELECT priorities FROM response_labelled WHERE since = '1999-12-31'")" 'Tools; Training'

# --- what was taken out, and the order of arrival, are gone from the log too ---

survey import "$types" answers.csv --store read.db >log 2>&1
{ head -n 1 answers.csv; echo 'desk,,,,,,,,,,SECRETWORDS,paper,en,77'; } >secret.csv
survey import "$types" secret.csv --store read.db >log 2>&1
sqlite3 read.db 'BEGIN; SELECT count(*) FROM response' '.shell touch begun; while ! [ -e ended ]; do sleep 0.1; done' \
    >/dev/null 2>&1 &
while ! [ -e begun ]; do sleep 0.1; done
check 'take out while another reads' ends 1 survey remove "$types" --store read.db --sheet 77
check 'with the reason' says 'another program is reading'
touch ended
wait
check 'close once it has ended' ends 0 survey close "$types" --store read.db
check 'no word of it remains' ends 1 grep -l SECRETWORDS read.db*

check 'an unknown format is wrong usage' ends 2 analysis export "$types" --store many.db --format xml

finish
