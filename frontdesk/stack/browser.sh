#!/bin/sh
# Chromium for the browser tests: Debian's package, when root may install it. A failure with CI=true only.
# The headless shell is the same browser without windows around its pages: a third less processor time in these tests.
set -eu
there() { command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null; }
get() { DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$1" >&2; }

command -v chromium-headless-shell >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium for the browser tests …" >&2
    apt-get -o Acquire::Retries=0 update -q >&2 || true
    get chromium-headless-shell || there || get chromium || true
fi
there && exit 0
if [ "${CI:-}" = true ]; then
    echo "frontdesk: chromium is missing and could not be installed; with CI=true that is a failure." >&2
    exit 1
fi
echo "frontdesk: no chromium on this machine (apt-get install chromium): the browser tests are SKIPPED." >&2
