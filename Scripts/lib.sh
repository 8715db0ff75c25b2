# Shared by the scripts beside it, which source it from the root of the checkout.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" -eq 0 ]; }

apt() { DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 "$@" </dev/null; }

# Installs Debian packages without their recommendations. The package lists are fetched only when a
# package is not in them, or when what they name is no longer on the mirror.
install_packages() {
    has apt-get || fail "apt-get not found; install what Debian calls: $*"
    say "Installing: $*"
    if apt install --yes --quiet --no-install-recommends "$@"; then return; fi
    apt update --quiet
    apt install --yes --quiet --no-install-recommends "$@"
}
