#!/bin/sh
# Measures `analysis report` with its charts, in all formats it writes itself, against gnuplot's own time for the same
# scripts in the same run: at most 1.5; and the same report again, of whose charts none has changed: at most 0.2.
# The answers are random ones: 97 to questionnaires/dip-2013.yaml, and 140 to thirty questions by three breakdowns.
set -eu
cd "$(dirname "$0")/../.."
BUILD=$(realpath "${BUILD:-build}") BIN=$(realpath "${BIN:-bin}")
bench=$BUILD/tests/bench
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# The best elapsed time of several rounds, in milliseconds.
elapsed() {
    "$bench/measure" "$@" >"$folder/measured" 2>/dev/null
    read -r microseconds _ <"$folder/measured"
    echo $((microseconds / 1000))
}

# The name of a set, its questionnaire, the number of responses, and options of the report.
measure() {
    name=$1 questionnaire=$2 responses=$3
    shift 3
    "$bench/generate_store" "$questionnaire" "$folder/$name.db" "$responses"
    set -- "$BIN/analysis" report "$questionnaire" --store "$folder/$name.db" --output "$folder/$name" "$@"
    first=$(elapsed 3 sh -c 'rm -rf "$0" && exec "$@"' "$folder/$name" "$@")
    again=$(elapsed 3 "$@")
    scripts=$(cd "$folder/$name/charts" && ls ./*.gp)
    gnuplot=$(cd "$folder/$name/charts" && elapsed 3 gnuplot --default-settings $scripts)
    echo "$name, $responses responses, $(echo "$scripts" | wc -l) charts: report $first ms; gnuplot alone on the same" \
        "scripts $gnuplot ms; $((first * 100 / gnuplot)) %; the same report again $again ms; $((again * 100 / gnuplot)) %"
    [ "$first" -le $((gnuplot * 3 / 2)) ] || { echo 'TOO MUCH: over 1.5 times gnuplot'; failed=1; }
    [ "$again" -le $((gnuplot / 5)) ] || { echo 'TOO MUCH: over a fifth of gnuplot, which has nothing to draw'; failed=1; }
}

measure dip questionnaires/dip-2013.yaml 97
measure thirty tests/bench/thirty.yaml 140 --by 'role*channel'
exit $failed
