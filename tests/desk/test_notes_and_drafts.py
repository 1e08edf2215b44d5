"""What staff write for each other and have begun to write; who else is there; answering at the same time."""

import html

import pytest

from agents.models import TranscriptEntry
from conversations.models import Message
from escalations import company, notes
from escalations.models import Draft, Note
from tests.desk.scene import SCRIPT

HTMX = {"HX-Request": "true"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "Hello")


def test_a_note_is_read_by_staff_and_by_nobody_else(alices, bobs, scene, tom):
    alices.post(f"conversations/{tom.pk}/note/", {"text": "He still owes us 40 pounds"})
    assert "He still owes us 40 pounds" in text_of(bobs.get(f"conversations/{tom.pk}/"))
    assert not Message.objects.filter(text__contains="owes").exists()
    scene.answers(tom)
    assert "owes" not in str(list(TranscriptEntry.objects.values()))
    assert tom.messages.filter(direction="in").get().answered_by is not None


def test_who_is_named_in_a_note_finds_it(alices, bobs, bob, tom):
    alices.post(f"conversations/{tom.pk}/note/", {"text": f"@{notes.handle(bob)}, could you ring him?"})
    assert Note.objects.get().mentions == [bob.pk]
    assert ">Tom Becker<" in text_of(bobs.get("inbox/?view=mentions"))
    assert "Nobody named you" in text_of(alices.get("inbox/?view=mentions"))


def test_only_its_author_removes_a_note_and_can_bring_it_back(alices, bobs, tom):
    alices.post(f"conversations/{tom.pk}/note/", {"text": "Wrong patient"})
    note = Note.objects.get()
    assert bobs.post(f"notes/{note.pk}/remove/").status_code == 404
    page = text_of(alices.post(f"notes/{note.pk}/remove/", headers=HTMX))
    assert "Wrong patient" not in page
    assert "removed a note" in page
    assert "Wrong patient" in text_of(alices.post(f"notes/{note.pk}/restore/", headers=HTMX))


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\x00b"])
def test_a_note_that_cannot_be_kept_stays_in_the_box(alices, tom, text):
    answer = alices.post(f"conversations/{tom.pk}/note/", {"text": text}, headers=HTMX)
    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_a_note_is_only_text(alices, tom):
    alices.post(f"conversations/{tom.pk}/note/", {"text": SCRIPT})
    assert SCRIPT not in alices.get(f"conversations/{tom.pk}/").content.decode()


def test_a_note_can_be_kept_when_whatsapps_day_is_over(alices, tom):
    type(tom).objects.filter(pk=tom.pk).update(last_inbound_at=None)
    assert "A note for colleagues" in text_of(alices.get(f"conversations/{tom.pk}/"))
    alices.post(f"conversations/{tom.pk}/note/", {"text": "Ring him"})
    assert Note.objects.count() == 1


def test_what_one_has_begun_to_write_is_there_again_and_only_for_oneself(alices, alice, bobs, tom):
    assert alices.post(f"conversations/{tom.pk}/draft/", {"text": "Dear Tom, we"}).status_code == 204
    alices.post(f"conversations/{tom.pk}/draft/", {"text": "Dear Tom, we have"})
    assert "Dear Tom, we have" in text_of(alices.get(f"conversations/{tom.pk}/"))
    assert "Dear Tom" not in text_of(bobs.get(f"conversations/{tom.pk}/"))
    alices.post(f"conversations/{tom.pk}/reply/", {"text": "Dear Tom, we have time"})
    assert not Draft.objects.exists()


def test_an_emptied_box_keeps_no_draft(alices, tom):
    alices.post(f"conversations/{tom.pk}/draft/", {"text": "x\x00" + "y" * 9000})
    assert len(Draft.objects.get().text) == 8000
    alices.post(f"conversations/{tom.pk}/draft/", {"text": " "})
    assert not Draft.objects.exists()


def test_colleagues_see_who_is_there_and_who_writes(alices, bobs, tom):
    assert "is here" not in text_of(alices.post(f"conversations/{tom.pk}/company/"))
    assert "Alice Owner is here" in text_of(bobs.post(f"conversations/{tom.pk}/company/"))
    alices.post(f"conversations/{tom.pk}/draft/", {"text": "Dear"})
    assert "Alice Owner is writing" in text_of(bobs.post(f"conversations/{tom.pk}/company/"))


def test_without_redis_one_is_alone_and_nothing_breaks(alices, tom, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert text_of(alices.post(f"conversations/{tom.pk}/company/")).strip() == ""


def test_who_left_is_no_company(clinic, alice, bob, tom):
    from tenants import clock

    company.looks(clinic, tom, alice)
    assert [each.name for each in company.looks(clinic, tom, bob)] == ["Alice Owner"]
    import datetime as dt

    with clock.pinned(clock.now() + dt.timedelta(seconds=company.GONE + 1)):
        assert company.looks(clinic, tom, bob) == []


def test_of_two_answers_at_once_the_second_is_asked_to_read_the_first(alices, bobs, bob, tom):
    seen = tom.messages.get().pk
    bobs.post(f"conversations/{tom.pk}/reply/", {"text": "We ring you at 3", "seen": seen})
    answer = alices.post(f"conversations/{tom.pk}/reply/", {"text": "We ring you at 5", "seen": seen}, headers=HTMX)
    page = text_of(answer, 422)
    assert "Bob Colleague answered while you wrote" in page
    assert "We ring you at 5" in page
    now = tom.messages.latest("pk").pk
    assert alices.post(f"conversations/{tom.pk}/reply/", {"text": "We ring you at 3!", "seen": now}).status_code == 302
    assert list(tom.messages.filter(author="staff").order_by("pk").values_list("text", flat=True)) == [
        "We ring you at 3",
        "We ring you at 3!",
    ]
