#!/bin/bash
# The audit of one's own store: what it says of a store that gives nothing away, and of stores that were made to leak
# on purpose, each in one way. What it says is compared whole with audit/*.expected, without the numbers of bytes.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"
chmod 755 .
umask 022

# audit NAME STATUS STORE [FILE]: the audit of that store, compared with NAME.expected.
audit() {
    check "$1: exit status" ends "$2" survey audit "${4:-canteen.yaml}" --store "$3/answers.db"
    sed -E 's/[0-9]+ (bytes|octets)/# \1/' said >text
    compare text "$1.expected"
}

# finds NAME STORE WORDS: a leak that is like another one: it must be among the findings.
finds() {
    check "$1: exit status" ends 1 survey audit canteen.yaml --store "$2/answers.db"
    tr -s ' \n' ' ' <said >text
    check "$1" has "$3" text
}

# leak OF: a copy of a store's folder, in `leak`.
leak() {
    rm -rf leak
    cp -a "$1" leak
}
sql() { sqlite3 leak/answers.db "$@" >/dev/null; }

# respond PATH KEY FIELDS: sends a form.
respond() {
    status "response $2" 200 -d "response-key=$2&page-shown=0&$3&go-send=1" "$url$1"
}

# --- a campaign of fourteen, ten of whom answer, and one begins ---

cat >canteen.yaml <<'END'
questionnaire: canteen
languages: [en, fr]
title: {en: A made-up canteen, fr: Une cantine inventée}
privacy: {en: Made up., fr: Inventé.}
layout: single
population:
  size: 14
  role: {north: 8, south: 6}
pages:
  - title: {en: All, fr: Tout}
    questions:
      - id: role
        type: single
        text: {en: Where?, fr: Où ?}
        options:
          - {code: north, text: {en: North, fr: Nord}}
          - {code: south, text: {en: South, fr: Sud}}
      - id: mood
        type: scale
        text: {en: How?, fr: Comment ?}
        options:
          - {code: 2, text: {en: Well, fr: Bien}}
          - {code: 1, text: {en: Badly, fr: Mal}}
      - {id: words, type: text, text: {en: What else?, fr: Quoi encore ?}}
END
sed 's/languages: .*/languages: [fr, en]/' canteen.yaml >cantine.yaml
{
    echo name,email,role
    for person in 1 2 3 4 5 6 7 8; do echo "Made-up $person,made$person@canteen.example,north"; done
    for person in 9 10 11 12 13 14; do echo "Made-up $person,made$person@canteen.example,south"; done
} >roster.csv
check 'inviting' survey invite canteen.yaml roster.csv --store open/answers.db -o links.csv
audit invited 0 open

start canteen.yaml --store open/answers.db --rate-limit 0
for person in 9 3 12 1 10 5 13 2 11 4; do
    respond "$(link "Made-up $person")" $((person * 7919)) "mood=$((person % 2 + 1))&words=Words+of+$person"
done
curl -s -o body -d 'response-key=6&page-shown=0&mood=2&words=begun&go-save=1' "$url$(link "Made-up 6")"
cat open/answers.db* | sha256sum >before
audit open 0 open
check 'it names nobody' lacks 'Made-up' text
check 'it does not say how many have answered' sh -c '! grep -w 10 text | grep -v "^10\. \|10 routes"'
check 'it changes nothing' same "$(cat open/answers.db* | sha256sum)" "$(cat before)"
stop
check 'it changes nothing, with nobody else there' same "$(cat open/answers.db* | sha256sum)" "$(cat before)"

# A server that is being answered leaves no moment in which the audit finds something.
leak open
start canteen.yaml --store leak/answers.db --rate-limit 0
(for person in 6 7 8 14; do
    curl -s -o /dev/null -d "response-key=$person&page-shown=0&mood=1&go-save=1" "$url$(link "Made-up $person")"
    curl -s -o /dev/null -d "response-key=$person&page-shown=0&mood=1&go-send=1" "$url$(link "Made-up $person")"
done) &
answering=$!
for _ in 1 2 3 4 5 6 7 8; do
    check 'while people answer' survey audit canteen.yaml --store leak/answers.db
done
wait $answering
stop

cp -a open closed
must survey close canteen.yaml --store closed/answers.db
audit closed 0 closed

leak open
sed -i 's/population:/# changed\npopulation:/' cantine.yaml
must survey close cantine.yaml --store leak/answers.db
audit closed-fr 0 leak cantine.yaml
leak open
chmod 755 leak
chmod 644 leak/answers.db.key
audit rights-fr 1 leak cantine.yaml

# --- leaks, one by one ---

leak open
sqlite3 leak/answers.db '.dbconfig no_ckpt_on_close on' 'PRAGMA journal_mode = WAL' 'UPDATE invitation SET used = 1' >/dev/null
rm -f leak/answers.db-shm
audit log 1 leak
must survey close canteen.yaml --store leak/answers.db
check 'a log: what it says to do helps' survey audit canteen.yaml --store leak/answers.db

