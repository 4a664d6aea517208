#!/bin/bash
# The instructions that one form page, one compressed form page and one submission (its form page included) take in the
# server, counted by callgrind and compared with instructions.txt, so that a change shows: dip-2013 all in one page,
# 1 000 responses in the store. A count more than a tenth above the file's is a failure.
#
#   instructions.sh            prints and compares
#   instructions.sh --accept   keeps the present counts
#
# BUILD and BIN name the folders of the programs (make bench-programs).
set -eu
cd "$(dirname "$0")"
kept=$PWD/instructions.txt accept=${1:-}
cd ../..
BIN=$(realpath "${BIN:-bin}") bench=$(realpath "${BUILD:-build}")/tests/bench
folder=$(mktemp -d)
trap 'kill -9 $(jobs -p) 2>/dev/null; rm -rf "$folder"' EXIT
sed 's/^layout:.*/layout: single/' questionnaires/dip-2013.yaml >"$folder/form.yaml"
cd "$folder"
"$bench/generate_store" form.yaml model.db 1000

# count KIND TIMES: all instructions of a server that does so many.
count() {
    rm -f store.db* profile.* said
    cp model.db store.db
    valgrind --tool=callgrind --callgrind-out-file=profile.%p "$BIN/survey" serve form.yaml --store store.db \
        --listen 127.0.0.1:0 --rate-limit 0 --no-confinement 2>said &
    server=$!
    for _ in $(seq 400); do
        port=$(sed -n 's|.*://127.0.0.1:\([0-9]*\)/ .*|\1|p' said)
        [ -z "$port" ] || break
        sleep 0.05
    done
    "$bench/load" "$port" 1 "$2x" "$1" >/dev/null
    kill $server
    wait $server
    sed -n 's/^\(totals\|summary\): \([0-9]*\).*/\2/p' "profile.$server" | tail -n 1
}

for kind in pages packed responses; do
    few=$(count $kind 100) many=$(count $kind 600)
    echo "$kind $(((many - few) / 500))"
done >counts
[ "$accept" != --accept ] || cp counts "$kept"
awk 'NR == FNR { before[$1] = $2; next }
     { printf "%-10s %8d instructions, %8d before: %.2f\n", $1, $2, before[$1], $2 / before[$1]
       worse = worse || $2 > 1.1 * before[$1] }
     END { if (worse) print "TOO MANY: more than a tenth above instructions.txt"; exit worse }' "$kept" counts
