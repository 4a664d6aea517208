#!/bin/sh
# Every fault, ROUNDS (1000) times or at every step there is, and a table of what came of it: run.sh [ROUNDS]
# "acknowledged" are the thank-you pages, and the commands that said they were done; "lost", what was acknowledged and
# is not there; "twice", what is there more than once; "half", what is neither as before nor as it was to be.
# BIN and BUILD name the folders of the programs.
set -u
cd "$(dirname "$0")/../.." || exit 1
rounds=${1:-1000}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0
few=$(((rounds + 99) / 100)) # of what happens to the machine, each takes seconds

# try NAME ROUNDS
try() {
    echo "$1: $2 rounds of each" >&2
    node "tests/fault/$1.mjs" "$2" >"$log.one" || failed=1
    grep -v "^row	" "$log.one" >&2
    grep "^row	" "$log.one" >>"$log"
    rm -f "$log.one"
}
try kill "$rounds"
try kill-links "$rounds"
try stop "$rounds"
try refuse "$rounds"
try commands "$rounds"
try power "$rounds"
try trouble "$few"
awk -F '\t' '
    BEGIN { form = "%-52s %7s %12s %5s %6s %5s\n"; printf form, "fault", "rounds", "acknowledged", "lost", "twice", "half" }
    { printf form, $2, $3, $4, $5, $6, $7; for (i = 3; i <= 7; i++) sum[i] += $i }
    END { printf form, "all", sum[3], sum[4], sum[5], sum[6], sum[7] }' "$log"
exit $failed
