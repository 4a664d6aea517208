#!/bin/bash
# survey invite where the disk is full, where it is killed at any moment, and where two run at a time: nothing is
# half written, running it again finishes, and links stay as they were. All people are made up.
. "$(dirname "$0")/common/case.sh"
cp "$here/invite/form.yaml" .
disk=
at_end() { [ -z "$disk" ] || umount "$disk"; }

# committed STORE: how many people are in it, without finishing what was broken off: that is for survey to do.
committed() {
    rm -f look.db*
    cp "$1" look.db 2>/dev/null && { cp "$1-journal" look.db-journal; cp "$1-wal" look.db-wal; } 2>/dev/null
    sqlite3 look.db 'SELECT count(*) FROM invitation' 2>/dev/null || echo 0
}
# people FIRST LAST: a roster.
people() {
    echo name,email,role
    for i in $(seq "$1" "$2"); do echo "Person $i,p$i@town.example,member"; done
}
# invite ROSTER STORE OPTION…: its exit status; what it says goes to `errors`, standard output to `output`.
invite() {
    roster=$1 store=$2
    shift 2
    survey invite form.yaml "$roster" --store "$store" --public-url https://survey.example.org "$@" \
        >output 2>errors
}
# links FILE: how many records of it have a whole link and code.
links() { grep -cE '/r/[0-9a-z]{26},([0-9A-Z]{4}-){3}[0-9A-Z]{4}$' "$1"; }
# hashes STORE: what is kept of the links, in an order of its own.
hashes() { query "$1" 'SELECT hex(token), hex(code), email FROM invitation ORDER BY email' | sha256sum; }
people 1 20 >twenty.csv
people 1 5000 >crowd.csv

# --- a full disk ---

# Standard output may be a pipe that is closed, or a device that takes nothing.
survey invite form.yaml twenty.csv --store a.db >/dev/full 2>errors
check 'no space for standard output: said' same "$? $(grep -c 'cannot write to standard output' errors)" '1 1'
invite twenty.csv a.db
check 'no space for standard output: again' same "$? $(links output)" '0 20'

