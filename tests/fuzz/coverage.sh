#!/bin/sh
# What the corpora reach: lines of each file that reads what comes from outside. coverage.sh FOLDER, of fuzzers that were
# built to count (make fuzz-coverage).
set -eu
cd "$(dirname "$0")/../.."
folder=$1
objects=
for fuzzer in "$folder"/fuzz_*; do
    name=$(basename "$fuzzer")
    LLVM_PROFILE_FILE=$folder/$name.profraw "$fuzzer" -runs=0 -close_fd_mask=3 "tests/fuzz/corpus/$name" >/dev/null 2>&1
    objects="$objects -object $fuzzer"
done
llvm-profdata merge -sparse "$folder"/*.profraw -o "$folder/all.profdata"
# shellcheck disable=SC2086
llvm-cov report ${objects# -object } -instr-profile="$folder/all.profdata" 2>/dev/null |
    awk '
        $1 ~ /^(model|survey|analysis)\/.*\.c$/ && $1 ~ \
            /(yaml|read|parse|expression|questionnaire|csv|roster|import_file|fields|request|guest|link|template|author|theme_file|theme_coding|label|geometry|wire|html|text)[a-z_]*\.c$/ {
            lines[$1] = $8; reached[$1] = $8 - $9 }
        END {
            for (file in lines) {
                printf "%-40s %5d lines, %5.1f %% reached\n", file, lines[file], 100 * reached[file] / lines[file]
                all += lines[file]; sum += reached[file]
            }
            printf "%-40s %5d lines, %5.1f %% reached\n", "zz all", all, 100 * sum / all
        }' | sort | sed 's/^zz all   /all      /'