leak open
sql 'BEGIN' 'UPDATE invitation SET used = 1' '.shell cp leak/answers.db-journal journal' 'ROLLBACK'
cp journal leak/answers.db-journal
chmod 640 leak/answers.db-journal
audit journal 1 leak

# Keys that say nothing, written in another order than theirs.
insert="INSERT INTO response (key, channel, language, missing, role) VALUES"
rows() { for key in "$@"; do echo "$insert (${key}000000000000, 'web', 'en', '', 'north');"; done; }
leak open
sql "DELETE FROM response; $(rows 5123456 1123456 8123456 3123456 7123456 2123456)"
audit order 1 leak
start canteen.yaml --store leak/answers.db --rate-limit 0
check 'order: the server starts' [ -n "$url" ]
stop
check 'order: what it says to do helps' survey audit canteen.yaml --store leak/answers.db
leak closed
sql "DELETE FROM response; $(rows 5123456 1123456 8123456 3123456 7123456 2123456)"
finds 'order, closed' leak 'the responses do not lie in the order of their random keys'
leak open
sql "DELETE FROM response; $(rows 1123456 2123456 3123456 5123456 7123456 8123456)"
check 'rows in the order of their keys' survey audit canteen.yaml --store leak/answers.db
draft() { for name in "$@"; do echo "INSERT INTO draft VALUES (x'${name}00112233445566778899aabbccddee', zeroblob(200));"; done; }
leak open
sql "DELETE FROM draft; $(draft 51 11 81 31 71 21)"
finds 'drafts in the order of their coming' leak 'the drafts do not lie in the order of their random names'

leak open
sql 'PRAGMA secure_delete = OFF' 'DELETE FROM response WHERE key = (SELECT max(key) FROM response)'
audit remains 1 leak
leak closed
sql 'PRAGMA secure_delete = OFF' "INSERT INTO invitation (id, generation, token, code, name, known) VALUES \
    (4611686018427387904, 0, x'01', x'02', 'Made-up person', 'role=north')" 'DELETE FROM invitation'
finds 'a name that was erased' leak 'still hold what was erased: '
check 'a name that was erased is there' grep -q 'Made-up person' leak/answers.db
leak open
sql 'PRAGMA secure_delete = OFF' "CREATE TABLE other (words); INSERT INTO other VALUES (printf('%.150000c', 'x')); DROP TABLE other"
finds 'free pages' leak 'still hold what was erased: 3 '
leak open
sql 'PRAGMA secure_delete = OFF' "UPDATE response SET words = printf('%.9000c', 'x') WHERE key = (SELECT max(key) FROM response)" \
    "UPDATE response SET words = ''"
finds 'an answer that was longer' leak 'still hold what was erased: '
must survey close canteen.yaml --store leak/answers.db
check 'remains: what it says to do helps' survey audit canteen.yaml --store leak/answers.db

leak open
sql "DELETE FROM response; $(rows 1123456 2123456)" 'INSERT INTO response (key, channel, language, missing) VALUES (7, "web", "en", "")'
finds 'a key that counts' leak 'the keys in the table response are not random'
leak open
sql "DELETE FROM response; INSERT INTO response (key, channel, language, missing) SELECT 1700000000000000000 + value * 86400000000000, \
    'web', 'en', '' FROM generate_series(1, 7)"
audit keys 1 leak

leak open
sql "ALTER TABLE response ADD COLUMN came TEXT DEFAULT ''" 'CREATE TABLE visit (at TEXT)' \
    'CREATE INDEX by_mood ON response (mood)' \
    "CREATE TRIGGER note AFTER INSERT ON response BEGIN INSERT INTO visit VALUES (datetime()); END" \
    'ALTER TABLE invitation ADD COLUMN "used at" TEXT' 'ANALYZE'
audit shape 1 leak
leak open
sql 'CREATE VIEW mine AS SELECT role FROM response'
check 'a view holds nothing' survey audit canteen.yaml --store leak/answers.db
sed '/id: words/a\      - {id: more, type: text, text: {en: More?, fr: Plus ?}}' canteen.yaml >later.yaml
leak open
check 'a questionnaire that has changed' survey audit later.yaml --store leak/answers.db
must survey close later.yaml --store leak/answers.db
check 'a store that has changed with it' survey audit later.yaml --store leak/answers.db

leak closed
cp open/answers.db.key leak/answers.db.key
sql "INSERT INTO invitation (id, generation, token, code, name, known) VALUES \
    (4611686018427387904, 0, x'01', x'02', 'Made-up person', 'role=north')" "INSERT INTO draft VALUES (x'0102', x'03')"
audit people 1 leak
check 'people: it does not say who' lacks 'Made-up' text
must survey close canteen.yaml --store leak/answers.db
check 'people: what it says to do helps' survey audit canteen.yaml --store leak/answers.db

