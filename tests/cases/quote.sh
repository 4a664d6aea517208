#!/bin/sh
# A question that says `quote: never`: nothing quotes its answers, not the report, not its themes, not a text's holes,
# whatever the coding marks; all say so by name. Without the key, the same study quotes them.
#
#   quote.sh    prints what is not so, and `N passed, N failed`; exit 1 on any failure
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$(realpath "${BIN:-$here/../../bin}")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
unset SURVEY_STORE
cd "$temporary" || exit 1

expect() {
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not so: $what"
    fi
}
refuse() { ! "$@"; }
analysis() { timeout 120 "$programs/analysis" "$@"; }

cp "$here/report/small.yaml" free.yaml
sed 's/^\( *\)- id: comment$/&\n\1  quote: never/' free.yaml >kept.yaml
expect 'the key is there' grep -q 'quote: never' kept.yaml
for study in free kept; do
    "$programs/survey" import $study.yaml "$here/report/small.csv" --store $study.db 2>log || cat log
    mkdir $study.db.themes
    printf 'answer,themes,quote\nPlus de fruits,Repas; Choix,x\nC’est bien,Autre,\n100 %% bio,Repas,x\n' \
        >$study.db.themes/comment.csv
    analysis report $study.yaml --store $study.db -o $study --no-charts 2>log || cat log
    analysis holes $study.yaml --store $study.db >$study.holes 2>log || cat log
    analysis themes $study.yaml comment --store $study.db >/dev/null 2>$study.said || cat $study.said
done
expect 'a quotation where quoting is free' grep -q 'Plus de fruits' free/report.md
expect 'no quotation' refuse grep -qr 'Plus de fruits' kept
expect 'themes all the same' grep -q 'Repas' kept/report.md
expect 'a hole for quotations where quoting is free' grep -q '{{quotes comment' free.holes
expect 'no hole for quotations' refuse grep -q '{{quotes comment' kept.holes
expect 'a hole for themes' grep -q '{{themes comment' kept.holes
expect 'no word of marks where they count' refuse grep -q 'quote: never' free.said
expect 'marks that will not count are told of' \
    grep -q 'answers marked to be quoted: 2; none will be, as the questionnaire says "quote: never" of "comment"' kept.said

rm -r free.db.themes kept.db.themes
for study in free kept; do
    analysis report $study.yaml --store $study.db -o $study --no-charts 2>log || cat log
done
expect 'uncoded answers where quoting is free' grep -q 'Plus de fruits' free/report.md
expect 'no uncoded answers' refuse grep -qr 'Plus de fruits' kept
expect 'why not' grep -q 'comme le prévoit le questionnaire' kept/report.md

printf '# T\n\n{{quotes comment 3}}\n' >text.md
expect 'the hole is refused' refuse analysis report kept.yaml --store kept.db -o kept --no-charts --text text.md 2>log
expect 'at its place, by name, with the reason' grep -q \
    'text.md:3:10: error: the answers to "comment" are not to be quoted: the questionnaire says "quote: never"' log
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
