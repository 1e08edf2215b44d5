"""What a page of the web says to its readers: headings, lists and paragraphs as Markdown; nothing that is hidden."""

import re
from html.parser import HTMLParser

from agents.knowledge.apart import Read, serve

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "head", "nav", "footer"}
    | {"form", "select", "button", "aside", "dialog", "audio", "video", "textarea"}
)
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "ul", "ol", "table", "blockquote", "dl", "figure"}
)
_LINES = frozenset({"tr", "dt", "dd", "address", "summary", "details", "figcaption", "pre"})
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)
_BLANKS = re.compile(r"\s+")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title = ""
        self._in_title = False
        self._open: list[tuple[str, bool]] = []  # what stands open, and whether nothing of it is read
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = not self.title
        if tag in _VOID:
            if tag in ("br", "hr"):
                self.parts.append("\n")
            return
        silent = tag in _SILENT or _is_hidden(dict(attrs))
        self._open.append((tag, silent))
        self._silent += silent
        self.parts.append(_opening(tag))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in _VOID or not any(name == tag for name, _ in reversed(self._open[-64:])):
            return
        while True:
            name, silent = self._open.pop()
            self._silent -= silent
            if name == tag:
                break
        self.parts.append(_closing(tag))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._silent:
            self.parts.append(_BLANKS.sub(" ", data))


def _opening(tag: str) -> str:
    if tag in _HEADINGS:
        return f"\n\n{_HEADINGS[tag]} "
    if tag == "li":
        return "\n- "
    return "\n\n" if tag in _BLOCKS else "\n" if tag in _LINES else " " if tag in ("td", "th") else ""


def _closing(tag: str) -> str:
    return "\n\n" if tag in _BLOCKS or tag in _HEADINGS else "\n" if tag in _LINES else ""


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    shown = "hidden" not in attributes and attributes.get("aria-hidden") != "true"
    return not shown or bool(_HIDDEN.search(attributes.get("style") or ""))


def read(data: bytes) -> Read:
    page = _Page()
    page.feed(data.decode("utf-8", errors="replace"))
    page.close()
    text = "\n".join(line.strip() for line in "".join(page.parts).split("\n"))
    title = _BLANKS.sub(" ", page.title).strip()
    return Read(title=title, text=text, problem="" if text.strip() else "empty")


if __name__ == "__main__":
    serve(read)
