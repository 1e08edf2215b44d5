"""Identifiers, times and pages as Twilio writes them."""

import secrets
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from sandbox.core.state import Document
from sandbox.twilio.errors import refused


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


def now() -> str:
    return datetime.now(UTC).isoformat()


def rfc2822(moment: str | None) -> str | None:
    """ "Thu, 24 Aug 2023 05:01:45 +0000", from a stored ISO time."""
    return format_datetime(datetime.fromisoformat(moment)) if moment else None


def iso8601(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def page_of(request: Request) -> tuple[int, int]:
    """Page number (from 0) and page size (1–1000)."""
    query = request.query_params
    try:
        page, size = int(query.get("Page", 0)), int(query.get("PageSize", 50))
    except ValueError:
        raise refused("Page and PageSize are whole numbers") from None
    if page < 0 or not 1 <= size <= 1000:
        raise refused("Page starts at 0, PageSize is 1 to 1000")
    return page, size


def listed(request: Request, path: str, key: str, items: list[Document]) -> dict[str, Any]:
    """The 2010 API's page: its links are relative to the host."""
    page, size = page_of(request)
    shown = items[page * size : (page + 1) * size]

    def uri(number: int) -> str:
        kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("Page", "PageToken", "PageSize")]
        token = [("PageToken", f"PA{number}")] if number else []
        return f"{path}?{urlencode([*kept, ('PageSize', str(size)), ('Page', str(number)), *token])}"

    more = (page + 1) * size < len(items)
    return {
        key: shown,
        "start": page * size,
        "end": max(page * size + len(shown) - 1, 0),
        "page": page,
        "page_size": size,
        "uri": uri(page),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1) if more else None,
        "previous_page_uri": uri(page - 1) if page else None,
    }


def listed_with_meta(request: Request, url: str, key: str, items: list[Document]) -> dict[str, Any]:
    """The newer APIs' page: its links are absolute and stand in `meta`."""
    page, size = page_of(request)
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("Page", "PageToken", "PageSize")]

    def link(number: int) -> str:
        return f"{url}?{urlencode([*kept, ('PageSize', str(size)), ('Page', str(number))])}"

    more = (page + 1) * size < len(items)
    meta = {
        "key": key,
        "page": page,
        "page_size": size,
        "url": link(page),
        "first_page_url": link(0),
        "next_page_url": link(page + 1) if more else None,
        "previous_page_url": link(page - 1) if page else None,
    }
    return {key: items[page * size : (page + 1) * size], "meta": meta}