leak open
sql "UPDATE invitation SET used = 0 WHERE id = (SELECT id FROM invitation WHERE used LIMIT 1)"
audit links 1 leak
leak closed
sql 'UPDATE access SET invited = 3'
finds 'more than were invited' leak 'more responses from the web than people who were invited'

sed 's/,south$/,north/; 14s/,north$/,south/; 15s/,north$/,south/' roster.csv >small.csv
sed 's/{north: 8, south: 6}/{north: 12, south: 2}/' canteen.yaml >small.yaml
must survey invite small.yaml small.csv --store small/answers.db -o small-links.csv
audit groups 1 small small.yaml
start small.yaml --store small/answers.db --rate-limit 0
for person in 1 2 3 4 5 6 13; do respond "$(link "Made-up $person" small-links.csv)" $((person * 7919)) 'mood=1'; done
stop
must survey close small.yaml --store small/answers.db
audit groups-closed 1 small small.yaml

leak open
chmod 644 leak/answers.db
chmod 640 leak/answers.db.key
chmod 755 leak
cp leak/answers.db leak/answers.db.bak
chmod 640 leak/answers.db.bak
audit rights 1 leak
mkdir -m 750 house
mv leak house
chmod 640 house/leak/answers.db
chmod 600 house/leak/answers.db.key
rm house/leak/answers.db.bak
check 'a folder in a closed one' survey audit canteen.yaml --store house/leak/answers.db
ln -s house/leak/answers.db linked.db
touch house/leak/answers.db-journal2
ends 0 survey audit canteen.yaml --store linked.db >/dev/null
check 'what lies beside the file that a link leads to' says 'linked.db-journal2 lies beside the store'
rm -r house

leak open
rm leak/answers.db.key
check 'no key: a note' ends 0 survey audit canteen.yaml --store leak/answers.db
check 'no key: the words' says 'answers.db.key is not there'

# --- open access ---

start canteen.yaml --store free/answers.db --rate-limit 0
for key in 6123456 2123456 8123456 3123456 5123456 1123456; do respond '' ${key}000000000000 "role=north&mood=1&words=Words"; done
audit free 0 free
stop
audit free-stopped 0 free
must survey close canteen.yaml --store free/answers.db
audit free-closed 0 free
sqlite3 free/answers.db "$(rows 5223456 1223456 8223456 3223456)"
leak free
finds 'open access, order after the end' leak 'the responses do not lie in the order of their random keys'

# --- stores that are none, or not whole ---

refused() {
    check "$1: exit status" ends 1 survey audit canteen.yaml --store "$2"
    check "$1: words" says "$3"
    check "$1: one line" same "$(wc -l <said)" 1
}
refused 'no store' nothing.db 'there is no store at nothing.db; collect answers first'
check 'no store is made' [ ! -e nothing.db ]
echo 'this is no database, whatever its name says, and it is long enough to be looked at, or so one would think' >text.db
refused 'no SQLite' text.db 'text.db is not a store (it is no SQLite file)'
: >empty.db
refused 'an empty file' empty.db 'the store empty.db is empty'
sqlite3 other.db 'CREATE TABLE other (words)'
refused 'another database' other.db 'not a store of answers'
refused 'a folder' open 'open is not a regular file'
sed 's/questionnaire: canteen/questionnaire: kitchen/' canteen.yaml >kitchen.yaml
check 'another questionnaire: exit status' ends 1 survey audit kitchen.yaml --store open/answers.db
check 'another questionnaire' says 'holds answers to the questionnaire "canteen", not "kitchen"'
check 'no questionnaire: exit status' ends 1 survey audit nothing.yaml

size=$(sqlite3 open/answers.db 'PRAGMA page_size')
page=$(sqlite3 open/answers.db "SELECT rootpage FROM sqlite_schema WHERE name = 'draft'")
leak open
dd if=/dev/zero of=leak/answers.db bs="$size" seek=$((page - 1)) count=1 conv=notrunc status=none
audit damaged 1 leak
check 'damaged: said where' has ": $page." text
leak open
truncate -s "-$size" leak/answers.db
finds 'cut short' leak 'the file is cut short'
leak open
truncate -s -100 leak/answers.db
finds 'cut within a page' leak 'the file is cut short'
leak open
head -c "$size" /dev/zero | tr '\0' x >>leak/answers.db
finds 'something behind the end' leak 'still hold what was erased: '
leak open
dd if=/dev/zero of=leak/answers.db bs=1 seek=100 count=$((size - 100)) conv=notrunc status=none
refused 'no schema' leak/answers.db 'is damaged'

# Other users' stores can be audited without the right to write, and are left as they are.
if [ "$(id -u)" = 0 ]; then
    leak open
    chown -R 65534:65534 leak
    chmod 500 leak
    chmod 400 leak/answers.db leak/answers.db.key
    check 'without the right to write' as_nobody survey audit canteen.yaml --store leak/answers.db
fi

finish
