#!/bin/sh
# Installs into .venv, visibly: `sh frontdesk/stack/install.sh base|dev`. Skipped when the lock file hasn't changed.
set -eu
cd "$(dirname "$0")/../.."
wanted=${1:-dev}
stamp=.venv/installed

say() { printf '%s\n' "$*" >&2; }
fail() { say "frontdesk: $*"; exit 1; }

lock_id() { printf '%s %s' "$1" "$(cat requirements/installer.txt "requirements/$1.txt" | sha256sum | cut -c1-64)"; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "needs Python 3.11 or newer; this machine has $(python3 --version 2>/dev/null || echo no python3)."
}

# uv doesn't read pip's configuration; on a machine behind a mirror it has to be told.
follow_pip() {
    [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] || return 0
    for name in global.index-url install.index-url :env:.index-url; do
        value=$(.venv/bin/python -m pip config get "$name" 2>/dev/null) && export UV_DEFAULT_INDEX="$value"
    done
    for name in global.find-links install.find-links :env:.find-links; do
        value=$(.venv/bin/python -m pip config get "$name" 2>/dev/null) && export UV_FIND_LINKS="$value"
    done
    return 0
}

make_venv() {
    python=$(find_python)
    "$python" -c 'import venv, ensurepip' 2>/dev/null || {
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
            fail "$python has no venv or ensurepip module (on Debian and Ubuntu: apt-get install $package)."
        say "installing $package …"
        { apt-get update -q && apt-get install -qy "$package"; } >&2 ||
            fail "$package could not be installed; $python needs it for its venv module."
    }
    say "making .venv with $("$python" --version) …"
    rm -rf .venv
    "$python" -m venv .venv || fail "$python could not make .venv; see above."
}

# Catalogs of words are committed as .po; Django reads them compiled. Nothing is started when none is newer.
compile_words() {
    for po in frontdesk/locale/*/LC_MESSAGES/*.po; do
        [ ! -f "$po" ] || [ "${po%.po}.mo" -nt "$po" ] || { .venv/bin/python -m frontdesk.words compile >&2; return; }
    done
}

if [ -f "$stamp" ] && .venv/bin/python -c '' 2>/dev/null; then
    have=$(cat "$stamp")
    # dev holds all of base; what a developer has installed isn't taken away by `make demo`.
    if [ "$have" = "$(lock_id dev)" ] || [ "$have" = "$(lock_id "$wanted")" ]; then compile_words; exit 0; fi
    case $have in dev*) wanted=dev ;; esac
fi

.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
rm -f "$stamp"
say "installing uv …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt ||
    fail "pip could not install uv; see above."
follow_pip
say "installing the packages of requirements/$wanted.txt …"
VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip sync --require-hashes "requirements/$wanted.txt" ||
    fail "the packages could not be installed; see above."
# So that .venv/bin/pytest and friends find the product from wherever they are called.
printf '%s\n' '../../../..' > "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/frontdesk.pth"
# Compiles what the programs import (all 14,000 files would take longer than the installation), so that the first
# start needn't. With both URLs set nothing is started; when it fails, the start itself says why.
say "compiling …"
PYTHONDONTWRITEBYTECODE='' SECRET_KEY=compiling FIELD_KEYS='' \
    DATABASE_URL=postgres://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 .venv/bin/python -c '
import celery.apps.beat, celery.apps.worker, celery.bin.celery, kombu.transport.redis, uvicorn.main
import frontdesk.asgi, sandbox.server, frontdesk.stack.keeper
import agents.receptionist, conversations.tasks, escalations.demo.seed, escalations.tasks
import holidays.countries, presidio_analyzer.predefined_recognizers
from django.core import checks
checks.run_checks()
' >/dev/null 2>&1 || true
compile_words
lock_id "$wanted" > "$stamp"
say "installed."
