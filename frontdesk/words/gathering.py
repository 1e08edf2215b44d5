"""Every marked string of the checkout, by catalog: `django` (templates and Python) and `djangojs` (static/js)."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

from frontdesk.words.entry import Entry
from frontdesk.words.template_words import template_words

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("frontdesk", "tenants", "calendar_sync", "agents", "conversations", "escalations")
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY, "gettext_noop": None}  # noop: stored in English, translated when it is read
DOMAINS = ("django", "djangojs")


def gathered(domain: str) -> set[Entry]:
    return set(_javascript() if domain == "djangojs" else (*_templates(), *_python()))


def _templates() -> Iterator[Entry]:
    for path in sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt")):
        yield from template_words(path)


def _python() -> Iterator[Entry]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts and "gettext" in path.read_text(encoding="utf-8"):
                yield from _by_babel("python", path)


def _javascript() -> Iterator[Entry]:
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        yield from _by_babel("javascript", path)


def _by_babel(method: str, path: Path) -> Iterator[Entry]:
    for _, words, _, context in extract_from_file(method, str(path), keywords=KEYWORDS):
        singular, plural = words if isinstance(words, tuple) else (words, None)
        yield Entry(id=singular, plural=plural, context=context)
