#!/bin/bash
# What may be seen while personal links are open, what the close of a collection erases, and the end of retention:
# compared with the complete texts under retention/ (standard error, standard output, the exit status), and with
# the raw bytes of the files that remain. All people are made up.
. "$(dirname "$0")/common/case.sh"
. "$here/common/server.sh"
cp "$files/town.yaml" .

# state FOLDER: the bytes of every file in it.
state() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }

# --- what is seen while links are open ---

{
    echo name,email,role
    for i in $(seq 20); do echo "Member Nr-$i,m$i@town.example,member"; done
    for i in 1 2 3; do echo "Manager Nr-$i,,manager"; done
} >people.csv
run survey invite town.yaml people.csv --store store/answers.db --public-url https://survey.example.org/
check 'inviting' same $status 0
cp output links.csv
run survey status town.yaml --store store/answers.db
compare said status-0.expected

# answered NUMBER: one more response, of a member, on paper; nothing that is counted may show it at once.
answered() {
    printf 'role,words,sheet\nmember,Made up %s,%s\n' "$1" "$1" >"paper-$1.csv"
    must survey import town.yaml "paper-$1.csv" --store store/answers.db
    # Of one day, whatever the clock says: the tests may run at midnight.
    sqlite3 store/answers.db "DELETE FROM day_count; INSERT INTO day_count VALUES ('2024-03-01', 'paper', $1)"
    run survey status town.yaml --store store/answers.db
}
for i in $(seq 11); do
    answered "$i"
    check "status with $i responses: as with $((i - i % 5))" cmp said "$(
        [ $((i % 5)) = 0 ] && cp said "seen-$i"
        [ "$i" -lt 5 ] && echo "$files/status-0.expected" || echo "seen-$((i - i % 5))"
    )"
done
cp seen-5 said
compare said status-5.expected
cp seen-10 said
compare said status-10.expected

# Who has answered changes nothing, and what one person does by link is not seen.
run survey status town.yaml --store store/answers.db
cp said seen-unused
sqlite3 store/answers.db "UPDATE invitation SET used = 1 WHERE name LIKE 'M%-1'"
run survey status town.yaml --store store/answers.db
check 'a used link is not seen' cmp said seen-unused

state store >before
run analysis report town.yaml --store store/answers.db --output early
compare said report-refused.expected
check 'no early report' [ ! -e early ]
run analysis export town.yaml --store store/answers.db --format csv -o early.csv
compare said export-refused.expected
check 'no early export' [ ! -e early.csv ]
export SURVEY_STORE=store/answers.db
run analysis export town.yaml --format csv
unset SURVEY_STORE
check 'no early export to standard output' same "$status $(wc -c <output)" '1 0'
run analysis export town.yaml --store store/answers.db --format csv --before-close
check 'an early export that is asked for' same "$status $(wc -l <output)" '0 12'
run analysis report town.yaml --store store/answers.db --before-close --no-charts --output report
check 'an early report that is asked for' same "$status" 0
check 'an early report is there' [ -s report/report.html ]
run survey erase town.yaml --store store/answers.db
compare said erase-open.expected
run survey erase town.yaml --store store/answers.db --yes
compare said erase-open.expected
check 'nothing of this changes a file' same "$(state store)" "$(cat before)"

# --- the close ---

start town.yaml --store store/answers.db
draft='response-key=1&page-shown=1&words=Ornithorynque&go-save=1'
check 'a draft' same "$(curl -s -o page -w '%{http_code}' -d "$draft" "$url$(link 'Member Nr-7')")" 200
check 'another draft' same "$(curl -s -o page -w '%{http_code}' -d "$draft" "$url$(link 'Manager Nr-2')")" 200
check 'an answer by link' same \
    "$(curl -s -o page -w '%{http_code}' -d "${draft/go-save/go-send}" "$url$(link 'Member Nr-8')")" 200
stop
check 'two drafts' same "$(query store/answers.db 'SELECT count(*) FROM draft')" 2
sqlite3 store/answers.db "UPDATE day_count SET day = '2024-03-02' WHERE channel = 'web'"

