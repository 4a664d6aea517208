#!/bin/sh
# Measures the server: the bytes of the form page (dip-2013, all in one page: under 14 KB compressed), and durable
# responses a second beside plain pages a second of the same server, over 32 connections.
set -eu
cd "$(dirname "$0")/../.."
BIN=${BIN:-bin}
folder=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null; rm -rf "$folder"' EXIT

sed 's/^layout:.*/layout: single/' questionnaires/dip-2013.yaml >"$folder/dip.yaml"
"$BIN/survey" serve "$folder/dip.yaml" --store "$folder/dip.db" --listen 127.0.0.1:0 2>"$folder/log" &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    url=$(sed -n 's|.* \(http://[^ ]*/\) .*|\1|p' "$folder/log")
    [ -n "$url" ] && break
    sleep 0.2
done
plain=$(curl -s "$url" | wc -c)
compressed=$(curl -s -H 'Accept-Encoding: gzip' "$url" | wc -c)
echo "form page of dip-2013, all in one: $plain bytes, $compressed compressed"
node tests/bench/load.mjs "$url"
[ "$compressed" -lt 14336 ] || { echo 'TOO MUCH: over 14 KB'; exit 1; }
