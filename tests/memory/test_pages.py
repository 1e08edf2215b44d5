"""What staff see and do with what is remembered."""

import datetime as dt
import html

import pytest

from agents.memory import facts
from agents.memory.facts import NewFact
from agents.models import Fact
from tenants import clock
from tenants.models import AuditEntry
from tests.desk.conftest import alices, bobs, scene

__all__ = ["alices", "bobs", "scene"]


@pytest.fixture
def maria(scene):
    return scene.writes("Maria Lopes", "Hello, I always prefer mornings")


@pytest.fixture
def mornings(maria):
    message = maria.messages.get()
    return facts.note(
        NewFact(
            contact_id=maria.contact_id, subject="time_of_day", text="Prefers mornings.", source_message_id=message.pk
        )
    )


def page(client, maria) -> str:
    answer = client.get(f"contacts/{maria.contact_id}/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def standing(maria) -> list[str]:
    return [fact.text for fact in facts.standing(maria.contact_id)]


def test_an_empty_page_says_what_to_do(bobs, maria):
    assert "Nothing yet. Add what everybody here should know" in page(bobs, maria)


def test_a_fact_leads_to_the_message_that_says_it(bobs, maria, mornings):
    link = f"conversations/{maria.pk}/?since={mornings.source_message_id}#message-{mornings.source_message_id}"
    assert link in page(bobs, maria)
    assert link in html.unescape(bobs.get(f"conversations/{maria.pk}/panel/").content.decode())
    assert f'id="message-{mornings.source_message_id}"' in bobs.get(link.partition("#")[0]).content.decode()


def test_staff_add_a_fact(bobs, bob, maria):
    answer = bobs.post(f"contacts/{maria.contact_id}/facts/", {"subject": "other", "text": "Brings her dog."})
    assert answer.status_code == 302
    fact = Fact.objects.get()
    assert (fact.text, fact.made_by, fact.staff_id) == ("Brings her dog.", "staff", bob.pk)
    assert "by Bob Colleague" in page(bobs, maria)
    entry = AuditEntry.objects.get(action="fact.added")
    assert (entry.subject, entry.detail) == (f"fact {fact.pk}", {"contact": maria.contact_id})


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"subject": "other", "text": " "},
        {"subject": "salary", "text": "x"},
        {"subject": "other", "text": "x" * 301},
    ],
)
def test_a_fact_that_can_not_be_noted_says_so_beside_the_field(bobs, maria, given):
    answer = bobs.post(f"contacts/{maria.contact_id}/facts/", given)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert not Fact.objects.exists()


def test_the_same_fact_twice_is_refused_in_words(bobs, maria, mornings):
    answer = bobs.post(f"contacts/{maria.contact_id}/facts/", {"subject": "time_of_day", "text": "prefers mornings"})
    assert answer.status_code == 422
    assert "That is noted already." in answer.content.decode()


def test_a_correction_shows_what_stood_before(bobs, maria, mornings):
    bobs.post(f"facts/{mornings.pk}/correct/", {f"fact-{mornings.pk}-text": "Prefers late mornings."})
    shown = page(bobs, maria)
    assert standing(maria) == ["Prefers late mornings."]
    assert "Before: <s>Prefers mornings.</s>" in shown
    again = bobs.post(f"facts/{mornings.pk}/correct/", {f"fact-{mornings.pk}-text": "Prefers noon."})
    assert again.status_code == 422
    assert standing(maria) == ["Prefers late mornings."]


def test_pinning_and_unpinning(bobs, maria, mornings):
    bobs.post(f"facts/{mornings.pk}/pin/", {"on": "1"})
    assert "Pinned" in page(bobs, maria)
    bobs.post(f"facts/{mornings.pk}/pin/", {"on": "0"})
    assert "Pinned" not in page(bobs, maria)


def test_a_deletion_wipes_the_text_and_can_be_undone_for_ten_minutes(bobs, alices, maria, mornings):
    bobs.post(f"facts/{mornings.pk}/delete/")
    mornings.refresh_from_db()
    assert (mornings.text, mornings.words) == ("", None)
    assert "Prefers mornings" not in page(bobs, maria)
    assert ">Undo<" not in page(alices, maria), "only whoever deleted it"
    assert ">Undo<" in page(bobs, maria)
    assert "Prefers mornings" not in str(bobs.session.items()), "encrypted in the session"
    bobs.post(f"contacts/{maria.contact_id}/facts/undo/")
    assert standing(maria) == ["Prefers mornings."]
    assert list(
        AuditEntry.objects.filter(action__startswith="fact.").order_by("pk").values_list("action", flat=True)
    ) == [
        "fact.deleted",
        "fact.restored",
    ]
    assert "mornings" not in str(list(AuditEntry.objects.values_list("detail", "subject")))


def test_after_ten_minutes_it_is_gone_for_good(bobs, maria, mornings):
    with clock.pinned(clock.now() - dt.timedelta(minutes=11)):
        bobs.post(f"facts/{mornings.pk}/delete/")
    assert ">Undo<" not in page(bobs, maria)
    bobs.post(f"contacts/{maria.contact_id}/facts/undo/")
    assert standing(maria) == []


def test_an_undo_for_another_contact_brings_nothing_back(bobs, scene, maria, mornings):
    other = scene.writes("Tom Becker", "Hello")
    bobs.post(f"facts/{mornings.pk}/delete/")
    bobs.post(f"contacts/{other.contact_id}/facts/undo/")
    assert standing(maria) == []


def test_fault_68_markup_in_a_fact_is_inert(bobs, maria):
    bobs.post(f"contacts/{maria.contact_id}/facts/", {"subject": "other", "text": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in bobs.get(f"contacts/{maria.contact_id}/").content.decode()


def test_another_business_finds_none_of_it(salon, charlie, maria, mornings):
    from tests.desk.conftest import DeskClient

    charlies = DeskClient(salon, charlie)
    for path in ("correct", "pin", "delete"):
        assert charlies.post(f"facts/{mornings.pk}/{path}/", {"on": "1"}).status_code == 404
    assert standing(maria) == ["Prefers mornings."]
