#!/bin/sh
# The programs are built hardened: position independent, relocations read-only, no stack that runs, canaries, and the
# library's checked calls. A build with sanitizers is not. BIN names the folder of the programs.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BIN=$(realpath "${BIN:-$here/../../bin}")
passed=0 failed=0

# check NAME COMMAND…: the command must succeed.
check() {
    name=$1
    shift
    if "$@" >/dev/null 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $program: $name"
    fi
}
dynamic() { readelf -dW "$BIN/$program" | grep -q "$1"; }
segment() { readelf -lW "$BIN/$program" | grep -q "$1"; }
symbol() { readelf --dyn-syms -W "$BIN/$program" | grep -q " $1@"; }

for program in survey analysis; do
    if readelf --dyn-syms -W "$BIN/$program" | grep -q __asan_init; then
        echo "$program is built with sanitizers"
        passed=$((passed + 1))
        continue
    fi
    check 'position independent' dynamic 'FLAGS_1.* PIE'
    check 'all is bound before it runs' dynamic 'FLAGS_1.* NOW'
    check 'relocations are read-only' segment GNU_RELRO
    check 'the stack does not run' segment 'GNU_STACK .* RW '
    check 'stacks have canaries' symbol __stack_chk_fail
    check 'copies are checked' symbol '__memcpy_chk\|__strcpy_chk\|__snprintf_chk\|__vsnprintf_chk'
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
