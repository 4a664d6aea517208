#!/bin/sh
# Installs the Debian packages named that are missing (root, or sudo); with --node FOLDER, Node and the
# packages that the folder's lock file names.
set -eu

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "setup: needs root or sudo for: $*" >&2
        exit 1
    fi
}

install_packages() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "setup: installing$missing"
    as_root apt-get -qq -o Acquire::Retries=3 update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 install --no-install-recommends $missing >/dev/null
}

if [ "${1:-}" = --node ]; then
    command -v node >/dev/null && command -v npm >/dev/null || install_packages nodejs npm
    cd "$2"
    # npm leaves a copy of the lock file behind; the same lock file needs no second install.
    if ! cmp -s package-lock.json node_modules/.bilan-lock; then
        echo 'setup: installing the browser tests'\'' packages'
        npm ci --silent --no-audit --no-fund
        cp package-lock.json node_modules/.bilan-lock
    fi
else
    install_packages "$@"
fi
