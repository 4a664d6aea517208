#!/bin/sh
# Every figure of a report on made-up answers to questions of all types, counted again in plain SQL: the whole way
# from a file of answers through the store to tables.csv and results.json. BIN names the folder of the programs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$(realpath "${BIN:-$here/../../bin}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

awk -f "$here/figures/answers.awk" >answers.csv
"$bin/survey" import "$here/figures/recount.yaml" answers.csv --store answers.db >log 2>&1 &&
    "$bin/analysis" report "$here/figures/recount.yaml" --store answers.db --output . --minimum-cell 1 \
        --no-charts >log 2>&1 || { cat log; exit 1; }

# Tests between groups are compared with R's, in tests/unit.
sed -E -e '1s/.*/question,item,by,grp,option,count,base,rate,low,high/' -e '/,,\((p|p_adjusted|effect)(:[^)]*)?\),/d' \
    tables.csv >told.csv
printf '%s\n' "ATTACH 'answers.db' AS store;" '.import --csv told.csv told' | cat - "$here/figures/recount.sql" |
    sqlite3 -bail :memory: >compared
cat compared
[ "$(wc -l <compared)" = 1 ] || { echo '0 passed, 1 failed'; exit 1; }
echo '1 passed, 0 failed'
