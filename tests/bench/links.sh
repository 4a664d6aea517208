#!/bin/sh
# Measures what a submission costs with personal links, beside one without, in the same run.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${BUILD:-build}/tests/bench/links" questionnaires/dip-2013.yaml "$folder"
