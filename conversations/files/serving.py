"""A file as an answer to a browser or a vendor: what it is, a safe name, and nothing that it holds may run."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from conversations.files import kinds
from conversations.models import StoredFile

SHOWN = ("image/", "audio/", "video/")  # in the page; everything else is saved to a disk
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def answer(request: HttpRequest, file: StoredFile, content: bytes) -> HttpResponse:
    """With one range at most, which players ask for to jump about in it."""
    span = _span(request.headers.get("Range", ""), len(content))
    if span is None:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{len(content)}"
        return refused
    first, end = span
    whole = (first, end) == (0, len(content))
    said = HttpResponse(content[first:end], content_type=file.type, status=200 if whole else 206)
    if not whole:
        said["Content-Range"] = f"bytes {first}-{end - 1}/{len(content)}"
    said["Accept-Ranges"] = "bytes"
    said["Content-Disposition"] = disposition(file)
    said["X-Content-Type-Options"] = "nosniff"
    said["Content-Security-Policy"] = "sandbox; default-src 'none'"
    said["Cross-Origin-Resource-Policy"] = "same-origin"
    return said


def disposition(file: StoredFile) -> str:
    """ "attachment; filename="r-sum-.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf" """
    name = kinds.plain_name(file.name, file.type)
    ascii_name = re.sub(r"[^A-Za-z0-9._ -]", "-", name)
    how = "inline" if file.type.startswith(SHOWN) else "attachment"
    return f"{how}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """[first, end) of what is asked for; all of it where nothing (or several ranges) is asked for; None: out of it."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return 0, size
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    begin = int(first)
    if begin >= size or (last and int(last) < begin):
        return None
    return begin, min(size, int(last) + 1) if last else size
