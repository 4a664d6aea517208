#!/bin/sh
# Measures `analysis report` with its charts against gnuplot's own time for the same scripts, in the same run: at
# most 1.5. The answers are random ones to questionnaires/dip-2013.yaml.
set -eu
cd "$(dirname "$0")/../.."
BUILD=$(realpath "${BUILD:-build}") BIN=$(realpath "${BIN:-bin}")
bench=$BUILD/tests/bench
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The best elapsed time of several rounds, in milliseconds.
elapsed() {
    "$bench/measure" "$@" >"$folder/measured" 2>/dev/null
    read -r microseconds _ <"$folder/measured"
    echo $((microseconds / 1000))
}

"$bench/generate_store" questionnaires/dip-2013.yaml "$folder/dip.db" 97
report=$(elapsed 3 "$BIN/analysis" report questionnaires/dip-2013.yaml --store "$folder/dip.db" --output "$folder/dip")
scripts=$(cd "$folder/dip/charts" && ls ./*.gp)
gnuplot=$(cd "$folder/dip/charts" && elapsed 3 gnuplot --default-settings $scripts)
percent=$((report * 100 / gnuplot))
echo "report with $(echo "$scripts" | wc -l) charts: $report ms; gnuplot alone on the same scripts: $gnuplot ms;" \
    "$percent %"
[ "$percent" -le 150 ] || { echo 'TOO MUCH: over 1.5 times gnuplot'; exit 1; }
