#!/bin/sh
# All charts of the made-up studies, with up to 150 answers: no letter over another, none cut, none too small. `make
# chart-sheet` does it with 100 000 answers and two themes, and keeps the pictures to be looked at.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
node "$here/sheet.mjs" "$temporary" --most 150 --default-theme
