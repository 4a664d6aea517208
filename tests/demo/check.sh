#!/bin/sh
# Plays the made-up campaign twice and checks that it gives the twelve published figures, that a wrong figure would
# be noticed, and that the second round gives the same tables although its answers came in with other keys.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
    printf 'check: %s\n' "$1" >&2
    exit 1
}

tests/demo/campaign.sh "$folder"
cp "$folder/tables.csv" "$folder/results.json" "$folder/made-up"
sed 's/| 61 | 97 |/| 62 | 97 |/' tests/demo/figures.expected >"$folder/made-up/figures.wrong"
! awk -f tests/demo/figures.awk "$folder/made-up/figures.wrong" "$folder/results.json" "$folder/tables.csv" \
    >/dev/null || fail 'a wrong figure was not noticed'

mv "$folder/made-up" "$folder/first"
FORMATS=md tests/demo/campaign.sh "$folder" >/dev/null
for file in tables.csv results.json; do
    cmp "$folder/first/$file" "$folder/$file" || fail "$file differs the second time"
done
echo 'the campaign and its twelve figures: passed'
