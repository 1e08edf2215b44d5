import datetime as dt

import pytest

from calendar_sync import tickets
from calendar_sync.errors import TicketRefused
from tenants import clock


@pytest.fixture
def ticket(desk):
    return desk.ticket(contact_id=5)


def reason_for(business, token, contact_id=5):
    with pytest.raises(TicketRefused) as refusal:
        tickets.read(business, token, contact_id=contact_id)
    return refusal.value.reason


def test_two_for_the_same_slot_differ(clinic, desk):
    offer = desk.offers()[0]

    assert len({tickets.issue(clinic, offer, contact_id=5) for _ in range(20)}) > 10


def test_it_is_short_and_opaque(ticket):
    assert ticket.startswith("s.")
    assert len(ticket) == 48


def test_it_says_again_what_it_was_issued_for(clinic, desk, ada):
    offer = desk.offers()[2]
    read = tickets.read(clinic, tickets.issue(clinic, offer, contact_id=5), contact_id=5)

    assert (read.service_id, read.practitioner_id, read.starts_at) == (desk.service.pk, ada.pk, offer.starts_at)


def test_one_of_another_contact_is_refused(clinic, ticket):
    assert reason_for(clinic, ticket, contact_id=6) == "other contact"


def test_one_of_another_business_is_refused(salon, ticket):
    assert reason_for(salon, ticket) == "forged"


def test_an_expired_one_is_refused(clinic, ticket, monday):
    with clock.pinned(monday + dt.timedelta(minutes=29)):
        tickets.read(clinic, ticket, contact_id=5)
    with clock.pinned(monday + dt.timedelta(minutes=30)):
        assert reason_for(clinic, ticket) == "expired"


def test_every_changed_character_is_refused(clinic, ticket):
    for place in range(2, len(ticket) - 1):
        other = "A" if ticket[place] != "A" else "B"
        assert reason_for(clinic, ticket[:place] + other + ticket[place + 1 :]) == "forged"


def test_one_signed_with_another_key_is_refused(clinic, ticket, settings):
    settings.SECRET_KEY = "another key"
    assert reason_for(clinic, ticket) == "forged"


@pytest.mark.parametrize("token", ["", "s.", "10:30", "s." + "é" * 46, "s." + "A" * 47, "S." + "A" * 46, "\0" * 48])
def test_what_is_no_ticket_at_all_is_malformed(clinic, token):
    assert reason_for(clinic, token) == "malformed"
