#!/bin/sh
# The programs are built hardened: position independent, relocations read-only, no stack that runs, canaries, and the
# library's checked calls. A build with sanitizers is not.
. "$(dirname "$0")/common/case.sh"

dynamic() { readelf -dW "$BIN/$program" | grep "$1"; }
segment() { readelf -lW "$BIN/$program" | grep "$1"; }
symbol() { readelf --dyn-syms -W "$BIN/$program" | grep " $1@"; }

for program in survey analysis; do
    if readelf --dyn-syms -W "$BIN/$program" | grep -q __asan_init; then
        echo "$program is built with sanitizers"
        pass
        continue
    fi
    check "$program: position independent" dynamic 'FLAGS_1.* PIE'
    check "$program: all is bound before it runs" dynamic 'FLAGS_1.* NOW'
    check "$program: relocations are read-only" segment GNU_RELRO
    check "$program: the stack does not run" segment 'GNU_STACK .* RW '
    check "$program: stacks have canaries" symbol __stack_chk_fail
    check "$program: copies are checked" symbol '__\(memcpy\|strcpy\|snprintf\|vsnprintf\)_chk'
done
finish
