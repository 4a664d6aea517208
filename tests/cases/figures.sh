#!/bin/sh
# Every figure of a report on made-up answers to questions of all types, counted again in plain SQL: the whole way
# from a file of answers through the store to tables.csv and results.json.
. "$(dirname "$0")/common/case.sh"

awk -f "$files/answers.awk" >answers.csv
must survey import "$files/recount.yaml" answers.csv --store answers.db
must analysis report "$files/recount.yaml" --store answers.db --output . --minimum-cell 1 --no-charts

# Tests between groups are compared with R's, in tests/unit.
sed -E -e '1s/.*/question,item,by,grp,option,count,base,rate,low,high/' -e '/,,\((p|p_adjusted|effect)(:[^)]*)?\),/d' \
    tables.csv >told.csv
recount() {
    printf '%s\n' "ATTACH 'answers.db' AS store;" '.import --csv told.csv told' | cat - "$files/recount.sql" |
        sqlite3 -bail :memory: >compared
    cat compared
    [ "$(wc -l <compared)" = 1 ]
}
check 'all are the same' recount
cat compared
finish
