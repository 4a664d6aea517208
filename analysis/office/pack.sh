#!/bin/sh
# Packs the folder of a reference document into the ZIP file that word processors expect, the same bytes each
# time, and writes these as the elements of a C array.
#
#   pack.sh docx|odt FILE.bytes
set -eu
folder=$(dirname "$0")/$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$folder" "$work/files"
cd "$work/files"
find . -exec env TZ=UTC touch -d '1980-01-01 00:00' {} +
# An OpenDocument file begins with its type, as it is; a Word file with its list of parts.
first=$([ "$1" = odt ] && echo mimetype || echo '[Content_Types].xml')
TZ=UTC zip -q -X -0 ../packed "./$first"
find . -type f ! -name "$first" | LC_ALL=C sort | TZ=UTC zip -q -X -9 ../packed -@
cd - >/dev/null
od -An -v -tu1 -w32 "$work/packed.zip" | sed 's/ *\([0-9]\{1,3\}\)/\1,/g' >"$2"
