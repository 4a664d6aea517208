# What every case stands on; each script of tests/cases reads this first.
#
#   CASE.sh            prints what is not so, and `N passed, N failed`; exit 1 if anything is not
#   CASE.sh --accept   makes the present texts the expected ones (read the diff before you commit it)
#
# BIN names the folder of the programs. Begins in a folder of its own, `temporary`, which goes at the end; `files` is
# where the case keeps its inputs and expected texts: the folder of its name, in `here`.
# shellcheck shell=sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
files=$here/$(basename "$0" .sh)
BIN=$(realpath "${BIN:-$root/bin}")
accept=${1:-}
case $accept in
'' | --accept) ;;
*) echo "usage: $0 [--accept]" >&2 && exit 2 ;;
esac
[ -x "$BIN/survey" ] || { echo "$0: no $BIN/survey; run make first" >&2 && exit 1; }
unset SURVEY_STORE SMTP_USER SMTP_PASSWORD SSL_CERT_FILE http_proxy HTTP_PROXY

passed=0 failed=0
temporary=$(mktemp -d)
cd "$temporary" || exit 1

# at_end: what a case has to take down besides.
at_end() { :; }
leave() {
    # shellcheck disable=SC2046
    kill -9 $(jobs -p) 2>/dev/null
    at_end
    chmod -R u+w "$temporary" 2>/dev/null
    rm -rf "$temporary"
}
trap leave EXIT

# --- checks ---

pass() { passed=$((passed + 1)); }
# fail NAME [DETAILS]
fail() {
    failed=$((failed + 1))
    echo "FAILED $1"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | head -n 100
}

# check NAME COMMAND…: the command must succeed; what it says is shown if it does not.
check() {
    checked=$1
    shift
    if "$@" >"$temporary/complaint" 2>&1; then pass; else fail "$checked" "$(cat "$temporary/complaint")"; fi
}

# compare ACTUAL EXPECTED: the file must be the expected one, which is named within `files`.
compare() {
    if [ "$accept" = --accept ]; then
        cmp -s "$1" "$files/$2" || cp "$1" "$files/$2"
    else
        check "$2" diff -u "$files/$2" "$1"
    fi
}

# must COMMAND…: what the case stands on; without it, the case ends.
must() {
    ends 0 "$@" >"$temporary/complaint" && return
    fail "$*" "$(cat "$temporary/complaint")"
    finish
    exit 1
}

# finish: the last command of a case.
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# --- what may be checked ---

same() { [ "$1" = "$2" ] || { echo "\"$1\" instead of \"$2\"" && false; }; }
# has WORDS FILE, lacks WORDS FILE. Of a page, the style sheet is not shown.
has() { grep -qF -- "$1" "$2" || { sed '/<style>/,/<\/style>/d' "$2" && false; }; }
lacks() { [ -f "$2" ] && ! grep -F -- "$1" "$2"; }
# ends STATUS COMMAND…: the command must end with this exit status; what it says is left in `said`.
ends() {
    wanted=$1
    shift
    "$@" >"$temporary/said" 2>&1
    status=$?
    if [ $status = "$wanted" ] && ! grep -q 'runtime error\|Sanitizer' "$temporary/said"; then return 0; fi
    cat "$temporary/said"
    echo "exit $status"
    return 1
}
# says WORDS: the last program did so.
says() { has "$1" "$temporary/said"; }

# --- programs ---

# `path`, if it is not empty, is where the programs look for others; `rights` is the command that takes some away.
path='' rights=''
# shellcheck disable=SC2086
survey() { timeout 300 env "PATH=${path:-$PATH}" $rights "$BIN/survey" "$@"; }
# shellcheck disable=SC2086
analysis() { timeout 300 env "PATH=${path:-$PATH}" $rights "$BIN/analysis" "$@"; }

# as_nobody COMMAND…: where root would be allowed everything, the programs run as another user, from a copy, since that
# user may not even see the checkout.
as_nobody() {
    programs=$BIN
    if [ "$(id -u)" = 0 ]; then
        chmod 755 "$temporary"
        install -D -m 755 -t "$temporary/programs" "$BIN/survey" "$BIN/analysis"
        BIN=$temporary/programs rights='setpriv --reuid=65534 --regid=65534 --clear-groups'
    fi
    "$@"
    outcome=$?
    BIN=$programs rights=''
    return $outcome
}

# mask: takes out of what is said what differs from run to run; a case may have more of it.
mask() { sed "s#$temporary#TMP#g"; }

# run COMMAND…: what a person sees of it, masked, is left in `said`; standard output and standard error as they are in
# `output` and `errors`; the exit status in `status`.
run() {
    "$@" >"$temporary/output" 2>"$temporary/errors" </dev/null
    status=$?
    {
        mask <"$temporary/errors"
        mask <"$temporary/output"
        echo "exit $status"
    } >"$temporary/said"
}

# query STORE SQL
query() { sqlite3 -readonly "$1" "$2"; }
# count STORE: its responses.
count() { query "$1" 'SELECT count(*) FROM response'; }

# page FILE: a report without its style sheet and the words of its script, which are the same in all.
page() {
    sed -e '/<style>/,/<\/style>/d' \
        -e '/<script>/,/<\/script>/{ s/<script>.*/<script>/; s/^.*<\/script>/<\/script>/; /script>/!d; }' "$1"
}

# fontconfig 2.14 loses some bytes of its own configuration, once.
forgive_fontconfig() {
    echo 'leak:libfontconfig' >"$temporary/leaks"
    export LSAN_OPTIONS="suppressions=$temporary/leaks:print_suppressions=0"
}
