#!/bin/sh
# Runs the unit tests and the cases with every program under valgrind's memcheck: whatever it says is a failure, and
# what the tests themselves say is not counted, since some of them wait only so long. The server is not confined
# meanwhile, as valgrind has to make memory that holds code. It takes half an hour.
#
#   tests/valgrind.sh [WORD]     only suites whose name has the word; BIN and BUILD name the folders of the programs
set -u
cd "$(dirname "$0")/.." || exit 1
BIN=$(realpath "${BIN:-bin}") BUILD=$(realpath "${BUILD:-build}") wanted=${1:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/logs"
chmod 755 "$folder" "$folder/bin"
chmod 1777 "$folder/logs" # a server may become another user
memcheck="valgrind -q --vgdb=no --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
--suppressions=$PWD/tests/valgrind.supp --log-file=$folder/logs/%p"
for program in survey analysis; do
    cat >"$folder/bin/$program" <<EOF
#!/bin/sh
case \${1:-} in serve) shift && set -- serve --no-confinement "\$@" ;; esac
exec $memcheck $BIN/$program "\$@"
EOF
    chmod +x "$folder/bin/$program"
done

failed=0 passed=0
# judge NAME: what valgrind said since the last time.
judge() {
    find "$folder/logs" -type f -size +0 -exec cat {} + >"$folder/said"
    rm -f "$folder"/logs/*
    if [ -s "$folder/said" ]; then
        failed=$((failed + 1))
        echo "FAILED  $1"
        sed 's/^==[0-9]*== //' "$folder/said" | head -n 60
    else
        passed=$((passed + 1))
        echo "ok      $1"
    fi
}

for test in "$BUILD"/tests/unit/test_*; do
    name=unit/$(basename "$test")
    case $name in
    *.o | *.d | */test_confinement) continue ;; # its processes forbid themselves what valgrind needs
    *$wanted*) $memcheck "$test" >/dev/null 2>&1 && judge "$name" || { judge "$name" && echo "        (failed)"; } ;;
    esac
done
for script in tests/cases/*.sh; do
    name=cases/$(basename "$script")
    case $name in
    *$wanted*) BIN=$folder/bin "$script" >/dev/null 2>&1 </dev/null; judge "$name" ;;
    esac
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
