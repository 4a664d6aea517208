#!/bin/sh
# Runs every test: units, cases, the demo campaign with its published figures, the browser. Prints what failed
# in full, and `N passed, N failed` of the suites at the end. BIN and BUILD name the folders of the programs; JOBS
# says how many suites are run at a time (default: two more than there are processors, since much of a suite is waiting).
set -u
cd "$(dirname "$0")/.." || exit 1
BIN=$(realpath "${BIN:-bin}") BUILD=$(realpath "${BUILD:-build}")
export BIN BUILD

# Runs one suite: its name, then its command. What it says is printed in one piece.
if [ "${1:-}" = --suite ]; then
    name=$2
    shift 2
    log=$(mktemp "$RESULTS/log.XXXXXX")
    began=$(date +%s)
    if "$@" >"$log" 2>&1 </dev/null; then
        printf 'ok      %-28s %3d s  %s\n' "$name" $(($(date +%s) - began)) "$(grep -E '(passed|PASSED)' "$log" | tail -n 1)" >"$log.said"
        echo passed >>"$RESULTS/ends"
    else
        { printf 'FAILED  %s\n' "$name" && tail -n 200 "$log"; } >"$log.said"
        echo failed >>"$RESULTS/ends"
    fi
    flock "$RESULTS" cat "$log.said"
    exit 0
fi

# The longest first, so that no processor is left alone with one at the end.
list_suites() {
    echo browser node tests/browser/run.mjs
    echo demo/figures tests/quick/with tests/demo/check.sh
    echo charts tests/quick/with tests/charts/check.sh
    echo scan tests/scan/check.sh
    echo fault/commands node tests/fault/commands.mjs 1
    echo fault/trouble node tests/fault/trouble.mjs 1
    echo fault/refuse node tests/fault/refuse.mjs 2
    echo fault/kill node tests/fault/kill.mjs 12
    echo fault/kill-links node tests/fault/kill-links.mjs 6
    echo fault/stop node tests/fault/stop.mjs 4
    echo fault/power node tests/fault/power.mjs 8
    echo forensic tests/forensic/run.sh 140
    for script in tests/attacks/[!a]*.py; do
        echo "attacks/$(basename "$script" .py)" "$script"
    done
    for replay in "$BUILD"/tests/fuzz/replay_*[!o]; do
        name=${replay##*/replay_}
        [ -x "$replay" ] && echo "fuzz/$name" "$replay" "tests/fuzz/corpus/fuzz_$name"
    done
    for script in tests/cases/*.sh; do
        echo "cases/$(basename "$script")" tests/quick/with "$script"
    done
    for test in "$BUILD"/tests/unit/test_*; do
        case $test in
        *.o | *.d) ;;
        *) echo "unit/$(basename "$test")" tests/quick/with "$test" ;;
        esac
    done
}

RESULTS=$(mktemp -d)
export RESULTS
trap 'rm -rf "$RESULTS"' EXIT
list_suites | xargs -P "${JOBS:-$(($(nproc) + 2))}" -L 1 tests/run.sh --suite
passed=$(grep -c passed "$RESULTS/ends") failed=$(grep -c failed "$RESULTS/ends")
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" = "$(list_suites | wc -l)" ]
