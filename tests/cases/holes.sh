#!/bin/sh
# Every hole that `analysis holes` lists does what the list says, in each language: in a text, the report shows the
# very value that was listed, or, where the list says why there is none, refuses it by name for that reason. And the
# files that a text can be: what is no text is refused with its reason, and what was written stays.
# QUESTIONNAIRE and STORE, if given, name others to list the holes of.
. "$(dirname "$0")/common/case.sh"
cd "$here/report" || exit 1
study=${QUESTIONNAIRE:-small.yaml}
store=${STORE:-$temporary/answers.db}

if [ -z "${STORE:-}" ]; then
    must survey import $study small.csv --store "$store"
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

report() { analysis report "$study" --store "$store" --before-close -o "$temporary/out" --no-charts "$@"; }

# check_holes OPTION…: those that are listed with these options.
check_holes() {
    with=$*
    rm -rf "$temporary/out" "$temporary/none.md" "$temporary/good.md"
    must analysis holes "$study" --store "$store" --before-close "$@"
    cp "$temporary/said" "$temporary/listed"
    check "there are holes with $with" test "$(grep -c '^{{' "$temporary/listed")" -gt 100
    write_texts
    check "all holes that have a value can be used with $with" ends 0 report --text "$temporary/good.md" "$@"
    list_values >"$temporary/expected"
    read_values >"$temporary/values"
    check "they have the values listed with $with" diff "$temporary/expected" "$temporary/values"
    [ -f "$temporary/none.md" ] || return
    check "a hole without a value is refused with $with" ends 1 report --text "$temporary/none.md" "$@"
    grep '^{{.*	– (' "$temporary/listed" | head -n 100 >"$temporary/expected" # no more mistakes are printed
    read_refusals >"$temporary/values"
    check "for the reason listed with $with" diff "$temporary/expected" "$temporary/values"
}

check_holes --language fr
check_holes --language en
check_holes --language fr --minimum-cell 7
check_holes --language en --by role*channel --adjust none
check_holes --language en --confidence 0.9 --interval wilson --where 'role != staff'

[ -z "${STORE:-}" ] || { finish; exit; }

# --- files ---

# A text that is refused: its name, and what is said.
refused() {
    check "$1 ends with 1" ends 1 report --text "$1"
    check "$1 is refused for its reason" says "$2"
    check "$1 leaves the report as it was" diff -r "$temporary/before" "$temporary/out"
}

rm -rf "$temporary/out"
printf '{{language fr}}\r\n# Les réponses\r\n\r\n{{claim rate taste > 50 %%}}Une majorité{{end}} : {{words taste}}.\r\n' >"$temporary/text.md"
check 'a text with the line ends of Windows is fine, and its claim holds' ends 0 report --text "$temporary/text.md" --strict
cp -r "$temporary/out" "$temporary/before"
must report --text "$temporary/text.md" --strict
check 'the same again is the same' diff -r "$temporary/before" "$temporary/out"
tr -d '\r' <"$temporary/text.md" >"$temporary/unix.md"
must report --text "$temporary/unix.md"
check 'as is the text with other line ends' diff -r "$temporary/before" "$temporary/out"
{ printf '\357\273\277'; cat "$temporary/text.md"; } >"$temporary/mark.md"
must report --text "$temporary/mark.md"
check 'or a byte-order mark' diff -r "$temporary/before" "$temporary/out"

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
check 'an empty text makes an empty report' ends 0 report --text "$temporary/empty.md" --strict
check 'with its title' grep -q '^# Cantine' "$temporary/out/report.md"

printf 'x {{claim rate taste > 99 %%}}y{{end}}\n' >"$temporary/broken.md"
check 'a claim that does not hold is no failure' ends 0 report --text "$temporary/broken.md"
rm -rf "$temporary/out"
check 'but with --strict it is' ends 1 report --text "$temporary/broken.md" --strict
check 'and the report is written' grep -q '⚠ y' "$temporary/out/report.md"

finish
