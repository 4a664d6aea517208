#!/bin/sh
# Answers in and out: what export writes, imported into an empty store and exported again, is the same bytes; a
# file is taken in as a whole or not at all; late paper after the close; a questionnaire that changes.
# BIN names the folder of the programs. Prints what differs, and `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
BIN=$(realpath "${BIN:-$root/bin}")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary" || exit 1
unset SURVEY_STORE
passed=0 failed=0
types=$root/tests/questionnaires/all-types.yaml

# expect STATUS NAME COMMAND…: a program must end with the status; what it says is kept in `log`.
expect() {
    wanted=$1 name=$2
    shift 2
    "$@" >log 2>&1
    status=$?
    if [ $status = "$wanted" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $name: status $status"
        cat log
    fi
}
accepted() { expect 0 "$@"; }
refused() { expect 1 "$@"; }

# check NAME COMMAND…: what must be true now.
check() {
    name=$1
    shift
    if "$@" >difference 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $name"
        cat difference
    fi
}
survey() { "$BIN/survey" "$@"; }
analysis() { "$BIN/analysis" "$@"; }
says() { grep -qF -- "$1" log || { cat log; return 1; }; }
bytes() { sha256sum <"$1"; }

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
accepted 'import' survey import "$types" answers.csv --store one.db
accepted 'export' analysis export "$types" --store one.db -o one.csv
check 'canonical records come back as they went' diff answers.csv one.csv
accepted 'export into an empty store' survey import "$types" one.csv --store two.db
accepted 'export again' analysis export "$types" --store two.db -o two.csv
check 'the same bytes' cmp one.csv two.csv
check 'export to standard output' sh -c "'$BIN/analysis' export '$types' --store two.db | cmp - two.csv"

# The same answers with the columns in another order, semicolons, decimal commas, a byte-order mark and CRLF.
printf '\357\273\277hours;service;since;tasks;tasks_specify;overall;method_pace;method_tools;priorities;safety;remark;channel\r\n' >other.csv
printf '12,5;desk;2012-02-29;files lead;;4;1;no_opinion;time;;"He said ""yes"", twice";web\r\n' >>other.csv
accepted 'semicolons, CRLF and a byte-order mark' survey import "$types" other.csv --store other.db
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
refused 'bad records' survey import "$types" bad.csv --store one.db
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
check 'each is said, with its line' diff expected.log log
check 'nothing was added' test "$before" = "$(bytes one.db)"

refused 'the same file twice' survey import "$types" answers.csv --store one.db
check 'and the reason' says 'was imported before'
# It holds sheets, which are there once.
refused 'again, but the sheets are there' survey import "$types" answers.csv --again --store one.db
grep -v ',paper,' answers.csv >web.csv
accepted 'without sheets' survey import "$types" web.csv --store three.db
accepted 'once more with --again' survey import "$types" web.csv --store three.db --again
check 'twice as many' test "$(analysis export "$types" --store three.db | grep -c ',web,')" = 10

# On paper people skip and stray: warnings, and the stray answer is dropped.
cat >paper.csv <<'END'
service,tasks,tasks_specify,overall,method_pace,method_tools,hours,since,priorities,safety,remark,sheet
,files,,,,,,,,yes,,31
desk,files repair,beside,,,,,,,,,32
END
accepted 'paper that strays' survey import "$types" paper.csv --store paper.db
cat >expected.log <<'END'
paper.csv:2: warning: column "service": this question is required, and not answered
paper.csv:2: warning: column "tasks": "files": Choose at least 2 answers.
paper.csv:2: warning: column "safety": "yes": this question did not apply; the answer was left out
paper.csv:3: warning: column "tasks": "repair": This answer does not apply here. Please choose another.
paper.csv:3: warning: column "tasks": "files repair": Choose at least 2 answers.
paper.csv:3: warning: column "tasks": "beside" stands beside an answer that is not chosen, and was left out
paper.csv: 2 responses imported into paper.db (2 paper, 0 web)
END
check 'warns with line and column' diff expected.log log
refused 'the same as from the web' survey import "$types" paper.csv --channel web --store strict.db
check 'leaves no store' test ! -e strict.db

# --- files that are no answers ---

refused 'empty' survey import "$types" /dev/null --store none.db
refused 'a folder' survey import "$types" . --store none.db
refused 'missing' survey import "$types" missing.csv --store none.db
printf 'service\n\351t\351\n' >latin.csv
refused 'Latin-1' survey import "$types" latin.csv --store none.db
check 'Latin-1: its line and what to do' says 'latin.csv:2: error: the byte 0xE9 is not UTF-8; save the file as “CSV UTF-8”'
printf 'service\nde\0sk\n' >nul.csv
refused 'NUL' survey import "$types" nul.csv --store none.db
check 'NUL: its line' says 'nul.csv:2: error: a NUL byte'
{ head -n 1 answers.csv; printf 'desk,,,,,,,,,,"never closed,web,en,\ndesk,,,,,,,,,,,web,en,\n'; } >open.csv
refused 'a quote that is never closed' survey import "$types" open.csv --store none.db
check 'open quote: its line' says 'open.csv:2: error: a field begins with a quote that is never closed'
printf 'service,tsks,service\n' >header.csv
refused 'a wrong header' survey import "$types" header.csv --store none.db
check 'header: unknown' says 'unknown column "tsks"; did you mean "tasks"?'
check 'header: repeated' says 'the column "service" is there twice'
check 'header: missing' says 'the header lacks the columns "tasks", "overall"'
check 'none of them left a store' test ! -e none.db
expect 2 'wrong channel is wrong usage' survey import "$types" answers.csv --channel post

# --- sheets, status, close ---

accepted 'take out a sheet' survey remove "$types" --sheet 12 --store one.db
check 'it is gone' sh -c "! '$BIN/analysis' export '$types' --store one.db | grep -q ',12\$'"
refused 'only once' survey remove "$types" --sheet 12 --store one.db
{ head -n 1 answers.csv; grep ',12$' answers.csv; } >sheet12.csv
accepted 'typed anew' survey import "$types" sheet12.csv --store one.db
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

accepted 'close' survey close "$types" --store one.db
check 'says how many' says 'Responses: 7 (5 online, 2 on paper)'
accepted 'close again' survey close "$types" --store one.db
check 'leaves one file' test "$(ls one.db*)" = one.db
analysis export "$types" --store one.db >closed.csv
check 'the same answers' cmp answers.csv closed.csv
refused 'no answers of the web after it' survey import "$types" other.csv --store one.db
check 'and the reason' says 'late paper can still be imported'
sed 's/,12$/,13/' sheet12.csv >late.csv
accepted 'late paper' survey import "$types" late.csv --store one.db
check 'is there' sh -c "'$BIN/analysis' export '$types' --store one.db | grep -q ',13\$'"
refused 'close what is not there' survey close "$types" --store nothing.db
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
accepted 'an answer to what was added' survey import added.yaml new.csv --store changing.db
analysis export added.yaml --store changing.db >changed.csv
check 'earlier ones were not asked' test "$(grep -c not_asked changed.csv)" = 7
accepted 'round trip of what was not asked' survey import added.yaml changed.csv --store changed.db
analysis export added.yaml --store changed.db >changed-again.csv
check 'the same bytes' cmp changed.csv changed-again.csv

before=$(bytes changing.db)
sed 's/{code: space, text: Space}/{code: room, text: Room}/' added.yaml >removed.yaml
{ head -n 1 unwritten.csv; echo 'desk,,,,,,,2,,,,,web,en,'; } >more.csv
refused 'an answer given that is gone' survey import removed.yaml more.csv --store changing.db
check 'with the reason' says 'the answer "space" of "priorities" is gone, but it was given (1 response)'
refused 'nor exported' analysis export removed.yaml --store changing.db
refused 'back to the first, which lacks what was answered' survey import "$types" web.csv --store changing.db
check 'with the reason' says '"added" is gone, but it was answered'
sed 's/^questionnaire: .*/questionnaire: another/' "$types" >another.yaml
refused 'the store of another' survey import another.yaml web.csv --store changing.db
check 'with both names' says 'holds answers to the questionnaire "all-types", not "another"'
check 'nothing was touched' test "$before" = "$(bytes changing.db)"

# --- several at once, and where it cannot be written ---

for number in 1 2 3 4; do
    { head -n 1 answers.csv; for row in $(seq 50); do echo "desk,,,,,,,,,,$number $row,web,en,"; done; } >many$number.csv
done
survey import "$types" many1.csv --store many.db >many.log 2>&1
for number in 2 3 4; do survey import "$types" many$number.csv --store many.db >>many.log 2>&1 & done
wait
check 'imports at the same time wait for each other' test "$(analysis export "$types" --store many.db | grep -c ,web,)" = 200
refused 'export into a folder that is not there' analysis export "$types" --store many.db -o nowhere/out.csv
mkdir taken
refused 'export over a folder' analysis export "$types" --store many.db -o taken
check 'nothing is left beside it' test "$(ls -d taken*)" = taken

# --- an export replaces nothing but an export ---

cp "$types" own.yaml
for place in many.db own.yaml answers.csv.gz; do
    [ -e $place ] || echo 'something else' >$place
    before=$(bytes $place)
    refused "export over $place" analysis export own.yaml --store many.db -o $place
    check "$place is left alone" test "$before" = "$(bytes $place)"
done
for suffix in wal shm journal; do
    refused "export where the store's -$suffix belongs" analysis export own.yaml --store many.db -o ./many.db-$suffix
    check "for that reason" says 'belongs to the store'
    check "no -$suffix was made of it" test ! -s many.db-$suffix
    : >many.db-$suffix
    refused "export over an empty -$suffix" analysis export own.yaml --store many.db -o many.db-$suffix
    check "the empty -$suffix is left alone" test ! -s many.db-$suffix
    rm -f many.db-$suffix
done
ln -s nowhere/file link
refused 'export over a link' analysis export own.yaml --store many.db -o link
accepted 'export over nothing' analysis export own.yaml --store many.db -o out.csv
accepted 'export over an export' analysis export own.yaml --store many.db -o out.csv

# --- the wording beside the codes ---

check 'every type of question has its wording' test "$(sqlite3 many.db \
    'SELECT count(*) FROM response_labelled')" = 200
survey import "$types" answers.csv --store labelled.db >log 2>&1
check 'a ranking in its order' test "$(sqlite3 labelled.db \
    "SELECT priorities FROM response_labelled WHERE since = '1999-12-31'")" = 'Tools; Training'

# --- what was taken out, and the order of arrival, are gone from the log too ---

survey import "$types" answers.csv --store read.db >log 2>&1
{ head -n 1 answers.csv; echo 'desk,,,,,,,,,,SECRETWORDS,paper,en,77'; } >secret.csv
survey import "$types" secret.csv --store read.db >log 2>&1
sqlite3 read.db 'BEGIN; SELECT count(*) FROM response' '.shell touch begun; while ! [ -e ended ]; do sleep 0.1; done' \
    >/dev/null 2>&1 &
while ! [ -e begun ]; do sleep 0.1; done
refused 'take out while another reads' survey remove "$types" --store read.db --sheet 77
check 'with the reason' says 'another program is reading'
touch ended
wait
accepted 'close once it has ended' survey close "$types" --store read.db
check 'no word of it remains' sh -c '! grep -l SECRETWORDS read.db*'

expect 2 'an unknown format is wrong usage' analysis export "$types" --store many.db --format xml

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
