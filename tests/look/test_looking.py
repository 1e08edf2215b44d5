"""The look that all pages are put to (tests/browser.py) sees what only one width or one theme shows."""

import pytest

from tests.browser import OpenWindow, Window

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
<style>:root {{ color-scheme: light dark }} {style}</style></head>
<body><main><h1>A heading</h1><div class="it">{content}</div></main></body></html>"""
FAINT, PALE = "color: #999; background: #fff", "color: #666; background: #222"


@pytest.fixture
def look(browser_page: OpenWindow):
    window: Window = browser_page("http://127.0.0.1")

    def at(style: str = "", content: str = "<p>Some words</p>") -> list[str]:
        window.page.set_content(PAGE.format(style=style, content=content))
        return window.faults("page")

    return at


def test_a_sound_page_has_no_faults(look):
    assert look() == []


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_what_only_one_width_shows_is_looked_at(look, width):
    only = f".it {{ display: none }} @media (width: {width}px) {{ .it {{ display: block }} }}"
    (found,) = look(only, '<img src="data:," height="9" width="9">')
    assert found.startswith(f"page {width} light: image-alt: ")


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_words_that_are_faint_at_one_width_only_are_seen(look, width):
    found = look(f"@media (width: {width}px) {{ .it {{ {FAINT} }} }}")
    assert [each.partition(": color-contrast")[0] for each in found] == [f"page {width} light", f"page {width} dark"]


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_words_that_are_faint_in_the_dark_only_are_seen(look, width):
    only = f".it {{ display: none }} @media (width: {width}px) {{ .it {{ display: block }} }}"
    found = look(f"{only} @media (prefers-color-scheme: dark) {{ .it {{ {PALE} }} }}")
    assert [each.partition(": color-contrast")[0] for each in found] == [f"page {width} dark"]


def test_what_is_too_wide_for_a_phone_is_told(look):
    found = look(".it { width: 800px }")
    assert [each.partition(": [")[0] for each in found] == ["page 390 light: it can be scrolled sideways"]
