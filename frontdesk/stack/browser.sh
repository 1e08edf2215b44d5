#!/bin/sh
# Chromium for the browser tests: Debian's packages, when root may install them. A failure with CI=true only.
# The headless shell is the same browser without windows around its pages: a third less processor time in these tests;
# the other one is for what needs a window, such as notifications.
set -eu
shell() { command -v chromium-headless-shell >/dev/null; }
windows() { command -v chromium >/dev/null; }
get() { DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$1" >&2; }

if shell && windows; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium for the browser tests …" >&2
    apt-get -o Acquire::Retries=0 update -q >&2 || true
    windows || get chromium || true
    shell || get chromium-headless-shell || true
fi
windows && exit 0
if [ "${CI:-}" = true ]; then
    echo "frontdesk: chromium is missing and could not be installed; with CI=true that is a failure." >&2
    exit 1
fi
echo "frontdesk: no chromium on this machine (apt-get install chromium): browser tests are SKIPPED." >&2
