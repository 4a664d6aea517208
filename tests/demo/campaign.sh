#!/bin/sh
# Plays a whole campaign whose answers are made up: campaign.sh [FOLDER]
#
# An empty store; 140 people invited, each with a letter; 70 who fill in the real form through their links; 27 paper
# sheets imported; the end of the collection, and an audit of what the store gives away; the report, in FOLDER
# (results/demo), which must give the twelve published figures. BIN and BUILD
# name the folders of the programs, FORMATS those of the synthesis; all folders are taken from the top of the tree. What it makes besides the
# report lies in FOLDER/made-up, and is made anew each time.
set -eu
cd "$(dirname "$0")/../.."
output=${1:-results/demo}
bin=${BIN:-bin}
tools=${BUILD:-build}/tests/demo
questionnaire=questionnaires/dip-2013.yaml
notice='Réponses inventées pour la démonstration'
made_up=$output/made-up
store=$made_up/answers.db
log=/dev/null
server=

fail() {
    printf 'campaign: %s\n' "$1" >&2
    [ ! -s "$log" ] || sed 's/^/  server: /' "$log" >&2
    exit 1
}

# Ends the server and says how it ended.
stop_server() {
    [ -n "$server" ] || return 0
    pid=$server
    server=
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid"
}

# Starts the server on a free port; where it serves is left in `url`.
start_server() {
    "$bin/survey" serve "$questionnaire" --store "$store" --listen 127.0.0.1:0 2>"$log" &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        url=$(sed -n 's|.* \(http://127\.0\.0\.1:[0-9]*/\) .*|\1|p' "$log")
        [ -z "$url" ] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.25
    done
    fail 'the server does not start'
}

for program in "$bin/survey" "$bin/analysis" "$tools/campaign" "$tools/respond"; do
    [ -x "$program" ] || fail "$program is missing: run make demo"
done
trap 'stop_server || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
rm -rf "$made_up"
(umask 007 && mkdir -p "$made_up") # as survey makes it: not for everybody on this machine
log=$made_up/serve.log
: >"$log" # the server is looked for there before it has written a line

"$tools/campaign" "$made_up"
"$bin/survey" check "$questionnaire"
"$bin/survey" invite "$questionnaire" "$made_up/roster.csv" --store "$store" --public-url http://127.0.0.1:8080/ \
    --letters "$made_up/letters.pdf" --output "$made_up/links.csv"
start_server
sed -i "s|http://127.0.0.1:8080/|$url|" "$made_up/links.csv" # the port was free only now
"$tools/respond" "$made_up/links.csv" "$made_up/web.csv" || fail 'the form was not answered'
stop_server || fail 'the server did not end well'
"$bin/survey" import "$questionnaire" "$made_up/paper.csv" --store "$store"
"$bin/survey" close "$questionnaire" --store "$store"
"$bin/survey" status "$questionnaire" --store "$store"
"$bin/survey" audit "$questionnaire" --store "$store"
for question in criticism hope_words; do # the open answers, coded by hand; so are the themes made up
    "$bin/analysis" themes "$questionnaire" "$question" --store "$store" \
        --codes "tests/demo/themes-$question.csv" >"$made_up/themes-$question.txt"
done
"$bin/analysis" report "$questionnaire" --store "$store" --output "$output" --notice "$notice"
"$bin/analysis" report "$questionnaire" --store "$store" --output "$output/synthesis" --notice "$notice" \
    --format "${FORMATS:-html,md,docx,pdf}" --text questionnaires/dip-2013.report.md --strict # its claims are the published figures
echo
echo 'The twelve published figures, as the made-up answers give them:'
awk -f tests/demo/figures.awk tests/demo/figures.expected "$output/results.json" "$output/tables.csv"

cat <<END

The report of the made-up campaign: $output/report.html, its charts: $output/charts/
The synthesis, with its figures filled in and checked: $output/synthesis/report.html, .docx for Word, .pdf
The letters with the links, to look at: $made_up/letters.pdf
A survey of your own: copy questionnaires/accueil.yaml, change it, then
    $bin/survey check   questionnaires/YOURS.yaml
    $bin/survey serve   questionnaires/YOURS.yaml --preview    and open http://127.0.0.1:8080
    $bin/survey invite  questionnaires/YOURS.yaml PEOPLE.csv   if each person is to have a link
    $bin/survey serve   questionnaires/YOURS.yaml
    $bin/survey close   questionnaires/YOURS.yaml
    $bin/analysis report questionnaires/YOURS.yaml
END
