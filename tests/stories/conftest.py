"""The running stack, a business that patients can write to, and people with browsers."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from calendar_sync.models import Appointment
from conversations.models import Channel
from tenants.models import Business, ChannelRoute
from tests.browser import OpenWindow, Window
from tests.stories.patient import Patient
from tests.stories.stack import LOGS, Stack
from tests.vendors import TWILIO_SID


@pytest.fixture(scope="package")
def whole_stack(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """For this folder only: its worker would take the work items of other tests."""
    with django_db_blocker.unblock():
        stack = Stack(tmp_path_factory.mktemp("stack"))
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()


@pytest.fixture
def stack(whole_stack: Stack) -> Stack:
    """With nothing left of the test before but its worker: a test that needs one employs it."""
    whole_stack.sandbox.post("/reset", {})
    return whole_stack


@pytest.fixture
def practice(stack: Stack, fresh_business: Business) -> Business:
    """A dentist, always open, with a WhatsApp number of its own; its schema is entered."""
    number = f"whatsapp:+44113{secrets.randbelow(10**7):07d}"
    ChannelRoute.objects.create(kind="twilio", address=number, business=fresh_business)
    Channel.objects.create(kind="twilio", address=number)
    stack.sandbox.post("/twilio/numbers", {"number": number, "account_sid": TWILIO_SID})
    Business.objects.filter(pk=fresh_business.pk).update(quiet_window=0.2)
    return fresh_business


@pytest.fixture
def patient(stack: Stack, practice: Business) -> Patient:
    return Patient(stack.sandbox, number=Channel.objects.get().address)


@pytest.fixture
def appointments(practice: Business) -> Any:
    """All that were ever booked, oldest first."""
    return lambda: list(Appointment.objects.order_by("pk"))


@pytest.fixture
def browser_page(browser_page: OpenWindow, request: pytest.FixtureRequest) -> Iterator[OpenWindow]:
    """As everywhere; what each window showed in the end is kept beside the programs' output."""
    windows: list[Window] = []

    def open_window(origin: str, *args: Any, **how: Any) -> Window:
        windows.append(browser_page(origin, *args, **how))
        return windows[-1]

    yield open_window
    for number, window in enumerate(windows):
        window.page.screenshot(path=LOGS / f"{request.node.originalname}-{number}.png")
