#!/bin/sh
# Attacks a store as somebody would who has a copy of its files: run.sh [PEOPLE [COPIES]]
set -eu
cd "$(dirname "$0")/../.."
python=/usr/bin/python3
$python tests/forensic/attack.py --self-test
$python tests/forensic/campaign.py "${1:-140}" "${2:-${1:-140}}"
