#!/bin/sh
# Runs every test: units, cases, the demo campaign with its published figures, the browser. Prints what failed
# in full, and `N passed, N failed` of the suites at the end. BIN and BUILD name the folders of the programs.
set -u
cd "$(dirname "$0")/.." || exit 1
BIN=$(realpath "${BIN:-bin}") BUILD=$(realpath "${BUILD:-build}")
export BIN BUILD
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Runs one suite: its name, then its command.
suite() {
    name=$1
    shift
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        printf 'ok      %-28s %s\n' "$name" "$(grep -E '(passed|PASSED)' "$log" | tail -n 1)"
    else
        failed=$((failed + 1))
        printf 'FAILED  %s\n' "$name"
        tail -n 200 "$log"
    fi
}

for test in "$BUILD"/tests/unit/test_*; do
    case $test in
    *.o | *.d) ;;
    *) suite "unit/$(basename "$test")" "$test" ;;
    esac
done
for script in tests/cases/*.sh; do
    suite "cases/$(basename "$script")" "$script"
done
suite fault/kill node tests/fault/kill.mjs 12
suite fault/kill-links node tests/fault/kill-links.mjs 6
suite forensic tests/forensic/run.sh 140
suite demo/figures tests/demo/check.sh
suite browser node tests/browser/run.mjs

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
