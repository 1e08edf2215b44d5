"""Reading what a business uploads or pastes: plain text, Markdown, PDF, a page of the web. Nothing is ever fetched."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agents.knowledge.apart import Read, read_apart
from agents.knowledge.entries import LONGEST

FILE_BYTES = 5 * 1024 * 1024
ENDINGS = (".txt", ".md", ".markdown", ".pdf", ".html", ".htm")
TITLE = 120  # characters
PROBLEMS = {
    "empty": _("There is no text in it."),
    "encrypted": _("It is protected by a password. Save it without one, then upload it again."),
    "scanned": _(
        "Its pages are pictures, such as a scan: there is no text to read. Type it, or run a text recognition."
    ),
    "broken": _("It can’t be read: the file is damaged, or isn’t what its name says."),
    "too_many_pages": _("It has more than 200 pages. Upload the part that patients ask about."),
    "too_much_work": _("Reading it took too long. Save it anew as a simpler PDF, or copy its text."),
    "too_long": format_lazy(_("Its text is longer than {most} characters. Upload it in parts."), most=f"{LONGEST:,}"),
    "too_big": _("It is larger than 5 MB."),
    "kind": _("Only text, Markdown, PDF and HTML files can be read. Save it as one of these, or copy its text."),
}

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What no reader sees, but a model would: zero-width and direction marks, and the letters of the "tags" block.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_GAPS = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_MARKUP = re.compile(
    r"<(?:!doctype html|html|body|div|p|h[1-6]|table|ul|ol|br|span|article|section)\b[^>]*>", re.IGNORECASE
)
_FIRST_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Imported:
    title: str
    body: str


class ImportRefused(Exception):
    """The message says what to do instead."""

    def __init__(self, problem: str) -> None:
        super().__init__(str(PROBLEMS[problem]))
        self.problem = problem


def read_file(name: str, data: bytes) -> Imported:
    """A file by its name's ending. Raises ImportRefused."""
    ending = PurePath(name).suffix.lower()
    if len(data) > FILE_BYTES:
        raise ImportRefused("too_big")
    if ending not in ENDINGS:
        raise ImportRefused("kind")
    if not data.strip():
        raise ImportRefused("empty")
    named = PurePath(name).stem.replace("_", " ").replace("-", " ").strip()
    if ending == ".pdf":
        return _imported(read_apart("pdf_text", data), named)
    text = _decoded(data)
    if ending in (".html", ".htm"):
        return _imported(read_apart("page_text", text.encode()), named)
    return _imported(Read(text=text), named)


def read_page(text: str) -> Imported:
    """A page that was pasted, as text or as its HTML. Raises ImportRefused."""
    if _MARKUP.search(text):
        return _imported(read_apart("page_text", text.encode("utf-8", errors="replace")), "")
    return _imported(Read(text=text), "")


def cleaned(text: str) -> str:
    """Without what can't be seen, with at most one blank line between paragraphs."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _GAPS.sub("\n\n", _CONTROLS.sub("", text)).strip()


def _imported(read: Read, named: str) -> Imported:
    body = cleaned(read.text)
    if read.problem:
        raise ImportRefused(read.problem)
    if not body:
        raise ImportRefused("empty")
    if len(body) > LONGEST:
        raise ImportRefused("too_long")
    heading = _FIRST_HEADING.search(body)
    first_line = body.split("\n", 1)[0]
    title = cleaned(read.title) or (heading[1] if heading else "") or named or first_line
    return Imported(title=" ".join(title.split())[:TITLE], body=body)


def _decoded(data: bytes) -> str:
    """Text as editors save it: UTF-8, UTF-16 with its mark, else Windows' western one. Raises ImportRefused."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:4096]:
        raise ImportRefused("broken")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
