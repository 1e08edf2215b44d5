"""From the landing page to the first booking: how many clicks and fields it takes, by mouse and by keyboard alone."""

import datetime as dt
import re
import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from calendar_sync.models import Appointment
from calendar_sync.public_holidays import holidays_between
from tenants.models import Business, User
from tenants.provisioning import discard
from tests.stories.desk_pages import PASSWORD, PATIENCE, Desk
from tests.stories.patient import Patient
from tests.stories.stack import Stack, eventually
from tests.vendors import TWILIO_SID

pytestmark = [pytest.mark.stack, pytest.mark.browser]
AT_MOST = 25  # clicks and fields
WITHIN = dt.timedelta(minutes=3)
FARTHEST = 80  # presses of Tab from one place of a page to another


class Mouse:
    """Does what a person does with it, and counts."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.acts = 0

    def press(self, locator: Any) -> None:
        self.acts += 1
        locator.click()

    def fill(self, locator: Any, text: str) -> None:
        self.acts += 1
        locator.fill(text)

    choose = press


class Keyboard(Mouse):
    """Nothing but keys: Tab until the place is reached, then type, press Space or Enter."""

    def press(self, locator: Any) -> None:
        self.acts += 1
        self._reach(locator)
        self.page.keyboard.press("Enter")

    def choose(self, locator: Any) -> None:
        self.acts += 1
        locator = locator.locator("xpath=ancestor-or-self::label[1]").locator("input")
        group = self.page.locator(f'input[name="{locator.get_attribute("name")}"]')
        self._reach(group.first)
        for _ in range(group.count()):
            if locator.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert locator.is_checked()

    def fill(self, locator: Any, text: str) -> None:
        self.acts += 1
        self._reach(locator)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _reach(self, locator: Any) -> None:
        locator.wait_for()
        for _ in range(FARTHEST):
            if locator.evaluate("each => each === document.activeElement"):
                assert locator.evaluate("each => each.matches(':focus-visible')"), "where one is can be seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the key Tab never reaches {locator}")


@pytest.fixture
def newcomer(django_db_blocker: Any) -> Iterator[tuple[str, str]]:
    """E-mail and slug of somebody who isn't known yet; what they make is taken away in the end."""
    word = secrets.token_hex(4)
    email, slug = f"nora-{word}@quay.test", f"quay-dental-{word}"
    with django_db_blocker.unblock():
        yield email, slug
        for business in Business.objects.filter(slug=slug):
            discard(business)
        User.objects.filter(email=email).delete()
        connection.close()


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
def test_the_first_booking_is_three_minutes_and_25_clicks_away(stack: Stack, newcomer, browser_page, hand) -> None:
    email, slug = newcomer
    number = f"+44113496{secrets.randbelow(10**4):04}"
    stack.flush_redis()
    stack.employ()
    stack.sandbox.post("/twilio/numbers", {"number": number, "account_sid": TWILIO_SID})
    desk = Desk(browser_page(stack.origin), stack)
    began = time.monotonic()
    person = hand(desk.page)
    sign_up(person, desk, email)
    make_a_business(person, slug)
    connect_the_number(person, number)

    patient = Patient(stack.sandbox, number=f"whatsapp:{number}", phone=f"whatsapp:+4479{secrets.randbelow(10**8):08}")
    with tenant_context(Business.objects.get(slug=slug)):
        said = patient.ask(f"Hi, I'd like a check-up on {weekday_ahead()} at 11:00")
        assert "Shall I book it?" in said, said
        expect(desk.page.locator("#step-proof")).to_contain_text("the assistant’s answer went out", timeout=PATIENCE)
        assert "booked" in patient.ask("yes please")
        eventually(lambda: Appointment.objects.filter(status="confirmed").count() == 1, "it stands in the diary")
    took = dt.timedelta(seconds=time.monotonic() - began)
    print(f"\n{hand.__name__}: {person.acts} clicks and fields, {took.total_seconds():.0f} s", flush=True)
    assert person.acts <= AT_MOST
    assert took <= WITHIN
    assert desk.window.problems == []


def sign_up(person: Mouse, desk: Desk, email: str) -> None:
    page = person.page
    desk.window.open("/")
    person.press(page.get_by_role("link", name="Create an account").first)
    person.fill(page.get_by_label("E-mail address"), email)
    person.fill(page.get_by_label("Password"), PASSWORD)
    person.fill(page.get_by_label("Your name"), "Nora Field")
    person.press(page.get_by_role("button", name="Create account"))
    expect(page.get_by_role("button", name="Confirm")).to_be_visible()
    person.fill(page.get_by_label("Code"), desk.code_from(email))
    person.press(page.get_by_role("button", name="Confirm"))


def make_a_business(person: Mouse, slug: str) -> None:
    page = person.page
    person.choose(page.get_by_text("Dentist", exact=True))
    person.press(page.get_by_role("button", name="Continue"))
    page.get_by_label("Name of the business").wait_for()
    page.wait_for_load_state()
    person.fill(page.get_by_label("Name of the business"), slug.replace("-", " ").title())
    expect(page.locator("#slug-answer")).to_contain_text(f"/b/{slug}/ is free")
    person.press(page.get_by_role("button", name="Continue"))
    person.fill(page.get_by_label("First practitioner"), "Dr Ada Silva")
    person.press(page.get_by_role("button", name=re.compile("^Create ")))
    page.wait_for_url(re.compile(r"/b/[^/]+/set-up/$"))


def connect_the_number(person: Mouse, number: str) -> None:
    page = person.page
    person.press(page.locator("#step-number").get_by_role("link", name="Connect your number"))
    person.fill(page.get_by_role("textbox", name="WhatsApp number"), number)
    person.press(page.get_by_role("button", name="Connect", exact=True))
    expect(page.get_by_role("button", name=re.compile("^Check "))).to_be_visible()
    person.press(page.get_by_role("link", name="Getting started"))
    expect(page.locator("#step-proof")).to_contain_text("Write “Hello”")


def weekday_ahead() -> str:
    """A day next week on which a new dentist is open, and so no holiday: "8 December"."""
    today = dt.datetime.now(dt.UTC).date()
    next_week = [today + dt.timedelta(days=8 - today.weekday() + number) for number in range(4)]
    holidays = {day for day, _ in holidays_between("GB", "", next_week[0], next_week[-1])}
    day = next(each for each in next_week if each not in holidays)
    return f"{day.day} {day:%B}"
