"""Looking at one page after the other as everybody sees them (tests/browser.py says what is looked at)."""

from tests.browser import Window


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
        """At the page that is open."""
        self.faults += self.window.faults(name)
