#!/bin/sh
# survey check on every file under check/, compared with the complete text it should print: standard error,
# then standard output, then the exit status. What is too large to keep is made here.
#
#   check.sh            prints what differs, and `N passed, N failed`; exit 1 on any difference
#   check.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
survey=$(realpath "${BIN:-$here/../../bin}")/survey
accept=${1:-}
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
passed=0 failed=0
[ -x "$survey" ] || { echo "check.sh: no $survey; run make first" >&2; exit 1; }

# Checks the file $2 in the folder $1; the expected text is check/$3.expected.
check() {
    (
        cd "$1" || exit 1
        timeout 20 "$survey" check "$2" >"$temporary/out" 2>"$temporary/err"
        status=$?
        cat "$temporary/err" "$temporary/out"
        echo "exit $status"
    ) >"$temporary/actual"
    if [ "$accept" = --accept ]; then
        cmp -s "$temporary/actual" "$here/check/$3.expected" || cp "$temporary/actual" "$here/check/$3.expected"
    elif diff -u "$here/check/$3.expected" "$temporary/actual"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
}

for file in "$here"/check/*.yaml; do
    name=$(basename "$file" .yaml)
    check "$here/check" "$name.yaml" "$name"
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

check "$made" missing.yaml made-missing
check "$made" folder.yaml made-folder

mkfifo "$made/pipe.yaml"
check "$made" pipe.yaml made-pipe
ln -s /dev/zero "$made/device.yaml"
check "$made" device.yaml made-device

head -c 10485760 /dev/zero | tr '\0' '#' >"$made/ten-megabytes.yaml"
check "$made" ten-megabytes.yaml made-ten-megabytes

{
    echo "$head"
    awk 'BEGIN { for (i = 1; i <= 2000; i++) printf "      - {id: q%d, type: text, text: Say}\n", i }'
} >"$made/two-thousand-columns.yaml"
check "$made" two-thousand-columns.yaml made-two-thousand-columns

{
    echo "$head"
    echo '      - id: all
        type: multiple
        text: Which?
        options:'
    awk 'BEGIN { for (i = 1; i <= 1900; i++) printf "          - {code: c%d, text: One}\n", i }'
} >"$made/exactly-enough-columns.yaml"
check "$made" exactly-enough-columns.yaml made-exactly-enough-columns

# Nine levels of nine aliases each: 387 420 489 texts if they were copied.
awk 'BEGIN {
    print "a0: &a0 text"
    for (i = 1; i <= 9; i++) {
        printf "a%d: &a%d [", i, i
        for (j = 0; j < 9; j++) printf "%s*a%d", j ? ", " : "", i - 1
        print "]"
    }
}' >"$made/alias-bomb.yaml"
check "$made" alias-bomb.yaml made-alias-bomb

awk 'BEGIN { printf "pages: "; for (i = 0; i < 100000; i++) printf "["; print "" }' >"$made/depth-bomb.yaml"
check "$made" depth-bomb.yaml made-depth-bomb

# Root reads everything, so another user has to try.
printf 'questionnaire: secret\n' >"$made/unreadable.yaml"
chmod 000 "$made/unreadable.yaml"
if [ "$(id -u)" = 0 ]; then
    chmod 755 "$temporary" "$made"
    cp "$survey" "$made/survey-copy"
    as_root=$survey
    cat >"$made/as-nobody" <<EOF
#!/bin/sh
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$made/survey-copy" "\$@"
EOF
    chmod 755 "$made/as-nobody" "$made/survey-copy"
    survey=$made/as-nobody
fi
check "$made" unreadable.yaml made-unreadable
survey=${as_root:-$survey}

[ "$accept" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
