"""From an empty server to an answered patient, in a real browser, with every process running.

A dentist signs up; Maria books, moves and cancels by phone, and Google follows; she asks for a person, is answered by
one, and then by the assistant again.
"""

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from calendar_sync.public_holidays import holidays_between
from conversations.models import Handoff
from tenants.models import Business, User
from tenants.provisioning import discard
from tests.stories.desk_pages import Desk
from tests.stories.phone_page import Phone
from tests.stories.stack import Stack, eventually
from tests.vendors import TWILIO_SID

pytestmark = [pytest.mark.stack, pytest.mark.browser]
LONDON = ZoneInfo("Europe/London")
NUMBER, ACCOUNT, CALENDAR = "+44 113 496 0444", "practice@harbour.test", "ada@harbour.test"
MARIA, MARIAS_PHONE = "Maria Lopes", "+447911123456"


@pytest.fixture
def newcomer(django_db_blocker: Any) -> Iterator[tuple[str, str]]:
    """E-mail and slug of somebody who isn't known yet; what they make is taken away in the end."""
    word = secrets.token_hex(4)
    email, slug = f"nora-{word}@harbour.test", f"harbour-{word}"
    with django_db_blocker.unblock():
        yield email, slug
        for business in Business.objects.filter(slug=slug):
            discard(business)
        User.objects.filter(email=email).delete()
        connection.close()


@pytest.fixture
def vendors(stack: Stack) -> Stack:
    """What the practice has at Twilio and Google before it comes to us; the guided flow answers."""
    stack.dismiss()  # a worker of another test may hold bells of a business that is gone
    stack.flush_redis()
    stack.employ()
    stack.sandbox.post("/twilio/numbers", {"number": NUMBER.replace(" ", ""), "account_sid": TWILIO_SID})
    calendars = [{"summary": "Dr Ada Silva", "id": CALENDAR, "timeZone": "Europe/London"}]
    stack.sandbox.post("/google/accounts", {"email": ACCOUNT, "name": "Harbour Dental", "calendars": calendars})
    return stack


def test_from_sign_up_to_the_patients_thanks(vendors: Stack, newcomer: tuple[str, str], browser_page: Any) -> None:
    email, slug = newcomer
    printed_before = {program: len(vendors.printed(program)) for program in ("web", "worker", "beat")}
    desk = Desk(browser_page(vendors.origin), vendors)
    open_a_practice(desk, email, slug)

    phone = Phone(
        browser_page(vendors.sandbox.url, width=820), own=MARIAS_PHONE, name=MARIA, business=NUMBER.replace(" ", "")
    )
    book_move_and_cancel(phone, vendors)
    waited = ask_for_a_person(phone, desk, slug)
    check_the_mail(desk, email)  # before somebody takes it: what is in hand is not mailed any more
    answer_as_a_person(phone, desk)
    let_the_assistant_go_on(phone, desk)

    assert desk.window.problems == []
    assert phone.window.problems == []
    for program, before in printed_before.items():
        assert "Traceback" not in vendors.printed(program)[before:], program
    print(f"\nthe staff page showed the handoff {waited * 1000:.0f} ms after it was made", flush=True)


def open_a_practice(desk: Desk, email: str, slug: str) -> None:
    desk.sign_up("Nora Field", email)
    desk.confirm(desk.code_from(email))
    desk.choose_kind("Dentist")
    desk.name_it("Harbour Dental", slug, "Europe/London")
    desk.first_practitioner("Dr Ada Silva", "1 Quay Street, Bristol")
    desk.answer_after("0.5")
    desk.work_always("Dr Ada Silva")
    desk.connect_whatsapp(NUMBER)
    desk.connect_google(f"Dr Ada Silva ({ACCOUNT})", practitioner="Dr Ada Silva")


def book_move_and_cancel(phone: Phone, stack: Stack) -> None:
    first, second = days_ahead()
    assert "Shall I book it?" in phone.ask(f"Hi, I'd like a check-up on {spoken(first)} at 11:00")
    assert "booked" in phone.ask("yes please")
    made = the_only_event(stack, starts=at(first, 11, 0))

    assert "15:30" in phone.ask(f"Can I move it to {spoken(second)} at 15:30?")
    assert "moved" in phone.ask("yes").lower()
    assert the_only_event(stack, starts=at(second, 15, 30)) == made

    assert "cancel" in phone.ask("I need to cancel my appointment").lower()
    assert "cancelled" in phone.ask("yes")
    eventually(lambda: not events(stack), "the event disappears from Google")


def ask_for_a_person(phone: Phone, desk: Desk, slug: str) -> float:
    """Seconds from the handoff to the page that shows it, the patient's own words left out."""
    desk.watch("escalations/")
    desk.note_when_shown(MARIA)
    said = phone.ask("I'd like to speak to a person please")
    assert "passed this to the team at Harbour Dental" in said
    shown = desk.shown_at()
    with tenant_context(Business.objects.get(slug=slug)):
        made = Handoff.objects.get().at.timestamp()
    return shown - made


def answer_as_a_person(phone: Phone, desk: Desk) -> None:
    desk.take_from_the_list(MARIA)
    before = phone.count()
    desk.reply("Hello Maria, this is Nora. What can I do for you?")
    assert phone.read(before) == "Hello Maria, this is Nora. What can I do for you?"


def let_the_assistant_go_on(phone: Phone, desk: Desk) -> None:
    desk.return_to_the_assistant()
    assert "1 Quay Street" in phone.ask("Thanks! What is your address?")


def check_the_mail(desk: Desk, email: str) -> None:
    """The staff are told that somebody waits, and nothing of who or why."""

    def look() -> list[dict[str, Any]]:
        return [each for each in desk.mails_to(email) if "needs a person" in each["subject"]]

    (mail,) = eventually(look, "a mail says that somebody waits")
    for personal in ("Maria", "Lopes", MARIAS_PHONE, MARIAS_PHONE.lstrip("+"), "speak to a person please"):
        assert personal not in mail["raw"]


def the_only_event(stack: Stack, starts: dt.datetime) -> str:
    """Its id, as soon as it stands at this time."""

    def look() -> list[dict[str, Any]]:
        return [each for each in events(stack) if dt.datetime.fromisoformat(each["start"]["dateTime"]) == starts]

    (event,) = eventually(look, f"Google shows the event at {starts}")
    assert len(events(stack)) == 1
    return event["id"]


def events(stack: Stack) -> list[dict[str, Any]]:
    return stack.sandbox.get("/google/events", calendar=CALENDAR)["events"]


def days_ahead() -> list[dt.date]:
    """The next two from the third on that are no holidays, on which practices are closed."""
    today = dt.datetime.now(LONDON).date()
    ahead = [today + dt.timedelta(days=number) for number in range(3, 10)]
    holidays = {day for day, _ in holidays_between("GB", "", ahead[0], ahead[-1])}
    return [day for day in ahead if day not in holidays][:2]


def at(date: dt.date, hour: int, minute: int) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(hour, minute), LONDON)


def spoken(date: dt.date) -> str:
    return f"{date.day} {date:%B}"
