"""Looking at a page as everybody sees it: three widths, light and dark, and through axe."""

import itertools

from tests.browser import ROOT, SCHEMES, SETTLED, WIDTHS, Window

# WCAG is looked at where it differs most: the widest in light, the narrowest in dark.
THROUGH_AXE = {(1440, "light"), (390, "dark")}
FROM_TOP_TO_BOTTOM = {(1440, "light"), (390, "light")}  # the other pictures are of the screen: ten times as fast
SCREENSHOTS = ROOT / "artifacts" / "screenshots"


class Looker:
    """Walks through pages in one window and collects what is wrong with them."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.faults: list[str] = []

    def visit(self, name: str, path: str) -> None:
        self.window.open(path)
        if self.window.page.locator("body[data-events-url]").count():
            self.window.page.locator("body[data-connection=open]").wait_for()
        self.look(name)

    def look(self, name: str) -> None:
        """Pictures as artifacts/screenshots/<name>-<width>-<theme>.png of the page that is open."""
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            self.window.resize(width, scheme)
            self.window.page.wait_for_function(SETTLED)
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            path, whole = SCREENSHOTS / f"{name}-{width}-{scheme}.png", (width, scheme) in FROM_TOP_TO_BOTTOM
            self.window.page.screenshot(path=path, full_page=whole)
            if (width, scheme) in THROUGH_AXE:
                self._complain(name, width, scheme, self.window.violations())
            if self.window.overflows():
                self._complain(name, width, scheme, [f"it can be scrolled sideways: {self.window.too_wide()}"])
        self.window.resize(1440, "light")
        self._complain(name, 0, "", self.window.problems)
        self.window.problems.clear()

    def _complain(self, name: str, width: int, scheme: str, complaints: list[str]) -> None:
        self.faults += [f"{name} {width or ''} {scheme}: {each}" for each in complaints]