# fill: leaves no byte free. free: makes room.
fill() { cat /dev/zero >disk/ballast 2>/dev/null; }
free() { rm -f disk/ballast; }
mkdir disk
if mount -t tmpfs -o size=4m tmpfs disk 2>/dev/null; then
    disk=$temporary/disk
    fill
    invite twenty.csv disk/answers.db
    check 'no space for a store: said' same "$? $(grep -ciE 'no space( is)? left' errors)" '1 1'
    check 'no space for a store: one line' same "$(grep -c '^survey: ' errors)" 1
    free
    invite twenty.csv disk/answers.db
    check 'no space for a store: again' same "$? $(links output)" '0 20'
    cp output twenty-links.csv
    check 'no space for a store: pages are as large as they can be' same "$(query disk/answers.db 'PRAGMA page_size')" 65536

    fill
    invite crowd.csv disk/answers.db
    check 'no space for people: said' same "$? $(grep -ciE 'no space( is)? left' errors)" '1 1'
    check 'no space for people: none is added' same "$(query disk/answers.db 'SELECT count(*) FROM invitation')" 20
    free
    check 'no space for people: the store is whole' same "$(query disk/answers.db 'PRAGMA integrity_check')" ok
    invite twenty.csv disk/answers.db
    check 'no space for people: links stay' cmp output twenty-links.csv

    cp twenty-links.csv disk/links.csv
    people 1 21 >more.csv
    fill
    invite twenty.csv a.db -o disk/other.csv
    check 'no space for a file: said' same "$? $(grep -c 'No space left' errors)" '1 1'
    check 'no space for a file: none is there' same "$(ls disk)" "$(printf 'answers.db\nanswers.db-journal\nanswers.db.key\nballast\nlinks.csv')"
    invite twenty.csv a.db -o disk/links.csv
    check 'no space over a file: said' same "$? $(grep -c 'No space left' errors)" '1 1'
    check 'no space over a file: it stays whole' cmp disk/links.csv twenty-links.csv
    free
    invite more.csv disk/answers.db -o disk/links.csv
    check 'no space over a file: again' same "$? $(links disk/links.csv)" '0 21'

    # Room that ends in the midst of each write, from nothing to enough.
    for left in 4 8 16 32 64 128 192 256 320 384 448 512 768; do
        rm -f disk/*
        fill
        truncate -s -${left}K disk/ballast
        invite twenty.csv disk/answers.db
        first=$?
        rows=$(committed disk/answers.db)
        check "$left KB: all or nobody" same "$rows" $((first ? 0 : 20))
        [ $first = 0 ] || check "$left KB: said in a line" same "$(grep -c '^survey: ' errors)" 1
        free
        invite twenty.csv disk/answers.db
        check "$left KB: again" same "$? $(links output) $(query disk/answers.db 'PRAGMA page_size')" '0 20 65536'
    done
    umount disk && disk=
fi

# --- two at a time ---

# The first to come makes the store, for which the other may have to be run again.
"$BIN/survey" invite form.yaml twenty.csv --store b.db >one.csv 2>one.log &
one=$!
"$BIN/survey" invite form.yaml twenty.csv --store b.db >two.csv 2>two.log &
two=$!
wait $one || "$BIN/survey" invite form.yaml twenty.csv --store b.db >one.csv 2>one.log
wait $two || "$BIN/survey" invite form.yaml twenty.csv --store b.db >two.csv 2>two.log
check 'two at a time: twenty people' same "$(query b.db 'SELECT count(*) FROM invitation')" 20
check 'two at a time: the same links' cmp one.csv two.csv

# Where there are links already, neither fails, and whoever is in both rosters has one link.
people 11 400 >one-roster.csv
people 200 600 >two-roster.csv
for round in 1 2 3; do
    rm -f b.db*
    invite twenty.csv b.db
    cp output twenty-links.csv
    "$BIN/survey" invite form.yaml one-roster.csv --store b.db >one.csv 2>one.log &
    one=$!
    "$BIN/survey" invite form.yaml two-roster.csv --store b.db >two.csv 2>two.log &
    two=$!
    wait $one
    first=$?
    wait $two
    check "two at a time, round $round: both are done" same "$first $?" '0 0'
    check "two at a time, round $round: 600 people" same "$(query b.db 'SELECT count(*), count(DISTINCT email) FROM invitation')" '600|600'
    check "two at a time, round $round: one link each" same "$(cat one.csv two.csv | grep '^Person' | sort -u | wc -l)" 590
done

# --- killed ---

# As long as it takes here and now, in milliseconds: the moments are spread over that.
began=$(date +%s%N)
invite crowd.csv c.db -o crowd-links.csv
lasts=$((($(date +%s%N) - began) / 1000000))
check 'five thousand people' same "$(query c.db 'SELECT count(*) FROM invitation') $(links crowd-links.csv)" '5000 5000'
moment() { printf '%d.%03d' $((lasts * $1 / 10000)) $((lasts * $1 / 10 % 1000)); }
nobody=0 everybody=0
for tenth in 0 1 2 3 4 5 6 7 8 9 10 12; do
    rm -rf store crowd-links.csv*
    "$BIN/survey" invite form.yaml crowd.csv --store store/answers.db -o crowd-links.csv 2>/dev/null &
    victim=$!
    sleep "$(moment $tenth)"
    kill -9 $victim 2>/dev/null
    wait $victim 2>/dev/null
    cp store/answers.db.key key-then 2>/dev/null || rm -f key-then
    rows=$(committed store/answers.db)
    case $rows in
    0) nobody=$((nobody + 1)) ;;
    5000) everybody=$((everybody + 1)) hashes=$(hashes look.db) ;;
    *) fail "killed at $tenth/10: $rows people" ;;
    esac
    [ ! -e crowd-links.csv ] || check "killed at $tenth/10: a whole file or none" same "$(links crowd-links.csv)" 5000
    invite crowd.csv store/answers.db -o crowd-links.csv
    check "killed at $tenth/10: again" same "$? $(query store/answers.db 'SELECT count(*) FROM invitation')" '0 5000'
    check "killed at $tenth/10: a link for everybody" same "$(links crowd-links.csv)" 5000
    [ ! -e key-then ] || check "killed at $tenth/10: the key stays" cmp store/answers.db.key key-then
    [ "$rows" = 0 ] || check "killed at $tenth/10: links stay" same "$(hashes store/answers.db)" "$hashes"
    # What was left of the making of a key goes with it, or never was the key.
    cp store/answers.db.key key-then
    survey close form.yaml --store store/answers.db >/dev/null
    check "killed at $tenth/10, closed: no key" same "$? $(cat store/* | od -An -v -tx1 | tr -d ' \n' |
        grep -c "$(od -An -v -tx1 key-then | tr -d ' \n')")" '0 0'
done
check 'killed before and after' [ $nobody -gt 0 -a $((nobody + everybody)) = 12 ]

# More people, into a store that has some: those before keep their links.
people 1 100 >hundred.csv
invite hundred.csv d.db
cp output hundred-links.csv
for tenth in 2 4 6 8; do
    cp d.db e.db
    cp d.db.key e.db.key
    "$BIN/survey" invite form.yaml crowd.csv --store e.db >/dev/null 2>&1 &
    victim=$!
    sleep "$(moment $tenth)"
    kill -9 $victim 2>/dev/null
    wait $victim 2>/dev/null
    rows=$(committed e.db)
    check "more people, killed at $tenth/10: all or none of them" [ "$rows" = 100 -o "$rows" = 5000 ]
    invite crowd.csv e.db
    check "more people, killed at $tenth/10: again" same "$? $(links output)" '0 5000'
    check "more people, killed at $tenth/10: links stay" same "$(grep -cxFf hundred-links.csv output)" 101
    rm -f e.db*
done

finish
