#!/bin/sh
# Chromium for the browser tests: Debian's package, when root may install it. A failure with CI=true only.
set -eu
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium for the browser tests …" >&2
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium; } >&2 || true
fi
command -v chromium >/dev/null && exit 0
if [ "${CI:-}" = true ]; then
    echo "frontdesk: chromium is missing and could not be installed; with CI=true that is a failure." >&2
    exit 1
fi
echo "frontdesk: no chromium on this machine (apt-get install chromium): the browser tests are SKIPPED." >&2
