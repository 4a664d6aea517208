#!/bin/sh
# What no compiler checks: the floors of the house, the one owner of each library, the format, and what
# clang-tidy and cppcheck find. Prints what is wrong, and exits 1 if anything is.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=0

complain() {
    printf '%s\n' "$1" >&2
    failed=1
}

# Nothing matching `pattern` in the files given, else say why not.
refuse() {
    why=$1 pattern=$2
    shift 2
    found=$(grep -nE "$pattern" "$@" /dev/null) && complain "lint: $why
$found"
}

# Only `owner` (a pattern of file names) may match `pattern`.
owner() {
    owner=$1 pattern=$2
    found=$(grep -lE "$pattern" $sources | grep -vE "$owner") &&
        complain "lint: only $owner may use $pattern: $found"
}

base=$(find model/base -name '*.[ch]')
model=$(find model -maxdepth 1 -name '*.[ch]')
survey=$(find survey -name '*.[ch]')
analysis=$(find analysis -name '*.[ch]')
sources="$base $model $survey $analysis"
tests=$(find tests -name '*.[ch]')

refuse 'model/base stands on nothing' '#include "(model/[^b]|survey|analysis)' $base
refuse 'model stands on model/base only' '#include "(survey|analysis)/' $model
refuse 'survey does not include analysis' '#include "analysis/' $survey
refuse 'analysis does not include survey' '#include "survey/' $analysis
refuse 'statistics are pure functions: they know counts, not questionnaires or reports' \
    '#include "(model/[^b]|survey/|analysis/[^s]|analysis/s[^t]|analysis/st[^a])' $(find analysis/statistics -name '*.[ch]')
refuse 'includes name their folder' '#include "[^/"]+"' $sources $tests
owner '^model/store[a-z_]*\.[ch]$' '<sqlite3\.h>'
owner '^survey/server(_head)?\.c$' '<microhttpd\.h>'
owner '^survey/confinement\.c$' '<(seccomp|linux/landlock)\.h>'
owner '^model/yaml\.c$' '<libfyaml\.h>'
owner '^model/csv\.c$' '<csv\.h>'
owner '^(model/base/html|survey/template|analysis/author_markdown)\.c$' '<cmark\.h>'
owner '^survey/mail\.c$' '<curl/'
owner '^analysis/statistics/[a-z_]+\.c$' '<gsl/'
owner '^tests/' '<jansson\.h>'
owner '^analysis/glyph\.c$' '<fontconfig/'
owner '^analysis/glyph\.c$' '<ft2build'
owner '^(analysis/process|survey/(admin_errand|scan_pdf))\.c$' '(posix_spawn|execl|execv|popen)[a-z]* *\('
owner '^survey/(letters|paper)(_[a-z]+)?\.[ch]$' '<(pango/|cairo)'
owner '^survey/scan_(image|limits)\.c$' '<leptonica/'
owner '^survey/scan_code\.c$' '<zbar\.h>'
owner '^survey/qr\.c$' '<qrencode\.h>'
owner '^model/base/(digest|secret)\.c$' '<sodium\.h>'
owner '^(analysis/readers|survey/intake_worker)\.c$' '<pthread\.h>'
owner '^(model/base/terminal|analysis/manifest)\.c$' '\bv?fprintf *\('
refuse 'the locale is never set' 'setlocale *\(' $sources
refuse 'structs are named, not typedefed' '^typedef struct' $sources
refuse 'finish it, or say in an issue why not' 'TODO|FIXME|\bXXX\b' $sources $tests

clang-format --dry-run --Werror $sources $tests || failed=1

# Functions of at most 60 lines.
ctags -x --c-kinds=f --fields=+ne --output-format=json $sources 2>/dev/null |
    sed -n 's/.*"name": "\([^"]*\)", "path": "\([^"]*\)".*"line": \([0-9]*\).*"end": \([0-9]*\).*/\3 \4 \2 \1/p' |
    awk '$2 - $1 >= 60 { print "lint: " $3 ":" $1 ": " $4 " has " $2 - $1 + 1 " lines"; bad = 1 } END { exit bad }' ||
    failed=1

cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr -j 2 -I. -I"${BUILD:-build}" \
    --enable=warning,performance,portability --suppressions-list=tests/cppcheck.txt \
    $(printf '%s\n' $sources | grep '\.c$') || failed=1

# NODES bounds what the analyzer looks at in each function. Its own bound of 225000 takes three times as long, and
# found nothing more when it was last tried: NODES=225000 make lint.
export NODES="${NODES:-50000}"
printf '%s\n' $sources | grep '\.c$' |
    xargs -P 2 -n 6 sh -c 'clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE -DVERSION=\"0\" -I. -I"${BUILD:-build}" \
        -Xclang -analyzer-config -Xclang max-nodes="$NODES" $(pkg-config --cflags pangocairo) 2>/dev/null' tidy ||
    failed=1

[ "$failed" = 0 ] && echo 'lint: nothing to say'
exit $failed
