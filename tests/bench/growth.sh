#!/bin/bash
# How the programs grow with the number of responses stored, 1 000 to 1 000 000, thirty questions each: the time of one
# response at one connection, of 32 at once, of `survey status`, of the evaluator's overview, and of the report without
# charts, each beside its figure for the least store. What a respondent waits for must stay the same (at most twice),
# the report grow no faster than the responses.
#
# BUILD and BIN name the folders of the programs (make bench-programs); SIZES how many responses.
set -eu
cd "$(dirname "$0")/../.."
BIN=$(realpath "${BIN:-bin}") bench=$(realpath "${BUILD:-build}")/tests/bench
sizes=${SIZES:-1000 10000 100000 1000000} failed=0
folder=$(mktemp -d)
trap 'kill -9 $(jobs -p) 2>/dev/null; rm -rf "$folder"' EXIT
cp tests/bench/thirty.yaml "$folder"
cd "$folder"

# The best of some rounds, in milliseconds.
measure() { "$bench/measure" "$@" 2>/dev/null | awk '{ printf "%.1f", $1 / 1000 }'; }

# overview URL: the same of the evaluator's overview, signed in.
overview() {
    session=$(curl -s -D - -o /dev/null --data-urlencode 'password=made up, and long' "$1admin" |
        sed -n 's/^Set-Cookie: office=\([0-9a-f]*\);.*/\1/p')
    for _ in 1 2 3 4 5; do
        curl -s -o page -b "office=$session" -w '%{time_total}\n' "${1}admin"
        grep -q 'class="figures"' page || { echo 'no overview' >&2; exit 1; }
    done | sort -g | awk 'NR == 1 { printf "%.1f", 1000 * $1 }'
}

printf '%10s %14s %16s %10s %10s %10s\n' responses 'one response' '32 at once' status overview report
first=
for size in $sizes; do
    "$bench/generate_store" thirty.yaml store.db "$size"
    status=$(measure 5 "$BIN/survey" status thirty.yaml --store store.db)
    report=$(measure 3 "$BIN/analysis" report thirty.yaml --store store.db --output report --no-charts)
    echo 'made up, and long' | "$BIN/survey" password thirty.yaml --store store.db >/dev/null
    "$BIN/survey" serve thirty.yaml --store store.db --listen 127.0.0.1:0 --rate-limit 0 2>said &
    server=$!
    for _ in $(seq 200); do
        url=$(sed -n 's|.* \(http://[^ ]*/\) .*|\1|p' said)
        [ -z "$url" ] || break
        sleep 0.05
    done
    port=${url##*:} port=${port%/}
    overview=$(overview "$url")
    read -r _ one _ < <("$bench/load" "$port" 1 300x)
    read -r rate _ < <("$bench/load" "$port" 32 3000x)
    kill $server
    wait $server || failed=1
    rm -rf store.db* report
    printf '%10s %11s ms %8s a second %7s ms %7s ms %7s ms\n' "$size" "$one" "$rate" "$status" "$overview" "$report"
    [ -n "$first" ] || first="$size $one $report"
    read -r least least_one least_report <<<"$first"
    awk "BEGIN { exit !($one > 2 * $least_one) }" && { echo 'TOO MUCH: a response waits longer'; failed=1; }
    awk "BEGIN { exit !($report > 2 * $least_report + 2 * $least_report * $size / $least) }" &&
        { echo 'TOO MUCH: the report grows faster than the responses'; failed=1; }
done
exit $failed
