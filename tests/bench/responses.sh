#!/bin/bash
# Complete responses a second: the form fetched, sent filled in, thanked for once it is durable, over connections that
# are kept; dip-2013 all in one page, open to everyone, 1 000 responses in the store. Beside it, in the same run,
#   (a) a bare server on libmicrohttpd that serves the same page and answers the same form at once, keeping nothing;
#   (b) a bare loop that keeps the same rows with SQLite in commits of the same size.
# Then the form page alone, plain and compressed; the server's memory; and the same with personal links. Each figure is
# the median of ROUNDS, and so is each share. At 32 connections the server must reach 30 % of (a) and 60 % of (b); form
# pages 80 % of (a); at 512 connections it must stay below 30 MB.
#
# BUILD and BIN name the folders of the programs (make bench-programs); SECONDS_EACH and ROUNDS how long it takes.
set -eu
cd "$(dirname "$0")/../.."
BIN=$(realpath "${BIN:-bin}") bench=$(realpath "${BUILD:-build}")/tests/bench
rounds=${ROUNDS:-5} each=${SECONDS_EACH:-2} failed=0
folder=$(mktemp -d)
trap 'kill -9 $(jobs -p) 2>/dev/null; rm -rf "$folder"' EXIT
sed 's/^layout:.*/layout: single/' questionnaires/dip-2013.yaml >"$folder/form.yaml"
cp questionnaires/*.svg "$folder" 2>/dev/null || true
cd "$folder"

# start STORE: serves it; sets `server` and `port`.
start() {
    rm -f syncs
    SYNCS=$folder/syncs LD_PRELOAD=$bench/syncs.so "$BIN/survey" serve form.yaml --store "$1" --listen 127.0.0.1:0 \
        --rate-limit 0 2>said &
    server=$!
    for _ in $(seq 200); do
        port=$(sed -n 's|.*://127.0.0.1:\([0-9]*\)/ .*|\1|p' said)
        [ -z "$port" ] || break
        sleep 0.02
    done
}
stop() {
    kill "$server"
    wait "$server" || failed=1
}
commits() { od -An -t d8 syncs | tr -d ' '; }
median() { sort -g | awk '{ of[NR] = $1 } END { print of[int((NR + 1) / 2)] }'; }
column() { cut -d ' ' -f "$1" | median; }
# at_least SHARE LEAST WHAT, at_most NUMBER MOST WHAT
at_least() { awk "BEGIN { exit !($1 < $2) }" && { echo "TOO LITTLE: $3"; failed=1; }; true; }
at_most() { awk "BEGIN { exit !($1 > $2) }" && { echo "TOO MUCH: $3"; failed=1; }; true; }

"$bench/generate_store" form.yaml model.db 1000
cp model.db store.db
start store.db
curl -s "http://127.0.0.1:$port/" >page
curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:$port/" >packed
key=$(sed -n 's/.*name="response-key" value="\([0-9]*\)".*/\1/p' page)
curl -s -d "response-key=$key&page-shown=0&go-send=1&roles=member&role=member&recommend=yes" "http://127.0.0.1:$port/" >thanks
stop
rm store.db*
echo "form page: $(wc -c <page) bytes, compressed $(wc -c <packed)"
at_most "$(wc -c <packed)" 14336 'over 14 KB compressed'
[ -n "$key" ] && grep -q 'id="thanks"' thanks || { echo 'no thank-you'; exit 1; }
"$bench/bare_server" page thanks >bare_port &
sleep 0.5

# respond CONNECTIONS: one round; prints the rate, the median and the 99th percentile in ms, the rate of (a), that of (b),
# the responses of a commit, and the shares of (a) and (b).
respond() {
    cp model.db store.db
    start store.db
    read -r rate middle late count < <("$bench/load" "$port" "$1" "$each")
    batch=$((count / $(commits)))
    stop
    rm store.db*
    read -r bare _ < <("$bench/load" "$(cat bare_port)" "$1" "$each")
    cp model.db store.db
    loop=$("$bench/bare_store" store.db "$((batch ? batch : 1))" "$each")
    rm store.db*
    awk "BEGIN { print $rate, $middle, $late, $bare, $loop, $batch, 100 * $rate / $bare, 100 * $rate / $loop }"
}

printf '\n%11s %11s %9s %9s %12s %6s %12s %6s %9s\n' connections responses/s median p99 'bare HTTP/s' share \
    'bare SQLite' share a-commit
for connections in 1 8 32 128 512; do
    for _ in $(seq "$rounds"); do respond "$connections"; done >rounds
    printf '%11s %11.0f %6s ms %6s ms %12.0f %4.0f %% %12.0f %4.0f %% %9.0f\n' "$connections" $(column 1 <rounds) \
        $(column 2 <rounds) $(column 3 <rounds) $(column 4 <rounds) $(column 7 <rounds) $(column 5 <rounds) \
        $(column 8 <rounds) $(column 6 <rounds)
    [ "$connections" = 32 ] || continue
    at_least "$(column 7 <rounds)" 30 'less than 30 % of bare HTTP'
    at_least "$(column 8 <rounds)" 60 'less than 60 % of bare SQLite'
done

cp model.db store.db
start store.db
for _ in $(seq "$rounds"); do
    read -r bare _ < <("$bench/load" "$(cat bare_port)" 32 "$each" pages)
    read -r plain _ < <("$bench/load" "$port" 32 "$each" pages)
    read -r compressed _ < <("$bench/load" "$port" 32 "$each" packed)
    awk "BEGIN { print $plain, $compressed, $bare, 100 * $plain / $bare }"
done >rounds
stop
rm store.db*
echo
echo "form pages a second: $(column 1 <rounds), compressed $(column 2 <rounds), bare $(column 3 <rounds):" \
    "$(column 4 <rounds | cut -d . -f 1) %"
at_least "$(column 4 <rounds)" 80 'less than 80 % of bare pages'

cp model.db store.db
start store.db
"$bench/load" "$port" 512 "$each" >/dev/null
kilobytes=$(awk '/^VmHWM:/ { print $2 }' "/proc/$server/status")
stop
rm store.db*
echo "memory with 512 connections: $((kilobytes / 1024)) MB at most"
at_most "$kilobytes" 30000 'over 30 MB'

# linked: as `respond`, each response by a link of its own; the store is written anew before each thank-you.
linked() {
    rm -f links.db* links.csv
    "$BIN/survey" invite form.yaml people.csv --store links.db --public-url http://127.0.0.1/ -o links.csv >/dev/null 2>&1
    grep -o '/r/[A-Za-z0-9]*' links.csv >paths
    start links.db
    read -r rate middle late _ < <("$bench/load" "$port" 32 1000x responses paths)
    stop
    cp model.db store.db
    start store.db
    read -r open _ < <("$bench/load" "$port" 32 1000x)
    stop
    rm store.db*
    awk "BEGIN { print $rate, $middle, $late, $open, 100 * (1 - $rate / $open) }"
}

awk 'BEGIN { print "name"; for (i = 1; i <= 1100; i++) print "Made Up " i }' >people.csv
for _ in $(seq "$rounds"); do linked; done >rounds
echo "by personal links, the first 1 000 of 1 100 people over 32 connections: $(column 1 <rounds) a second (median" \
    "$(column 2 <rounds) ms, p99 $(column 3 <rounds) ms), open to everyone $(column 4 <rounds): anonymity costs" \
    "$(column 5 <rounds | cut -d . -f 1) %"
exit $failed
