#!/bin/bash
# What may be seen while personal links are open, what the close of a collection erases, and the end of retention:
# compared with the complete texts under retention/ (standard error, standard output, the exit status), and with
# the raw bytes of the files that remain. All people are made up.
#
#   retention.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   retention.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BIN=$(realpath "${BIN:-$here/../../bin}")
accept=${1:-}
unset SURVEY_STORE
temporary=$(mktemp -d)
server=
trap 'kill -9 $server 2>/dev/null; rm -rf "$temporary"' EXIT
cp "$here/retention/town.yaml" "$temporary"
cd "$temporary" || exit 1
passed=0 failed=0
[ -x "$BIN/survey" ] || { echo "retention.sh: no $BIN/survey; run make first" >&2; exit 1; }

pass() { passed=$((passed + 1)); }
fail() {
    failed=$((failed + 1))
    echo "FAILED $1"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | head -n 20
}
# check NAME COMMAND…: the command must succeed.
check() {
    name=$1
    shift
    if "$@" >difference 2>&1; then pass; else fail "$name" "$(cat difference)"; fi
}
same() { [ "$1" = "$2" ] || { echo "\"$1\" instead of \"$2\""; return 1; }; }
lacks() { ! grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
query() { sqlite3 -readonly "$1" "$2"; }

# run COMMAND…: what a person sees, in `said`; the exit status in `status`.
run() {
    timeout 60 "$@" >output 2>errors </dev/null
    status=$?
    { cat errors output; echo "exit $status"; } >said
}
# expect NAME: `said` must be the text of retention/NAME.expected.
expect() {
    if [ "$accept" = --accept ]; then
        cmp -s said "$here/retention/$1.expected" || cp said "$here/retention/$1.expected"
    elif diff -u "$here/retention/$1.expected" said; then
        pass
    else
        failed=$((failed + 1))
    fi
}
survey() { run "$BIN/survey" "$@"; }
analysis() { run "$BIN/analysis" "$@"; }
# state FOLDER: the bytes of every file in it.
state() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }

# --- what is seen while links are open ---

{
    echo name,email,role
    for i in $(seq 20); do echo "Member Nr-$i,m$i@town.example,member"; done
    for i in 1 2 3; do echo "Manager Nr-$i,,manager"; done
} >people.csv
survey invite town.yaml people.csv --store store/answers.db --public-url https://survey.example.org/
check 'inviting' same $status 0
cp output links.csv
survey status town.yaml --store store/answers.db
expect status-0

# answered NUMBER: one more response, of a member, on paper; nothing that is counted may show it at once.
answered() {
    printf 'role,words,sheet\nmember,Made up %s,%s\n' "$1" "$1" >"paper-$1.csv"
    "$BIN/survey" import town.yaml "paper-$1.csv" --store store/answers.db >/dev/null 2>errors ||
        fail "a response on paper" "$(cat errors)"
    # Of one day, whatever the clock says: the tests may run at midnight.
    sqlite3 store/answers.db "DELETE FROM day_count; INSERT INTO day_count VALUES ('2024-03-01', 'paper', $1)"
    survey status town.yaml --store store/answers.db
}
for i in $(seq 11); do
    answered "$i"
    check "status with $i responses: as with $((i - i % 5))" cmp said "$(
        [ $((i % 5)) = 0 ] && cp said "seen-$i"
        [ "$i" -lt 5 ] && echo "$here/retention/status-0.expected" || echo "seen-$((i - i % 5))"
    )"
done
cp seen-5 said
expect status-5
cp seen-10 said
expect status-10

# Who has answered changes nothing, and what one person does by link is not seen.
survey status town.yaml --store store/answers.db
cp said seen-unused
sqlite3 store/answers.db "UPDATE invitation SET used = 1 WHERE name LIKE 'M%-1'"
survey status town.yaml --store store/answers.db
check 'a used link is not seen' cmp said seen-unused

state store >before
analysis report town.yaml --store store/answers.db --output early
expect report-refused
check 'no early report' [ ! -e early ]
analysis export town.yaml --store store/answers.db --format csv -o early.csv
expect export-refused
check 'no early export' [ ! -e early.csv ]
SURVEY_STORE=store/answers.db analysis export town.yaml --format csv
check 'no early export to standard output' same "$status $(wc -c <output)" '1 0'
analysis export town.yaml --store store/answers.db --format csv --before-close
check 'an early export that is asked for' same "$status $(wc -l <output)" '0 12'
analysis report town.yaml --store store/answers.db --before-close --no-charts --output report
check 'an early report that is asked for' same "$status" 0
check 'an early report is there' [ -s report/report.html ]
survey erase town.yaml --store store/answers.db
expect erase-open
survey erase town.yaml --store store/answers.db --yes
expect erase-open
check 'nothing of this changes a file' same "$(state store)" "$(cat before)"

