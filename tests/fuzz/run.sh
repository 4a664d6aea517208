#!/bin/sh
# Runs every fuzzer in turn for the seconds given (60), from its corpus in tests/fuzz/corpus/<name>, with its
# dictionary if there is one. A crash stops the run and leaves its input in the build folder.
set -eu
cd "$(dirname "$0")/../.."
export LSAN_OPTIONS=suppressions=$PWD/tests/fuzz/leaks.txt:print_suppressions=0
build=${BUILD:-build} seconds=${1:-60} count=0
for fuzzer in "$build"/fuzz/fuzz_*; do
    [ -x "$fuzzer" ] && [ -f "$fuzzer" ] || continue
    name=$(basename "$fuzzer")
    found=$build/fuzz/found-$name
    mkdir -p "$found" "tests/fuzz/corpus/$name"
    dictionary=tests/fuzz/$name.dict
    echo "fuzz: $name for $seconds s"
    "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 -close_fd_mask=1 \
        -artifact_prefix="$build/fuzz/" ${dictionary:+$([ -f "$dictionary" ] && echo "-dict=$dictionary")} \
        "$found" "tests/fuzz/corpus/$name" 2>&1 | grep -E '^(stat::number_of_executed|==|SUMMARY|artifact)|ERROR' || true
    if ls "$build"/fuzz/crash-* "$build"/fuzz/timeout-* "$build"/fuzz/oom-* >/dev/null 2>&1; then
        echo "fuzz: $name found a fault: $(ls "$build"/fuzz/crash-* "$build"/fuzz/timeout-* "$build"/fuzz/oom-* 2>/dev/null)"
        exit 1
    fi
    count=$((count + 1))
done
echo "fuzz: $count fuzzers, no fault found"
[ "$count" -gt 0 ]
