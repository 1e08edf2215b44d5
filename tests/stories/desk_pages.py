"""What the people of a practice do in their browser, in their own words."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser import PATIENCE, Window
from tests.stories.stack import Stack, eventually

CODE = re.compile(r"^\s*([A-Z0-9-]{6,9})\s*$", re.MULTILINE)
PASSWORD = "a horse on the ferry"


class Desk:
    def __init__(self, window: Window, stack: Stack) -> None:
        self.window, self.stack = window, stack
        self.page: Any = window.page
        self.page.set_default_timeout(PATIENCE)
        self.path = ""

    # -- from nothing to a business --------------------------------------------------------------------
    def sign_up(self, name: str, email: str) -> None:
        self.window.open("/")
        self.page.get_by_role("link", name="Create an account").first.click()
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_role("button", name="Create account").click()
        expect(self.page.get_by_role("button", name="Confirm")).to_be_visible()

    def log_in(self, email: str, password: str) -> None:
        self.window.open("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url(lambda url: "/accounts/" not in url)

    def code_from(self, mailbox: str) -> str:
        (mail,) = eventually(lambda: self.mails_to(mailbox), "the code arrives by mail")
        found = CODE.search(mail["text"])
        assert found, mail["text"]
        return found[1]

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        return self.stack.sandbox.get("/mail", to=address)["mails"]

    def confirm(self, code: str) -> None:
        self.page.get_by_label("Code").fill(code)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Confirm").click()

    def choose_kind(self, kind: str) -> None:
        self.page.get_by_text(kind, exact=True).click()
        self._go_on()

    def name_it(self, name: str, slug: str, timezone: str) -> None:
        self.page.get_by_label("Name of the business").fill(name)
        self.page.get_by_label("Address of your desk").fill(slug)
        expect(self.page.locator("#slug-answer")).to_contain_text(f"/b/{slug}/ is free")
        self.page.get_by_label("Timezone").fill(timezone)
        self._go_on()

    def first_practitioner(self, name: str, address: str) -> None:
        self.page.get_by_label("First practitioner").fill(name)
        self.page.get_by_label("Address").fill(address)
        self.page.get_by_role("button", name=re.compile("^Create ")).click()
        self.page.wait_for_url(re.compile(r"/b/[^/]+/set-up/$"))
        self.path = self.page.url.removeprefix(self.window.origin).removesuffix("set-up/")

    def _go_on(self) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Continue").click()

    # -- settings --------------------------------------------------------------------------------------
    def connect_whatsapp(self, number: str) -> None:
        self.open("settings/channels/")
        self.page.get_by_role("textbox", name="WhatsApp number").fill(number)
        self.page.get_by_role("button", name="Connect", exact=True).click()
        self.page.get_by_role("button", name=re.compile("^Check ")).click()
        expect(self.page.get_by_text("Works", exact=True)).to_be_visible()

    def connect_google(self, calendar: str, practitioner: str) -> None:
        self.open("settings/calendars/")
        self.page.get_by_role("button", name="Connect Google Calendar").click()
        self.page.get_by_role("button", name="Allow").click()
        self.page.wait_for_url(self.window.origin + self.path + "settings/calendars/")
        written_to = self.page.get_by_label(practitioner, exact=True).get_by_label("Appointments are written to")
        written_to.select_option(label=calendar)
        self.page.get_by_role("button", name=f"Save the calendars of {practitioner}").click()
        expect(written_to.locator("option:checked")).to_have_text(calendar)

    def work_always(self, practitioner: str) -> None:
        self.open("settings/practitioners/")
        self.page.get_by_role("link", name=practitioner, exact=True).click()
        self._fill_the_week()
        self.open("settings/hours/")
        self._fill_the_week()

    def _fill_the_week(self) -> None:
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
            self.page.get_by_role("textbox", name=day, exact=True).fill("07:00–22:00")
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.wait_for_load_state()

    def answer_after(self, seconds: str) -> None:
        """How long the assistant waits for the rest of a burst."""
        self.open("settings/business/")
        self.page.get_by_label("Wait before answering").fill(seconds)
        self.page.get_by_role("button", name="Save").click()
        self.page.wait_for_load_state()

    # -- the day's work ----------------------------------------------------------------------------------
    def open(self, path: str = "") -> None:
        self.window.open(self.path + path)

    def watch(self, path: str = "") -> None:
        """Open a page and wait until it hears the news."""
        self.open(path)
        expect(self.page.locator("body")).to_have_attribute("data-connection", "open")
        self.page.evaluate("() => { window.notReloaded = true }")

    def note_when_shown(self, text: str) -> None:
        """From now on the page keeps the moment at which it shows the text (see `shown_at`)."""
        self.page.evaluate(
            """text => {
                const look = () => {
                    const shown = document.querySelector('main').innerText.includes(text);
                    if (shown && !window.shownAt) window.shownAt = Date.now();
                };
                const everything = { childList: true, subtree: true, characterData: true };
                new MutationObserver(look).observe(document.body, everything);
            }""",
            text,
        )

    def shown_at(self) -> float:
        """Seconds since 1970, by the browser's clock (this machine's)."""
        self.page.wait_for_function("() => window.shownAt", timeout=PATIENCE)
        assert self.page.evaluate("() => window.notReloaded"), "the page was loaded anew"
        return self.page.evaluate("() => window.shownAt") / 1000

    def take_from_the_list(self, name: str) -> None:
        self.page.get_by_role("button", name=f"Take {name}").click()
        expect(self.page.locator("#thread-live")).to_contain_text("You have this conversation")

    def reply(self, text: str) -> None:
        self.page.get_by_label("Your reply").fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()
        expect(self.page.locator("#thread-live .bubble--staff").last).to_contain_text(text)

    def return_to_the_assistant(self) -> None:
        self.page.get_by_role("button", name="Return to the assistant").click()
        expect(self.page.get_by_role("button", name="Return to the assistant")).to_have_count(0)
