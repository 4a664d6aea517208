#!/bin/sh
# Prints how often the intervals of rates hold the truth, simulated and computed; fails if these differ, or if the
# exact one does not keep its promise.
set -eu
cd "$(dirname "$0")/../.."
"${BUILD:-build}/tests/bench/coverage"
