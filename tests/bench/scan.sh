#!/bin/sh
# How well scanned sheets are read: printed pages, marked by seven hands, spoilt in sixteen ways at 100 to 300 dots an
# inch, read back and compared with what was meant. Prints questions, those queued for a person, wrong answers accepted
# (none may be) with the exact upper bound of their rate at 95 %, and seconds a page. SHEETS says how many (224).
set -eu
cd "$(dirname "$0")/../.."
ways=clean,rotation,upside_down,shrinkage,perspective,shading,noise,blur,jpeg,contrast,fold,hole,staple,coffee,lost_corner,office
SHEETS=${SHEETS:-224} DOTS=${DOTS:-100,150,200,300} WAYS=$ways tests/scan/check.sh
