"""Every page as people see it, on the demo's practices: three widths, light and dark, WCAG AA by axe, a silent console.

FRONTDESK_SHOTS=<folder> keeps the pictures as <page>-<width>-<theme>.png, for people to look at.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from agents.models import KnowledgeEntry, KnowledgeGap, Turn
from calendar_sync.models import Appointment, Practitioner, Service
from conversations.models import Contact, Conversation
from escalations.demo.cast import PASSWORD, PRACTICES
from escalations.demo.seed import seed
from tenants import invitations
from tenants.models import Business, Membership, Role, User
from tenants.provisioning import discard
from tests.browser import OpenWindow, Window
from tests.stories.desk_pages import Desk
from tests.stories.looking import Looker
from tests.stories.patient import Patient
from tests.stories.stack import Stack, eventually
from tests.vendors import TWILIO_SID

pytestmark = [pytest.mark.stack, pytest.mark.browser]
# As in `make demo`, with addresses and numbers of their own: the tests' cast has the others.
TOWN = [replace(each, slug=f"demo-{each.slug}") for each in PRACTICES[:2]]
ACCOUNT, CALENDARS = "practice@harbour.test", [{"summary": "Dr Ada", "id": "ada@harbour.test"}]
NO_SUCH_PAGE = re.compile("404")  # Chromium's own line about the page that isn't there


@pytest.fixture(scope="module")
def town(whole_stack: Stack, django_db_blocker: Any) -> Iterator[Business]:
    """The demo's practices; the first one is looked at, and its owner works at the second one too."""
    with django_db_blocker.unblock():
        seed(TOWN)
        dentist, other = (Business.objects.get(slug=each.slug) for each in TOWN)
        Membership.objects.create(user=owner_of(dentist), business=other, role=Role.STAFF)
        invitations.invite(dentist, owner_of(dentist), "olu@harbour.test", Role.STAFF)
        connection.close()  # the browser's loop makes Django open another one for the tests themselves
        yield dentist
        connection.set_schema_to_public()
        for each in TOWN:
            discard(Business.objects.get(slug=each.slug))
        connection.close()


@pytest.fixture
def at_the_desk(town: Business, stack: Stack, browser_page: OpenWindow) -> Iterator[Window]:
    desk = Desk(browser_page(stack.origin), stack)
    desk.log_in(owner_of(town).email, PASSWORD)
    with tenant_context(town):
        yield desk.window
    connection.set_schema_to_public()


def owner_of(business: Business) -> User:
    return User.objects.get(memberships__business=business, memberships__role=Role.OWNER)


def test_the_way_in(stack: Stack, town: Business, browser_page: OpenWindow) -> None:
    window = browser_page(stack.origin)
    looker, newcomer = Looker(window), Desk(window, stack)
    for name, path in {
        "landing": "/",
        "log-in": "/accounts/login/",
        "forgotten-password": "/accounts/password/reset/",
        "sign-up": "/accounts/signup/",
        "invitation": invitation_to(town),
    }.items():
        looker.visit(name, path)
    email = f"{secrets.token_hex(4)}@harbour.test"
    newcomer.sign_up("Nora Field", email)
    looker.look("e-mail-code")
    newcomer.confirm(newcomer.code_from(email))
    looker.look("wizard-kind")
    newcomer.choose_kind("Dentist")
    looker.look("wizard-name")
    newcomer.name_it("Harbour Dental", f"harbour-{secrets.token_hex(3)}", "Europe/London")
    looker.look("wizard-people")
    assert looker.faults == []


def test_the_inbox_and_what_belongs_to_it(at_the_desk: Window, town: Business) -> None:
    talk = Conversation.objects.filter(handoffs__isnull=True).order_by("-last_message_at").first()
    waiting = Conversation.objects.filter(handling=Conversation.Handling.WAITING_FOR_STAFF).first()
    booking = Turn.objects.filter(steps__name="book_appointment").first()
    assert talk
    assert waiting
    assert booking
    walk(
        at_the_desk,
        town,
        {
            "inbox": "",
            "inbox-nothing-found": "?q=nothing+like+this",
            "conversation": f"conversations/{talk.pk}/",
            "conversation-waiting": f"conversations/{waiting.pk}/",
            "escalations": "escalations/",
            "contacts": "contacts/",
            "contact": f"contacts/{Contact.objects.order_by('pk').first().pk}/",
            "reports": "reports/",
            "reports-diary": "reports/diary/",
            "traces": "traces/",
            "trace": f"traces/{booking.pk}/",
            "assistant": "assistant/",
            "knowledge": "assistant/knowledge/?ask=where can I park",
            "knowledge-entry": f"assistant/knowledge/{KnowledgeEntry.objects.order_by('pk').first().pk}/",
            "knowledge-add": "assistant/knowledge/add/?how=files",
            "knowledge-gaps": "assistant/gaps/",
            "knowledge-answer": f"assistant/gaps/{KnowledgeGap.objects.order_by('pk').first().pk}/answer/",
            "corrections": "assistant/corrections/",
            "assistant-try": "assistant/try/",
            "assistant-shadow": "assistant/shadow/",
        },
    )


