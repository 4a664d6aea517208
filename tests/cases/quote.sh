#!/bin/sh
# A question that says `quote: never`: nothing quotes its answers, not the report, not its themes, not a text's holes,
# whatever the coding marks; all say so by name. Without the key, the same study quotes them.
. "$(dirname "$0")/common/case.sh"
cp "$here/report/small.yaml" free.yaml
sed 's/^\( *\)- id: comment$/&\n\1  quote: never/' free.yaml >kept.yaml
check 'the key is there' has 'quote: never' kept.yaml
for study in free kept; do
    must survey import $study.yaml "$here/report/small.csv" --store $study.db
    mkdir $study.db.themes
    printf 'answer,themes,quote\nPlus de fruits,Repas; Choix,x\nC’est bien,Autre,\n100 %% bio,Repas,x\n' \
        >$study.db.themes/comment.csv
    must analysis report $study.yaml --store $study.db -o $study --no-charts
    must analysis holes $study.yaml --store $study.db
    cp said $study.holes
    must analysis themes $study.yaml comment --store $study.db
    cp said $study.themes
done
check 'a quotation where quoting is free' has 'Plus de fruits' free/report.md
check 'no quotation' ends 1 grep -r 'Plus de fruits' kept
check 'themes all the same' has 'Repas' kept/report.md
check 'a hole for quotations where quoting is free' has '{{quotes comment' free.holes
check 'no hole for quotations' lacks '{{quotes comment' kept.holes
check 'a hole for themes' has '{{themes comment' kept.holes
check 'no word of marks where they count' lacks 'quote: never' free.themes
check 'marks that will not count are told of' \
    has 'answers marked to be quoted: 2; none will be, as the questionnaire says "quote: never" of "comment"' kept.themes

rm -r free.db.themes kept.db.themes
for study in free kept; do
    must analysis report $study.yaml --store $study.db -o $study --no-charts
done
check 'uncoded answers where quoting is free' has 'Plus de fruits' free/report.md
check 'no uncoded answers' ends 1 grep -r 'Plus de fruits' kept
check 'why not' has 'comme le prévoit le questionnaire' kept/report.md

printf '# T\n\n{{quotes comment 3}}\n' >text.md
check 'the hole is refused' ends 1 analysis report kept.yaml --store kept.db -o kept --no-charts --text text.md
check 'at its place, by name, with the reason' says \
    'text.md:3:10: error: the answers to "comment" are not to be quoted: the questionnaire says "quote: never"'

finish