# --- the close ---

# start STORE: serves it; sets `server` and `base`.
start() {
    "$BIN/survey" serve town.yaml --store "$1" --listen 127.0.0.1:0 2>served &
    server=$!
    base=
    for _ in $(seq 200); do
        base=$(sed -n 's/.* at \(https*:[^ ]*\) .*/\1/p' served)
        [ -z "$base" ] || break
        sleep 0.05
    done
    [ -n "$base" ] || fail 'serving' "$(cat served)"
}
stop() {
    kill $server
    wait $server 2>/dev/null
    server=
}
# link NAME: what stands behind the address of the server.
link() { sed -n "s,^$1\,.*/\(r/[0-9a-z]*\)\,.*,\1,p" links.csv; }

start store/answers.db
draft='response-key=1&page-shown=1&words=Ornithorynque&go-save=1'
check 'a draft' same "$(curl -s -o page -w '%{http_code}' -d "$draft" "$base$(link 'Member Nr-7')")" 200
check 'another draft' same "$(curl -s -o page -w '%{http_code}' -d "$draft" "$base$(link 'Manager Nr-2')")" 200
check 'an answer by link' same \
    "$(curl -s -o page -w '%{http_code}' -d "${draft/go-save/go-send}" "$base$(link 'Member Nr-8')")" 200
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

survey close town.yaml --store store/answers.db
expect close
check 'after: no name and no address' same "$(found "${names[@]}")" 0
check 'after: no pattern of them' same "$(cat store/* | grep -caE 'Nr-|town\.example')" 0
check 'after: no hash of a link' same "$(found "${links[@]}")" 0
check 'after: no draft' same "$(found "${drafts[@]}")" 0
check 'after: the answers' same "$(found "$(hexadecimal 'Made up 11')")" 1
check 'after: no key' same "$(found "$key") $(ls store/*.key 2>/dev/null)" '0 '
check 'after: not even on the disk' same "$(od -An -v -tx1 key-before | tr -d ' \n0')" ''
check 'after: no table names anybody' same "$(query store/answers.db 'SELECT (SELECT count(*) FROM invitation) + (SELECT count(*) FROM draft)')" 0
check 'after: no free page' same "$(query store/answers.db 'PRAGMA freelist_count')" 0
survey status town.yaml --store store/answers.db
expect status-closed
cp store/answers.db closed.db
survey close town.yaml --store store/answers.db
expect close
# SQLite counts changes in its header.
check 'a second close: the same bytes' cmp -i 100 store/answers.db closed.db
# A close that was broken off between the store and the key is finished by the next.
head -c 32 /dev/urandom >store/answers.db.key
chmod 600 store/answers.db.key
survey close town.yaml --store store/answers.db
expect close
check 'a close that was broken off: no key' [ ! -e store/answers.db.key ]

# --- after it ---

printf 'role,words,sheet\nmanager,Late,12\n' >late.csv
survey import town.yaml late.csv --store store/answers.db
check 'late paper' same "$status $(query store/answers.db 'SELECT count(*) FROM response')" '0 13'
printf 'role,words,channel\nmember,,web\n' >late-web.csv
survey import town.yaml late-web.csv --store store/answers.db
expect late-web
check 'late from the web: nothing is taken' same "$(query store/answers.db 'SELECT count(*) FROM response')" 13
survey invite town.yaml people.csv --store store/answers.db
expect late-invite
survey remind town.yaml --everyone --store store/answers.db
expect late-remind
survey revoke town.yaml --email m1@town.example --store store/answers.db
expect late-revoke
check 'late: no key' [ ! -e store/answers.db.key ]
analysis export town.yaml --store store/answers.db --format csv
check 'an export after the close' same "$status $(wc -l <output)" '0 14'
analysis report town.yaml --store store/answers.db --no-charts --output report
check 'a report after the close' same "$status" 0
survey close town.yaml --store store/answers.db
expect close-late

# Where nobody was invited, nobody is said to be forgotten.
survey import town.yaml late.csv --store open/answers.db
survey close town.yaml --store open/answers.db
expect close-open-access

# With people invited of whom nobody has answered; and with revoked links, which tell nothing.
survey invite town.yaml people.csv --store few/answers.db
survey revoke town.yaml --email m1@town.example --store few/answers.db
survey revoke town.yaml --email m2@town.example --replace --store few/answers.db
survey status town.yaml --store few/answers.db
expect status-revoked
survey close town.yaml --store few/answers.db
expect close-revoked
check 'revoked: no name' same "$(cat few/* | grep -caE 'Nr-|town\.example')" 0

