"""The sandbox's phone in a browser: a patient's hand on it."""

from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser import PATIENCE, Window


class Phone:
    def __init__(self, window: Window, *, own: str, name: str, business: str) -> None:
        self.window = window
        self.page: Any = window.page
        window.open("/phone/?" + urlencode({"phone": own, "profile": name, "number": business}))

    def ask(self, text: str) -> str:
        """Write, and read what comes next."""
        before = self._answers.count()
        self.write(text)
        return self.read(before)

    def write(self, text: str) -> None:
        self.page.get_by_label("Message", exact=True).fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def read(self, before: int) -> str:
        """The answer after as many others."""
        expect(self._answers.nth(before)).to_be_visible(timeout=PATIENCE)
        text: str = self._answers.nth(before).inner_text()
        return text

    def count(self) -> int:
        number: int = self._answers.count()
        return number

    @property
    def _answers(self) -> Any:
        return self.page.locator("#screen .bubble.business p")
