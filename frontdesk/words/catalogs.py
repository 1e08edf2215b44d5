"""frontdesk/locale/<language>/LC_MESSAGES/<domain>.po: brought up to date with the sources, compiled to .mo beside it.

No places, no dates, sorted: two branches that mark different pages merge without a quarrel. What is no longer marked is
dropped, what is new waits with an empty translation; nothing is ever guessed (no fuzzy entries).
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from frontdesk.words.entry import Entry

LOCALE = Path(__file__).resolve().parents[1] / "locale"
PLURALS = {  # CLDR's rule for whole numbers below a million
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "pt": "nplurals=2; plural=(n != 1);",
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def po_file(language: str, domain: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def read(language: str, domain: str) -> Catalog:
    path = po_file(language, domain)
    text = path.read_bytes() if path.is_file() else HEADER.format(language=language, plurals=PLURALS[language]).encode()
    return read_po(io.BytesIO(text), abort_invalid=True)


def updated(language: str, domain: str, entries: Iterable[Entry]) -> str:
    """The text that the .po should have: exactly these entries, with the translations that it holds for them."""
    held, wanted = read(language, domain), Catalog()  # without a locale: two plural forms, as in PLURALS
    for entry in entries:
        old = held.get(entry.id, entry.context)
        empty: str | tuple[str, str] = ("", "") if entry.plural else ""
        same = old is not None and isinstance(old.string, str) == isinstance(empty, str)
        wanted.add(
            (entry.id, entry.plural) if entry.plural else entry.id,
            old.string if old is not None and same else empty,
            context=entry.context,
        )
    into = io.BytesIO()
    write_po(into, wanted, no_location=True, omit_header=True, sort_output=True, width=100)
    return HEADER.format(language=language, plurals=PLURALS[language]) + into.getvalue().decode().lstrip()


def compile_stale() -> Iterator[Path]:
    """Make each .mo whose .po is newer, or that is missing."""
    for path in sorted(LOCALE.rglob("*.po")):
        made = path.with_suffix(".mo")
        if made.is_file() and made.stat().st_mtime >= path.stat().st_mtime:
            continue
        language = path.parts[-3]
        ready = made.with_suffix(f".{language}.making")
        with ready.open("wb") as file:
            write_mo(file, read(language, path.stem))
        ready.replace(made)
        yield made
