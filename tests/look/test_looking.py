"""The look that all pages are put to (tests/browser.py) sees what only one width or one theme shows."""

import re

import pytest

from tests.browser import OpenWindow, Window

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
<style>:root {{ color-scheme: light dark }} main > * {{ width: 300px }} {style}</style></head>
<body><main><h1>A heading</h1>{content}</main></body></html>"""
WIDTHS = (390, 820, 1440)
FAINT, PALE = "color: #999; background: #fff", "color: #666; background: #222"


@pytest.fixture
def look(browser_page: OpenWindow):
    window: Window = browser_page("http://127.0.0.1")

    def at(style: str, content: str) -> set[tuple[str, str, str]]:
        """(width and theme, rule, class of the element) of each fault."""
        window.page.set_content(PAGE.format(style=style, content=content))
        told = [each.removeprefix("page ").split(": ", 2) for each in window.faults("page")]
        return {(where, rule, re.sub(r"\W", "", what.partition("]")[0])) for where, rule, what in told}

    return at


def test_a_sound_page_has_no_faults(look):
    assert look("", "<p>Some words</p>") == set()


def test_what_only_one_width_or_theme_shows_is_looked_at(look):
    style, content, wanted = "", "", set()
    for width in WIDTHS:
        style += f".i{width}, .n{width} {{ display: none }}"
        style += f"@media (width: {width}px) {{ .i{width}, .n{width} {{ display: block }} .f{width} {{ {FAINT} }} }}"
        style += f"@media (prefers-color-scheme: dark) {{ .n{width} {{ {PALE} }} }}"
        content += f'<img class="i{width}" src="data:,"><p class="f{width}">Faint</p><p class="n{width}">At night</p>'
        wanted |= {
            (f"{width} light", "image-alt", f"i{width}"),
            (f"{width} light", "color-contrast", f"f{width}"),
            (f"{width} dark", "color-contrast", f"f{width}"),
            (f"{width} dark", "color-contrast", f"n{width}"),
        }
    assert look(style, content) == wanted


def test_what_is_too_wide_for_a_phone_is_told(look):
    assert {each[:2] for each in look(".it { width: 800px }", '<p class="it">Some words</p>')} == {
        ("390 light", "it can be scrolled sideways")
    }
