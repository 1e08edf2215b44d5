"""`{% icon "inbox" %}`: an outline icon drawn inline, from the vendored SVG files of static/vendor/icons."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ICON_FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "icons"
ICON_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIcon(LookupError):
    """The icon's file isn't among the vendored ones; its name is wrong or the file has to be added."""


@cache
def shapes_of(name: str) -> SafeString:
    """What stands between the <svg> tags of an icon's file; UnknownIcon when there is no such file."""
    path = ICON_FOLDER / f"{name}.svg"
    if not ICON_NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(f"no icon {name!r} in static/vendor/icons")
    found = SHAPES.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise UnknownIcon(f"static/vendor/icons/{name}.svg holds no <svg>")
    return mark_safe(found.group(1).strip())  # noqa: S308 (our own vendored file)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon in the colour of its text. Hidden from screen readers unless it gets a label.

    `css` adds classes, such as "icon-sm" or "icon-lg".
    """
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" focusable="false">{}</svg>',
        f"icon-{name} {css}".strip(),
        spoken,
        shapes_of(name),
    )
