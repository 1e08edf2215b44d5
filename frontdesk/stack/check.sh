#!/bin/sh
# Every check runs, so that one round shows everything that is wrong: `sh frontdesk/stack/check.sh PACKAGE…`.
set -u
cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH
wrong=""

check() {
    title=$1
    shift
    printf '%s … ' "$title"
    if output=$("$@" 2>&1); then echo "ok"; else printf 'WRONG\n%s\n' "$output"; wrong="$wrong, $title"; fi
}

templates() { find templates -name '*.html' -exec djade --check --target-version 5.2 {} +; }

check "format" ruff format --check .
check "lint" ruff check .
check "types" mypy "$@"
check "import contracts" lint-imports
check "templates" templates
check "sizes" python -m pytest tests/house/test_sizes.py
check "migrations" python manage.py makemigrations --check --dry-run

[ -z "$wrong" ] || { echo "frontdesk: not right yet: ${wrong#, }" >&2; exit 1; }
