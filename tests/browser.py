"""A real Chromium for tests: fixtures `browser_page` and `alice_at`, axe at every width in light and dark.

Without a browser these tests are skipped with a reason; with CI=true that is a failure.
FRONTDESK_SHOTS=<folder> keeps pictures of what they look at.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django_tenants.utils import tenant_context

from tests.tenants.serving import Server, log_in, running

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
# The first is Chromium without windows around its pages: a third less of processor time in these tests.
WITH_WINDOWS = ("chromium", "chromium-browser", "google-chrome")
PLACES = ("chromium-headless-shell", *WITH_WINDOWS)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDTHS = {390: 844, 820: 1180, 1440: 900}  # phone, tablet, desk: width and height in CSS pixels
SCHEMES = ("light", "dark")
PATIENCE = 60_000  # milliseconds until a test stops waiting; how fast news come is measured by bench/live_desk.py
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # all that a scheme can change (tests/house/test_styles.py)
# A page that has only just been asked for is waited for: it may not have a body yet.
SETTLED = """async () => {
    await document.fonts.ready;
    const moves = each => each.playState === 'running' && each.effect.getTiming().iterations !== Infinity;
    const fetches = document.querySelector('.htmx-request, .htmx-settling, .htmx-swapping');
    return document.readyState === 'complete' && !fetches && !document.getAnimations().some(moves);
}"""
# What axe's rules look at in an element: whether it is to be seen, its colours and letters, a size below 24 pixels.
# What no width before showed so is kept as `shownAnew`; it is looked at with all that stands within it.
SHOWN_ANEW = """first => {
    const look = each => {
        const style = getComputedStyle(each), box = each.getBoundingClientRect();
        const letters = [style.color, style.backgroundColor, style.backgroundImage, style.fontSize, style.fontWeight];
        return [...letters, style.opacity, Math.min(box.width, 24), Math.min(box.height, 24)].join();
    };
    if (first || !window.looksSeen) window.looksSeen = new WeakMap();
    window.shownAnew = [...document.body.querySelectorAll('*')].filter(each => {
        if (!each.checkVisibility({ visibilityProperty: true })) return false;
        const looks = window.looksSeen.get(each) ?? new Set(), now = look(each), known = looks.has(now);
        window.looksSeen.set(each, looks.add(now));
        return !known;
    });
    return window.shownAnew.length;
}"""
NOTED_ANYWAY = re.compile("422|favicon")  # a refused form is answered with 422, which the browser's console tells


@pytest.fixture(scope="module")  # playwright allows one at a time in a thread
def chromium() -> Iterator[Any]:
    yield from launched(PLACES)


def launched(places: Iterable[str]) -> Iterator[Any]:
    """The first of these browsers that is there; CHROMIUM names another."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, places)), None)
    if path is None:
        tell = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        tell("no Chromium here (apt-get install chromium chromium-headless-shell)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
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

    def settle(self) -> None:
        """Wait until the page is there and what it asked for by then has come."""
        self.page.wait_for_function(SETTLED)

    def live(self) -> None:
        """Wait until its scripts run, news arrives and what that asked for has come; before, a press may get lost."""
        self.page.locator("body[data-connection=open]").wait_for()
        self.settle()

    def shoot(self, name: str, *, tall: int = 0) -> None:
        """Where pictures are asked for, keep one as <name>.png: of the screen, or `tall` pixels high."""
        folder = os.environ.get("FRONTDESK_SHOTS")
        if folder is None:
            return
        if tall:
            self.page.set_viewport_size({"width": self.page.viewport_size["width"], "height": tall})
        path = Path(folder) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
        # The picture leaves style="" on inputs, which htmx would carry over and the content policy complain about.
        self.page.evaluate("""document.querySelectorAll('[style=""]').forEach(each => each.removeAttribute("style"))""")

    def resize(self, width: int, scheme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 900)})
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def faults(self, name: str, *, widths: Iterable[int] = WIDTHS, tall: int = 0) -> list[str]:
        """What is wrong with the open page at these widths, in light and dark, for anybody's eyes and keyboard.

        The first width goes through axe as a whole, each further one with what it shows anew; in dark the same
        elements again, by the rules of colours.
        """
        found: list[str] = []
        for number, width in enumerate(widths):
            for scheme in SCHEMES:
                self.resize(width, scheme)
                self.settle()
                wrong = []
                if scheme == "light":
                    anew = self.page.evaluate(SHOWN_ANEW, number == 0)
                    if self.overflows():
                        wrong = [f"it can be scrolled sideways: {self.too_wide()}"]
                if anew:
                    wrong += self.violations(None if scheme == "light" else OF_COLOURS, anew=number > 0)
                found += [f"{name} {width} {scheme}: {each}" for each in wrong]
                self.shoot(f"{name}-{width}-{scheme}", tall=tall)
        self.resize(1440, "light")
        found += [f"{name}: {each}" for each in self.problems if not NOTED_ANYWAY.search(each)]
        self.problems.clear()
        return found

    def violations(self, rules: list[str] | None = None, *, anew: bool = False) -> list[str]:
        """What axe finds against WCAG 2.2 AA, or these rules of it, one line each; `anew`: in SHOWN_ANEW's elements."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            """([anew, only]) => {
                const include = anew ? window.shownAnew.filter(each => each.isConnected) : [];
                const where = include.length ? { include } : document;  // news may have replaced them meanwhile
                return axe.run(where, { runOnly: only, resultTypes: ['violations'] }).then(all => all.violations);
            }""",
            [anew, {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG_AA}],
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
        context.set_default_timeout(PATIENCE)
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


@pytest.fixture(scope="session")
def web(django_db_setup: None, django_db_blocker: Any) -> Iterator[Server]:
    """The product's pages over the test database, as they come without any vendor's account."""
    with django_db_blocker.unblock(), running() as server:
        yield server


@pytest.fixture
def alice_at(web: Server, fresh_business: Any, browser_page: OpenWindow) -> Iterator[OpenWindow]:
    """`alice_at("assistant/", width=390)` → the owner's browser on that page of a business of its own."""
    from tenants.models import User

    alice = log_in(User.objects.get(email="alice@clinic.test"))
    windows: list[Window] = []

    def open_page(path: str = "", **how: Any) -> Window:
        windows.append(browser_page(f"http://127.0.0.1:{web.port}", alice, **how))
        windows[-1].open(fresh_business.path + path)
        return windows[-1]

    with tenant_context(fresh_business):
        yield open_page
    for window in windows:  # a page that is left asks for nothing more of a business that is about to go
        window.page.goto("about:blank")
    connection.set_schema_to_public()
