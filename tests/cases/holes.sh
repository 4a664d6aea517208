#!/bin/sh
# Every hole that `analysis holes` lists does what the list says, in each language: in a text, the report shows the
# very value that was listed, or, where the list says why there is none, refuses it by name for that reason. And the
# files that a text can be: what is no text is refused with its reason, and what was written stays.
#
#   holes.sh    prints what differs, and `N passed, N failed`; exit 1 on any difference
#
# BIN names the folder of the programs. QUESTIONNAIRE and STORE, if given, name others to list the holes of.
set -u
here=$(cd "$(dirname "$0")" && pwd)
programs=$(realpath "${BIN:-$here/../../bin}")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
unset SURVEY_STORE
cd "$here/report" || exit 1
study=${QUESTIONNAIRE:-small.yaml}
store=${STORE:-$temporary/answers.db}

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

analysis() {
    timeout 120 "$programs/analysis" "$@"
}

if [ -z "${STORE:-}" ]; then
    "$programs/survey" import $study small.csv --store "$store" 2>"$temporary/log" || { cat "$temporary/log"; exit 1; }
    mkdir "$store.themes"
    printf 'answer,themes,quote\nPlus de fruits,Repas; Choix,x\nC’est bien,*Autre* & tout,\n100 %% bio,Repas,x\n**Merci**,*Autre* & tout,x\n' \
        >"$store.themes/comment.csv"
fi

# --- every hole ---

# The text of the report, a hole to a paragraph, each of them between its number and an @; holes that stand on lines
# of their own without. Those that have no value go into a second text.
write_texts() {
    awk -F '\t' -v good="$temporary/good.md" -v none="$temporary/none.md" '
        !/^{{/ { next }
        $2 ~ /^– \(/ { print "x " $1 "\n" >none; next }
        $1 ~ /^{{(chart|table|themes|quotes|part) / { print "## B\n\n" $1 "\n" >good; next }
        { print "n" NR ": " $1 " @\n" >good }' "$temporary/listed"
}

# What the report says in place of the holes, as it is in the list: number, a tab, words.
read_values() {
    sed -n 's/\\\(.\)/\1/g; s/^n\([0-9]*\): \(.*\) @$/\1\t\2/p' "$temporary/out/report.md"
}
list_values() {
    awk -F '\t' '/^{{/ && $2 !~ /^– \(/ && $1 !~ /^{{(chart|table|themes|quotes|part) / { print NR "\t" $2 }' "$temporary/listed"
}

# Why each hole that has no value was refused, in the order of the text.
read_refusals() {
    sed -n 's/^[^ ]*:[0-9]*:3: error: "\(.*\)" cannot be given: \(.*\)$/{{\1}}\t– (\2)/p' "$temporary/said"
}

check() {
    with=$*
    rm -rf "$temporary/out" "$temporary/none.md" "$temporary/good.md"
    analysis holes "$study" --store "$store" --before-close "$@" >"$temporary/listed" 2>"$temporary/log" || cat "$temporary/log"
    expect "there are holes with $with" test "$(grep -c '^{{' "$temporary/listed")" -gt 100
    write_texts
    expect "all holes that have a value can be used with $with" \
        analysis report "$study" --store "$store" --before-close -o "$temporary/out" --no-charts --text "$temporary/good.md" "$@" 2>"$temporary/said"
    grep -s error: "$temporary/said"
    list_values >"$temporary/expected"
    read_values >"$temporary/values"
    expect "they have the values listed with $with" diff "$temporary/expected" "$temporary/values"
    [ -f "$temporary/none.md" ] || return
    analysis report "$study" --store "$store" --before-close -o "$temporary/out" --no-charts --text "$temporary/none.md" "$@" 2>"$temporary/said"
    expect "a hole without a value is refused with $with" test $? = 1
    grep '^{{.*	– (' "$temporary/listed" | head -n 100 >"$temporary/expected" # no more mistakes are printed
    read_refusals >"$temporary/values"
    expect "for the reason listed with $with" diff "$temporary/expected" "$temporary/values"
}

check --language fr
check --language en
check --language fr --minimum-cell 7
check --language en --by role*channel --adjust none
check --language en --confidence 0.9 --interval wilson --where 'role != staff'

[ -z "${STORE:-}" ] || { echo "$passed passed, $failed failed"; [ "$failed" = 0 ]; exit; }

# --- files ---

try() {
    analysis report $study --store "$store" -o "$temporary/out" --no-charts --text "$@" >/dev/null 2>"$temporary/said"
}

# A text that is refused: its name, and what is said.
refused() {
    try "$1"
    expect "$1 ends with 1" test $? = 1
    expect "$1 is refused for its reason" grep -qF "$2" "$temporary/said"
    expect "$1 leaves the report as it was" diff -r "$temporary/before" "$temporary/out"
}

rm -rf "$temporary/out"
printf '{{language fr}}\r\n# Les réponses\r\n\r\n{{claim rate taste > 50 %%}}Une majorité{{end}} : {{words taste}}.\r\n' >"$temporary/text.md"
try "$temporary/text.md" --strict
expect 'a text with the line ends of Windows is fine, and its claim holds' test $? = 0
cp -r "$temporary/out" "$temporary/before"
try "$temporary/text.md" --strict
expect 'the same again is the same' diff -r "$temporary/before" "$temporary/out"
tr -d '\r' <"$temporary/text.md" >"$temporary/unix.md"
try "$temporary/unix.md"
expect 'as is the text with other line ends' diff -r "$temporary/before" "$temporary/out"
{ printf '\357\273\277'; cat "$temporary/text.md"; } >"$temporary/mark.md"
try "$temporary/mark.md"
expect 'or a byte-order mark' diff -r "$temporary/before" "$temporary/out"

refused "$temporary" 'it is not a regular file'
refused "$temporary/nowhere.md" 'No such file or directory'
head -c 20971520 /dev/zero | tr '\0' 'a' >"$temporary/large.md"
refused "$temporary/large.md" 'a report'"'"'s text has at most 1 MiB'
iconv -t UTF-16 "$temporary/unix.md" >"$temporary/utf-16.md"
refused "$temporary/utf-16.md" ':1:1: error: the byte 0xFF is not UTF-8; save the text as UTF-8'
iconv -t LATIN1 "$temporary/unix.md" >"$temporary/latin.md"
refused "$temporary/latin.md" ':2:8: error: the byte 0xE9 is not UTF-8; save the text as UTF-8'
printf 'a\nb\0{{rate taste}}' >"$temporary/zero.md"
refused "$temporary/zero.md" ':2:2: error: the byte 0x00 is not UTF-8'
printf -- '---\ntitle: T\n---\n' >"$temporary/header.md"
refused "$temporary/header.md" ':1:1: error: a header of YAML is not read here'
printf '# A\n\n{{claim rate taste > 99 %%}}x{{end}} {{rate tast}}' >"$temporary/both.md"
refused "$temporary/both.md" ':3:44: error: unknown question "tast"; did you mean "taste"?'

: >"$temporary/empty.md"
try "$temporary/empty.md" --strict
expect 'an empty text makes an empty report' test $? = 0
expect 'with its title' grep -q '^# Cantine' "$temporary/out/report.md"

printf 'x {{claim rate taste > 99 %%}}y{{end}}\n' >"$temporary/broken.md"
try "$temporary/broken.md"
expect 'a claim that does not hold is no failure' test $? = 0
rm -rf "$temporary/out"
try "$temporary/broken.md" --strict
expect 'but with --strict it is' test $? = 1
expect 'and the report is written' grep -q '⚠ y' "$temporary/out/report.md"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
