"""A catalog that puts every marked string into ⟦brackets⟧, and what a page says outside of them."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from frontdesk.words.gathering import DOMAINS, gathered

LANGUAGE = "de"
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-confirm-title", "data-confirm-button")
SILENT = {"script", "style", "template", "code", "pre", "kbd", "svg", "option"}
INLINE = {"strong", "em", "b", "i", "code", "kbd", "a", "small", "abbr", "span", "time", "br", "svg", "path"}
EMPTY = {"input", "img", "br", "meta", "link", "hr", "path", "circle", "line", "rect", "polyline", "source", "col"}
ADDRESS = re.compile(r"\S+(?:@\w|://)\S+")
WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")


def write_catalogs(folder: Path) -> None:
    for domain in DOMAINS:
        catalog = Catalog()
        for entry in gathered(domain):
            one, many = f"⟦{entry.id}⟧", f"⟦{entry.plural}⟧"
            said = (entry.id, entry.plural) if entry.plural else entry.id
            catalog.add(said, (one, many) if entry.plural else one, context=entry.context)
        path = folder / LANGUAGE / "LC_MESSAGES" / f"{domain}.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, catalog)


def calendar_words() -> set[str]:
    """Names of days and months, which come from CLDR instead of the catalog."""
    locale = Locale.parse(LANGUAGE)
    named = [names for kind in (locale.months, locale.days) for width in kind.values() for names in width.values()]
    words = {word for names in named for word in WORD.findall(" ".join(names.values()))}
    return words | {part for word in words for part in (word[:3], word[3:])}  # a phone shows the first letters


def outside(html: str) -> list[str]:
    """Every run of words that stands outside of the brackets, in the order of the page."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.depth = 0  # of brackets
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.depth = 0
        if self.silent == 0:
            for name, value in attrs:
                if name in SPOKEN and value:
                    self.found += _bare(value, 0)[0]
        initials = (dict(attrs).get("class") or "").startswith("face")  # of a name that stands beside them
        if tag in SILENT or initials or (self.silent and tag not in EMPTY):
            self.silent += 1

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag not in EMPTY:
            self.silent -= 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            said, self.depth = _bare(data, self.depth)
            self.found += said


def _bare(text: str, depth: int) -> tuple[list[str], int]:
    kept = []
    for sign in text:
        if sign == "⟦":
            depth += 1
            kept.append("\n")
        elif sign == "⟧":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(sign)
    runs = [" ".join(run.split()) for run in "".join(kept).split("\n")]
    return [run for run in runs if WORD.search(run)], depth


def folded(text: str) -> str:
    return re.sub(r"%\(\w+\)[sd]|\d+", "#", text).casefold().strip(" .")


def unexplained(runs: Iterable[str], data: str, allowed: set[str]) -> Iterator[str]:
    """The runs with a part that neither stands in the data (folded) nor consists of allowed words only."""
    for run in runs:
        for part in re.split(r"[·,:;…–|()“”]|\. ", ADDRESS.sub("", run)):
            words = [word for word in WORD.findall(part) if word not in allowed]
            if words and not re.search(rf"(?<!\w){re.escape(folded(part))}(?!\w)", data):
                yield run
                break