def test_the_diary(at_the_desk: Window, town: Business) -> None:
    appointment = Appointment.objects.filter(status="confirmed").order_by("during").last()
    assert appointment
    day = appointment.starts_at.date().isoformat()
    walk(
        at_the_desk,
        town,
        {
            "diary-day": f"diary/?date={day}",
            "diary-week": f"diary/?date={day}&view=week",
            "appointment": f"diary/appointments/{appointment.pk}/",
            "appointment-new": "diary/appointments/new/",
        },
    )
    looker = Looker(at_the_desk)
    at_the_desk.open(f"{town.path}diary/?date={day}")
    at_the_desk.page.locator(".ec-event:not(.ec-bg-event)").first.click()
    at_the_desk.page.get_by_role("dialog").wait_for()
    looker.look("appointment-panel")
    assert looker.faults == []


def test_the_settings(at_the_desk: Window, town: Business) -> None:
    at_the_desk.open(f"{town.path}settings/")
    cards = at_the_desk.page.locator("a.card-link__title").evaluate_all("all => all.map(each => each.pathname)")
    assert len(cards) > 15
    walk(
        at_the_desk,
        town,
        {"settings": "settings/"}
        | {path.removeprefix(town.path).strip("/").replace("/", "-"): path.removeprefix(town.path) for path in cards}
        | {f"settings-hours-{name}": f"settings/hours/{name}/" for name in ("days", "time-off", "glance")}
        | {
            "settings-service": f"settings/services/{Service.objects.order_by('pk').first().pk}/",
            "settings-practitioner": f"settings/practitioners/{Practitioner.objects.order_by('pk').first().pk}/",
        },
    )


def test_ones_own_account_and_pages_that_are_not_there(at_the_desk: Window, town: Business) -> None:
    looker = Looker(at_the_desk)
    for name, path in {
        "home": "/home/",
        "account-two-step": "/accounts/2fa/",
        "account-password": "/accounts/password/change/",
        "account-email": "/accounts/email/",
        "account-sessions": "/accounts/sessions/",
        "404": "/nowhere/",
        "404-business": f"{town.path}nowhere/",
    }.items():
        looker.visit(name, path)
    assert [each for each in looker.faults if not (each.startswith("404") and NO_SUCH_PAGE.search(each[4:]))] == []


def test_the_sandboxes_pages(stack: Stack, town: Business, browser_page: OpenWindow) -> None:
    stack.sandbox.post("/twilio/numbers", {"number": TOWN[0].number, "account_sid": TWILIO_SID})
    stack.sandbox.post("/google/accounts", {"email": ACCOUNT, "name": "Harbour Dental", "calendars": CALENDARS})
    stack.employ()
    patient = Patient(stack.sandbox, number=TOWN[0].number)
    patient.ask("Hi, when are you open?")
    patient.ask("I'd like to speak to a person")
    mail = eventually(lambda: stack.sandbox.get("/mail")["mails"], "the staff get a mail")[0]
    looker = Looker(browser_page(stack.sandbox.url))
    who = {"phone": patient.phone.removeprefix("whatsapp:"), "profile": patient.name, "number": TOWN[0].number}
    for name, path in {
        "sandbox": "/",
        "sandbox-phone": f"/phone/?{urlencode(who)}",
        "sandbox-mailbox": "/mail/",
        "sandbox-mail": f"/mail/{mail['id']}",
        "sandbox-calendars": "/google/calendar/",
        "sandbox-log": "/log/",
    }.items():
        looker.visit(name, path)
    assert looker.faults == []


def walk(window: Window, business: Business, pages: dict[str, str]) -> None:
    looker = Looker(window)
    for name, path in pages.items():
        looker.visit(name, business.path + path)
    assert looker.faults == []


def invitation_to(business: Business) -> str:
    link = invitations.link_of(invitations.open_invitations().get(business=business))
    return "/" + link.split("/", 3)[3]
