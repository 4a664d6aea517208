#!/bin/sh
# survey check on every file under check/, compared with the complete text it should print. What is too large to keep
# is made here.
. "$(dirname "$0")/common/case.sh"

# Checks the file $2 in the folder $1; the expected text is $3.expected.
try() {
    run check_in "$1" "$2"
    compare said "$3.expected"
}
check_in() { (cd "$1" && survey check "$2"); }

for file in "$files"/*.yaml; do
    name=$(basename "$file" .yaml)
    try "$files" "$name.yaml" "$name"
done

# --- made here: files that are large, and things that are no file ---

made=$temporary/made
mkdir "$made" "$made/folder.yaml"
head='questionnaire: made
languages: [en]
title: Made
privacy: Nothing
pages:
  - questions:'

try "$made" missing.yaml made-missing
try "$made" folder.yaml made-folder

mkfifo "$made/pipe.yaml"
try "$made" pipe.yaml made-pipe
ln -s /dev/zero "$made/device.yaml"
try "$made" device.yaml made-device

head -c 10485760 /dev/zero | tr '\0' '#' >"$made/ten-megabytes.yaml"
try "$made" ten-megabytes.yaml made-ten-megabytes

{
    echo "$head"
    awk 'BEGIN { for (i = 1; i <= 2000; i++) printf "      - {id: q%d, type: text, text: Say}\n", i }'
} >"$made/two-thousand-columns.yaml"
try "$made" two-thousand-columns.yaml made-two-thousand-columns

{
    echo "$head"
    echo '      - id: all
        type: multiple
        text: Which?
        options:'
    awk 'BEGIN { for (i = 1; i <= 1900; i++) printf "          - {code: c%d, text: One}\n", i }'
} >"$made/exactly-enough-columns.yaml"
try "$made" exactly-enough-columns.yaml made-exactly-enough-columns

# Nine levels of nine aliases each: 387 420 489 texts if they were copied.
awk 'BEGIN {
    print "a0: &a0 text"
    for (i = 1; i <= 9; i++) {
        printf "a%d: &a%d [", i, i
        for (j = 0; j < 9; j++) printf "%s*a%d", j ? ", " : "", i - 1
        print "]"
    }
}' >"$made/alias-bomb.yaml"
try "$made" alias-bomb.yaml made-alias-bomb

awk 'BEGIN { printf "pages: "; for (i = 0; i < 100000; i++) printf "["; print "" }' >"$made/depth-bomb.yaml"
try "$made" depth-bomb.yaml made-depth-bomb

# Root reads everything, so another user has to try.
printf 'questionnaire: secret\n' >"$made/unreadable.yaml"
chmod 000 "$made/unreadable.yaml"
chmod 755 "$made"
as_nobody try "$made" unreadable.yaml made-unreadable

finish
