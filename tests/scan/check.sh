#!/bin/sh
# A short round of scanning: nine printed sheets, marked by as many hands and pens, each spoilt in another way, are
# read back; no wrong answer may be accepted. `make bench` does it with thousands of questions. BIN names the folder of
# the programs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
BIN=$(realpath "${BIN:-$root/bin}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
form=$root/questionnaires/accueil.yaml
python3 "$here/print.py" "$BIN/survey" "$form" "${SHEETS:-9}" "$folder"
python3 "$here/round.py" --survey "$BIN/survey" --questionnaire "$form" --form "$folder/form.json" \
    --pages "$folder/pages" --several preparation:4 --sheets "${SHEETS:-9}" --dots "${DOTS:-150}" \
    --ways "${WAYS:-rotation,upside_down,shrinkage,perspective,shading,noise,jpeg,contrast,fold}" >"$folder/said" || {
    cat "$folder/said"
    exit 1
}
cat "$folder/said"
sed -n 's/^questions /passed: no wrong answer accepted; questions /p' "$folder/said"
