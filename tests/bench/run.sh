#!/bin/sh
# Runs every benchmark; each says what it measures, and fails over its own limit.
set -u
cd "$(dirname "$0")" || exit 1
failed=0
for script in responses.sh links.sh growth.sh instructions.sh analysis.sh charts.sh coverage.sh scan.sh; do
    echo "== $script"
    "./$script" || failed=1
done
exit $failed
