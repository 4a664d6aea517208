#!/bin/sh
# Runs every benchmark; each says what it measures, and fails over its own limit.
set -u
cd "$(dirname "$0")" || exit 1
failed=0
for script in coverage.sh server.sh links.sh charts.sh analysis.sh scan.sh; do
    echo "== $script"
    "./$script" || failed=1
done
exit $failed
