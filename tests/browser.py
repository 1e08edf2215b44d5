"""A real Chromium for tests: fixture `browser_page`, screenshots under artifacts/screenshots/, axe.

Without a browser these tests are skipped with a reason; with CI=true that is a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SCREENSHOTS = ROOT / "artifacts" / "screenshots"
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
PLACES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDTHS = {390: 844, 820: 1180, 1440: 900}  # phone, tablet, desk: width and height in CSS pixels
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")  # playwright allows one at a time in a thread
def chromium() -> Iterator[Any]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PLACES)), None)
    if path is None:
        tell = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        tell("no Chromium here (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django takes that for a mistake.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
        connection.close()  # what tests opened in this loop is out of reach when it has ended
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Window:
    """A page of somebody's browser; `problems` holds what its console and its scripts complained about."""

    page: Any
    origin: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.origin + path)
        return self.page

    def shoot(self, name: str) -> Path:
        """Keep a picture as artifacts/screenshots/<name>.png."""
        path = SCREENSHOTS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
        return path

    def resize(self, width: int, scheme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 900)})
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA, one line each."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(result => result.violations)",
            WCAG_AA,
        )
        return [
            f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
            for each in found
            for node in each["nodes"]
        ]

    def overflows(self) -> bool:
        """Whether the page as a whole can be scrolled sideways."""
        return self.page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth + 1")

    def too_wide(self) -> list[str]:
        """The elements that reach beyond the right edge, outermost first, for the message of a failed test."""
        return self.page.evaluate(
            "() => [...document.querySelectorAll('body *')].filter(each => !each.closest('.tab-row, .table-frame'))"
            ".filter(each => each.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 8)"
            ".map(each => `${each.tagName.toLowerCase()}.${each.getAttribute('class') || ''} "
            "${Math.round(each.getBoundingClientRect().right)}`)"
        )


OpenWindow = Callable[..., Window]


@pytest.fixture
def browser_page(chromium: Any) -> Iterator[OpenWindow]:
    """`browser_page(origin, session="", width=1440, javascript=True)` → Window, with cookies of its own."""
    contexts = []

    def open_window(
        origin: str, session: str = "", *, width: int = 1440, scheme: str = "light", javascript: bool = True
    ) -> Window:
        context = chromium.new_context(
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
            timezone_id="Europe/London",
            locale="en-GB",
        )
        contexts.append(context)
        if session:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
        page = context.new_page()
        window = Window(page, origin)
        page.on("pageerror", lambda error: window.problems.append(f"script: {error}"))
        page.on("console", lambda line: line.type == "error" and window.problems.append(f"console: {line.text}"))
        return window

    yield open_window
    for context in contexts:
        context.close()
