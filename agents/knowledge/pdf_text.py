"""The text of a PDF, page after page. Pictures of text (scans) hold none."""

import io
import logging
import re

from agents.knowledge.apart import Read, serve

MOST_PAGES = 200
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")
_WRAPPED = re.compile(r"(?<![.!?:;])[ \t]*\n(?=[a-zà-ÿ(])")


def read(data: bytes) -> Read:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.disable(logging.CRITICAL)  # it tells of every oddity
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Read(problem="encrypted")
        if len(reader.pages) > MOST_PAGES:
            return Read(problem="too_many_pages")
        pages = [page.extract_text() for page in reader.pages]
        title = str((reader.metadata and reader.metadata.title) or "")
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, ArithmeticError):
        return Read(problem="broken")  # what pypdf raises for files that don't obey the format
    text = "\n\n".join(_unwrapped(each) for each in pages)
    if not text.strip():
        return Read(problem="scanned" if pages else "empty")
    return Read(title=title, text=text)


def _unwrapped(page: str) -> str:
    """Lines that the page's width broke are made whole."""
    return _WRAPPED.sub(" ", _HYPHENATED.sub("", page))


if __name__ == "__main__":
    serve(read)