# found WHAT-IN-HEXADECIMAL…: how many of these bytes are in some file of the store's folder.
found() {
    cat store/* | od -An -v -tx1 | tr -d ' \n' >bytes
    for sought in "$@"; do grep -qiF -- "$sought" bytes && echo found; done | wc -l
}
hexadecimal() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
mapfile -t names < <(query store/answers.db 'SELECT hex(name) FROM invitation UNION SELECT hex(email) FROM invitation WHERE email IS NOT NULL')
mapfile -t links < <(query store/answers.db 'SELECT hex(token) FROM invitation UNION SELECT hex(code) FROM invitation')
mapfile -t drafts < <(query store/answers.db 'SELECT hex(name) FROM draft UNION SELECT substr(hex(sealed), 1, 64) FROM draft')
key=$(od -An -v -tx1 store/answers.db.key | tr -d ' \n')
# What the search finds before the close it would find after it.
check 'before: 23 names and 20 addresses' same "$(found "${names[@]}")" 43
check 'before: the hashes of 23 links' same "$(found "${links[@]}")" 46
check 'before: two drafts and their names' same "$(found "${drafts[@]}")" 4
check 'before: the key' same "$(found "$key")" 1
check 'an answer is there' same "$(found "$(hexadecimal 'Made up 11')")" 1
check 'but no typed word of a draft, and no link' same \
    "$(cat store/* | grep -caF -e "$(link 'Member Nr-7' | cut -c3-)" -e "$(link 'Member Nr-8' | cut -c3-)")" 0
ln store/answers.db.key key-before

run survey close town.yaml --store store/answers.db
compare said close.expected
check 'after: no name and no address' same "$(found "${names[@]}")" 0
check 'after: no pattern of them' same "$(cat store/* | grep -caE 'Nr-|town\.example')" 0
check 'after: no hash of a link' same "$(found "${links[@]}")" 0
check 'after: no draft' same "$(found "${drafts[@]}")" 0
check 'after: the answers' same "$(found "$(hexadecimal 'Made up 11')")" 1
check 'after: no key' same "$(found "$key") $(ls store/*.key 2>/dev/null)" '0 '
check 'after: not even on the disk' same "$(od -An -v -tx1 key-before | tr -d ' \n0')" ''
check 'after: no table names anybody' same "$(query store/answers.db 'SELECT (SELECT count(*) FROM invitation) + (SELECT count(*) FROM draft)')" 0
check 'after: no free page' same "$(query store/answers.db 'PRAGMA freelist_count')" 0
run survey status town.yaml --store store/answers.db
compare said status-closed.expected
cp store/answers.db closed.db
run survey close town.yaml --store store/answers.db
compare said close.expected
# SQLite counts changes in its header.
check 'a second close: the same bytes' cmp -i 100 store/answers.db closed.db
# A close that was broken off between the store and the key is finished by the next.
head -c 32 /dev/urandom >store/answers.db.key
chmod 600 store/answers.db.key
run survey close town.yaml --store store/answers.db
compare said close.expected
check 'a close that was broken off: no key' [ ! -e store/answers.db.key ]

# --- after it ---

printf 'role,words,sheet\nmanager,Late,12\n' >late.csv
run survey import town.yaml late.csv --store store/answers.db
check 'late paper' same "$status $(query store/answers.db 'SELECT count(*) FROM response')" '0 13'
printf 'role,words,channel\nmember,,web\n' >late-web.csv
run survey import town.yaml late-web.csv --store store/answers.db
compare said late-web.expected
check 'late from the web: nothing is taken' same "$(query store/answers.db 'SELECT count(*) FROM response')" 13
run survey invite town.yaml people.csv --store store/answers.db
compare said late-invite.expected
run survey remind town.yaml --everyone --store store/answers.db
compare said late-remind.expected
run survey revoke town.yaml --email m1@town.example --store store/answers.db
compare said late-revoke.expected
check 'late: no key' [ ! -e store/answers.db.key ]
run analysis export town.yaml --store store/answers.db --format csv
check 'an export after the close' same "$status $(wc -l <output)" '0 14'
run analysis report town.yaml --store store/answers.db --no-charts --output report
check 'a report after the close' same "$status" 0
run survey close town.yaml --store store/answers.db
compare said close-late.expected

# Where nobody was invited, nobody is said to be forgotten.
run survey import town.yaml late.csv --store open/answers.db
run survey close town.yaml --store open/answers.db
compare said close-open-access.expected

# With people invited of whom nobody has answered; and with revoked links, which tell nothing.
run survey invite town.yaml people.csv --store few/answers.db
run survey revoke town.yaml --email m1@town.example --store few/answers.db
run survey revoke town.yaml --email m2@town.example --replace --store few/answers.db
run survey status town.yaml --store few/answers.db
compare said status-revoked.expected
run survey close town.yaml --store few/answers.db
compare said close-revoked.expected
check 'revoked: no name' same "$(cat few/* | grep -caE 'Nr-|town\.example')" 0

# While a server has it open, and with the key lost.
run survey invite town.yaml people.csv --store few2/answers.db
rm few2/answers.db.key
run survey close town.yaml --store few2/answers.db
check 'a lost key: closed' same "$status" 0
run survey invite town.yaml people.csv --store few3/answers.db
cp output links.csv
start town.yaml --store few3/answers.db
curl -s -o page -d "$draft" "$url$(link 'Member Nr-7')"
run survey close town.yaml --store few3/answers.db
check 'beside a server: closed' same "$status" 0
check 'beside a server: no name, no key' same "$(cat few3/* | grep -caE 'Nr-|town\.example') $(ls few3/*.key 2>/dev/null)" '0 '
sleep 1.1
check 'beside a server: no draft comes after it' same \
    "$(curl -s -o page -w '%{http_code}' -d "$draft" "$url$(link 'Member Nr-9')")" 403
check 'beside a server: none' same "$(query few3/answers.db 'SELECT count(*) FROM draft')" 0
stop
check 'beside a server: nothing comes back' same "$(cat few3/* | grep -caE 'Nr-|town\.example') $(ls few3/*.key 2>/dev/null)" '0 '

# --- the end of retention ---

run survey erase town.yaml --store nothing/answers.db
compare said erase-nothing.expected
check 'nothing is made by erasing' [ ! -e nothing ]
echo 'no store at all, but long enough to be looked at by whoever takes it for an SQLite file, as one might do' >text.db
cp text.db text.before
run survey erase town.yaml --store text.db
compare said erase-text.expected
check 'what is no store stays' cmp text.db text.before
sed 's/invented-town/other-town/' town.yaml >other.yaml
state store >before
run survey erase other.yaml --store store/answers.db
compare said erase-other.expected

# typed WORDS COMMAND…: on a terminal, these words typed.
typed() {
    words=$1
    shift
    printf "$words" | timeout 20 script -qec "$(printf '%q ' "$@")" /dev/null >terminal 2>&1
    status=$?
    # The terminal shows what is typed before or after the question.
    { tr -d '\r\004\b' <terminal | sed 's/\^D//; s/go on: /&\n/' | grep -vxF -- "${words%\\n}"; echo "exit $status"; } >said
}
typed 'invented\n' "$BIN/survey" erase town.yaml --store store/answers.db
compare said erase-wrong-word.expected
typed '\n' "$BIN/survey" erase town.yaml --store store/answers.db
check 'no word: refused' same "$status" 1
typed 'yes\n' "$BIN/survey" erase town.yaml --store store/answers.db
check 'yes is not enough' same "$status" 1
typed '' "$BIN/survey" erase town.yaml --store store/answers.db
check 'the end of the input is no consent' same "$status" 1
check 'refused: nothing was touched' same "$(state store)" "$(cat before)"

state report >report-before
ln store/answers.db disk
: >store/answers.db-journal
head -c 32 /dev/urandom >store/answers.db.key
chmod 600 store/answers.db.key
ln store/answers.db.key disk.key
typed 'invented-town\n' "$BIN/survey" erase town.yaml --store store/answers.db
compare said erase-right-word.expected
check 'erased: store, journal and key' same "$(find store -type f -size +0; ls store/answers.db store/answers.db-* store/*.key 2>/dev/null)" ''
check 'erased: overwritten on the disk' same "$(tr -d '\0' <disk | wc -c) $(tr -d '\0' <disk.key | wc -c)" '0 0'
check 'erased: reports stay' same "$(state report)" "$(cat report-before)"
run survey erase town.yaml --store store/answers.db
compare said erase-again.expected
run survey status town.yaml --store store/answers.db
compare said status-erased.expected
run survey import town.yaml late.csv --store store/answers.db
compare said import-erased.expected
run survey invite town.yaml people.csv --store store/answers.db
check 'nobody is invited anew by a slip' same "$status $(ls store/*.key 2>/dev/null)" '1 '

run survey erase town.yaml --store open/answers.db
compare said erase-open-access.expected
typed '' "$BIN/survey" erase town.yaml --yes --store few/answers.db
check 'with --yes nobody is asked' same "$status" 0
check 'with --yes it is done' [ ! -e few/answers.db ]
ln -s few2/answers.db by-link.db
run survey erase town.yaml --store by-link.db
check 'by a symbolic link: what it leads to' same "$status $(find few2 -type f -size +0)" '0 '
run survey import town.yaml late.csv --store by-link.db
check 'by a symbolic link: not begun anew' same "$status $(ls few2)" '1 answers.db.erased'
run survey erase town.yaml --store by-link.db
check 'by a symbolic link: twice' same "$status" 0
# Broken off while it was overwritten: gone on with, and nobody is asked again.
head -c 4096 /dev/zero >broken.db.erased
echo 'half of a store' >>broken.db.erased
ln broken.db.erased disk-broken
typed '' "$BIN/survey" erase town.yaml --store broken.db
check 'a broken erasure: done' same "$status $(wc -c <broken.db.erased) $(tr -d '\0' <disk-broken | wc -c)" '0 0 0'

# A server that was left running writes nothing of it again.
run survey close town.yaml --store few3/answers.db
cp -r few3 served-store
start town.yaml --store served-store/answers.db
run survey erase town.yaml --store served-store/answers.db
check 'beside a server: erased' same "$status" 0
curl -s -o page "$url"
curl -s -o page -d 'response-key=5&page-shown=1&words=Late&go-send=1' "$url"
curl -s -o page "${url}health"
stop
check 'beside a server: nothing comes back' same "$(find served-store -type f -size +0)" ''

# Root may do everything, so that another user has to try.
if [ "$(id -u)" = 0 ]; then
    chmod 644 few3/*
    chmod 555 few3
    state few3 >before
    as_nobody run survey erase town.yaml --store few3/answers.db
    compare said erase-denied.expected
    check 'denied: nothing was touched' same "$(state few3)" "$(cat before)"
fi

finish