# While a server has it open, and with the key lost.
survey invite town.yaml people.csv --store few2/answers.db
rm few2/answers.db.key
survey close town.yaml --store few2/answers.db
check 'a lost key: closed' same "$status" 0
survey invite town.yaml people.csv --store few3/answers.db
cp output links.csv
start few3/answers.db
curl -s -o page -d "$draft" "$base$(link 'Member Nr-7')"
survey close town.yaml --store few3/answers.db
check 'beside a server: closed' same "$status" 0
check 'beside a server: no name, no key' same "$(cat few3/* | grep -caE 'Nr-|town\.example') $(ls few3/*.key 2>/dev/null)" '0 '
sleep 1.1
check 'beside a server: no draft comes after it' same \
    "$(curl -s -o page -w '%{http_code}' -d "$draft" "$base$(link 'Member Nr-9')")" 403
check 'beside a server: none' same "$(query few3/answers.db 'SELECT count(*) FROM draft')" 0
stop
check 'beside a server: nothing comes back' same "$(cat few3/* | grep -caE 'Nr-|town\.example') $(ls few3/*.key 2>/dev/null)" '0 '

# --- the end of retention ---

survey erase town.yaml --store nothing/answers.db
expect erase-nothing
check 'nothing is made by erasing' [ ! -e nothing ]
echo 'no store at all, but long enough to be looked at by whoever takes it for an SQLite file, as one might do' >text.db
cp text.db text.before
survey erase town.yaml --store text.db
expect erase-text
check 'what is no store stays' cmp text.db text.before
sed 's/invented-town/other-town/' town.yaml >other.yaml
state store >before
survey erase other.yaml --store store/answers.db
expect erase-other

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
expect erase-wrong-word
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
expect erase-right-word
check 'erased: store, journal and key' same "$(find store -type f -size +0; ls store/answers.db store/answers.db-* store/*.key 2>/dev/null)" ''
check 'erased: overwritten on the disk' same "$(tr -d '\0' <disk | wc -c) $(tr -d '\0' <disk.key | wc -c)" '0 0'
check 'erased: reports stay' same "$(state report)" "$(cat report-before)"
survey erase town.yaml --store store/answers.db
expect erase-again
survey status town.yaml --store store/answers.db
expect status-erased
survey import town.yaml late.csv --store store/answers.db
expect import-erased
survey invite town.yaml people.csv --store store/answers.db
check 'nobody is invited anew by a slip' same "$status $(ls store/*.key 2>/dev/null)" '1 '

survey erase town.yaml --store open/answers.db
expect erase-open-access
typed '' "$BIN/survey" erase town.yaml --yes --store few/answers.db
check 'with --yes nobody is asked' same "$status" 0
check 'with --yes it is done' [ ! -e few/answers.db ]
ln -s few2/answers.db by-link.db
survey erase town.yaml --store by-link.db
check 'by a symbolic link: what it leads to' same "$status $(find few2 -type f -size +0)" '0 '
survey import town.yaml late.csv --store by-link.db
check 'by a symbolic link: not begun anew' same "$status $(ls few2)" '1 answers.db.erased'
survey erase town.yaml --store by-link.db
check 'by a symbolic link: twice' same "$status" 0
# Broken off while it was overwritten: gone on with, and nobody is asked again.
head -c 4096 /dev/zero >broken.db.erased
echo 'half of a store' >>broken.db.erased
ln broken.db.erased disk-broken
typed '' "$BIN/survey" erase town.yaml --store broken.db
check 'a broken erasure: done' same "$status $(wc -c <broken.db.erased) $(tr -d '\0' <disk-broken | wc -c)" '0 0 0'

# A server that was left running writes nothing of it again.
survey close town.yaml --store few3/answers.db
cp -r few3 served-store
start served-store/answers.db
survey erase town.yaml --store served-store/answers.db
check 'beside a server: erased' same "$status" 0
curl -s -o page "$base"
curl -s -o page -d 'response-key=5&page-shown=1&words=Late&go-send=1' "$base"
curl -s -o page "${base}health"
stop
check 'beside a server: nothing comes back' same "$(find served-store -type f -size +0)" ''

# Root may do everything, so that another user has to try.
if [ "$(id -u)" = 0 ]; then
    chmod 755 .
    chmod 644 few3/*
    chmod 555 few3
    cp "$BIN/survey" copy && chmod 755 copy
    state few3 >before
    run setpriv --reuid=65534 --regid=65534 --clear-groups ./copy erase town.yaml --store few3/answers.db
    expect erase-denied
    check 'denied: nothing was touched' same "$(state few3)" "$(cat before)"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
