"""The knowledge pages by the team's browser without JavaScript."""

import datetime as dt
import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agents.knowledge import entries, gaps
from agents.knowledge.search import search
from agents.models import KnowledgeEntry, KnowledgeGap
from escalations import acts
from tenants import clock
from tenants.models import AuditEntry
from tests.desk.conftest import DeskClient
from tests.desk.scene import SCRIPT, Scene

LIST = "assistant/knowledge/"
GAPS = "assistant/gaps/"
FORM = {"title": "Parking", "body": "Behind the house.", "language": "en", "valid_from": "", "valid_until": ""}


@pytest.fixture
def bobs(clinic, bob):
    return DeskClient(clinic, bob)


@pytest.fixture
def scene(clinic):
    return Scene(clinic)


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def today():
    return clock.local_now("Europe/London").date()


def asked(question="Can I bring my iguana?", conversation_id=1, **more):
    gaps.record(question, language="en", conversation_id=conversation_id, turn_id=None)
    return KnowledgeGap.objects.get(status="open", **more)


def test_an_empty_page_says_what_to_write_for_this_kind_of_business(bobs):
    page = text_of(bobs.get(LIST))
    assert "Nothing written yet" in page
    assert "After an extraction" in page
    assert "What to bring to the first visit" in text_of(bobs.get(LIST + "add/?title=What to bring to the first visit"))


def test_what_is_typed_is_found_at_once_and_recorded(bobs, bob):
    assert bobs.post(LIST + "add/", FORM).status_code == 302
    assert [each.title for each in search("where can I park?", on=today())] == ["Parking"]
    assert KnowledgeEntry.objects.get().made_by_id == bob.pk
    assert AuditEntry.objects.filter(actor=bob, action="knowledge.added").exists()
    page = text_of(bobs.get(LIST + "?ask=where can I park"))
    assert "Behind the house." in page
    assert "covers" in page
    assert "Nothing speaks of this" in text_of(bobs.get(LIST + "find/?ask=do you sell bicycles"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"body": " \u200b \x00"}, ""),
        ({"body": "\u202e\u200b"}, "This field is required"),
        ({"body": "a" * 60_001}, "At most 60,000 characters"),
        ({"title": "a" * 121}, "at most 120"),
        ({"language": "klingon"}, "Select a valid choice"),
        ({"valid_from": "2026-12-05", "valid_until": "2026-12-04"}, "before the first day"),
        ({"valid_until": "tomorrow"}, "valid date"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(bobs, wrong, said):
    assert said in text_of(bobs.post(LIST + "add/", FORM | wrong), 422)
    assert not KnowledgeEntry.objects.exists()


def test_the_list_is_searched_and_filtered(bobs, wrote):
    day = today()
    wrote("Parking", "Behind the house.")
    wrote("Parkplatz", "Hinter dem Haus.", "de")
    wrote("Christmas", "Closed.", valid_until=day - dt.timedelta(days=1))
    wrote("Easter", "Closed.", valid_from=day + dt.timedelta(days=1))
    entries.remove(wrote("Gone", "Long ago."))

    def shown(query):
        page = text_of(bobs.get(LIST + query))
        return {each for each in ("Parking", "Parkplatz", "Christmas", "Easter", "Gone") if f">{each}<" in page}

    assert shown("") == {"Parking", "Parkplatz", "Christmas", "Easter"}
    assert shown("?q=haus") == {"Parkplatz"}
    assert shown("?language=en&q=house") == {"Parking"}
    assert shown("?show=over") == {"Christmas"}
    assert shown("?show=later") == {"Easter"}
    assert shown("?show=now") == {"Parking", "Parkplatz"}
    assert shown("?show=removed") == {"Gone"}
    assert shown("?q=zzz") == set()
    assert shown("?q=%00&language=%00&show=%00&page=%00x&removed=%00") == {
        "Parking",
        "Parkplatz",
        "Christmas",
        "Easter",
    }


def test_an_entry_is_changed_and_found_by_its_new_words_only(bobs, wrote):
    entry = wrote("Parking", "Behind the house.")
    assert bobs.post(f"{LIST}{entry.pk}/", FORM | {"title": "Pets", "body": "Iguanas stay at home."}).status_code == 302
    assert [each.text for each in search("iguanas?", on=today())] == ["Iguanas stay at home."]
    assert search("parking?", on=today()) == []
    assert "This field is required" in text_of(bobs.post(f"{LIST}{entry.pk}/", FORM | {"body": ""}), 422)


def test_removing_can_be_undone_and_a_second_click_changes_nothing(bobs, wrote):
    entry = wrote("Parking", "Behind the house.")
    for _ in range(2):
        answer = bobs.post(f"{LIST}{entry.pk}/remove/")
    assert search("parking?", on=today()) == []
    page = text_of(bobs.get(answer.url))
    assert "is removed" in page
    assert "Undo" in page
    for _ in range(2):
        assert bobs.post(f"{LIST}{entry.pk}/restore/").status_code == 302
    assert len(search("parking?", on=today())) == 1
    assert AuditEntry.objects.filter(action__in=["knowledge.removed", "knowledge.restored"]).count() == 2


def upload(client, *files):
    return client.post(LIST + "read/", {"uploads": [SimpleUploadedFile(name, data) for name, data in files]})


def test_files_are_shown_before_they_are_saved(bobs):
    german = "# Anfahrt\n\nDie Straßenbahn hält vor der Tür. Der Bus fährt nicht am Sonntag.".encode()
    page = text_of(upload(bobs, ("parking_places.txt", b"Behind the house, please."), ("weg.md", german)))
    assert "parking places" in page
    assert 'value="Anfahrt"' in page
    assert 'value="de" selected' in page
    assert not KnowledgeEntry.objects.exists()
    forms = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    for place, (title, body, keep) in enumerate([("Parking", "Behind.", "on"), ("", "", "")]):
        fields = {"title": title, "body": body, "language": "en", "origin": "file", "source": "a.txt"}
        forms |= {f"form-{place}-{name}": value for name, value in fields.items()}
        if keep:
            forms[f"form-{place}-keep"] = keep
    assert bobs.post(LIST + "keep/", forms).status_code == 302
    entry = KnowledgeEntry.objects.get()
    assert (entry.title, entry.origin, entry.source) == ("Parking", "file", "a.txt")


def test_a_preview_with_a_mistake_comes_back_as_it_was(bobs):
    forms = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-keep": "on", "form-0-title": ""}
    forms |= {"form-0-body": "Kept words", "form-0-language": "en", "form-0-origin": "file", "form-0-source": ""}
    page = text_of(bobs.post(LIST + "keep/", forms), 422)
    assert "This field is required" in page
    assert "Kept words" in page
    assert text_of(bobs.post(LIST + "keep/", {}), 422)
    assert text_of(bobs.post(LIST + "keep/", forms | {"form-TOTAL_FORMS": "5000"}), 422)
    assert text_of(bobs.post(LIST + "keep/", forms | {"form-0-origin": "answer"}), 422)


def test_what_can_not_be_read_is_told_by_name(bobs):
    page = text_of(upload(bobs, ("good.txt", b"Words."), ("sheet.docx", b"PK\x03\x04"), ("empty.txt", b"")))
    assert "sheet.docx" in page
    assert "Only text, Markdown, PDF and HTML" in page
    assert "There is no text in it" in page
    assert "There is no text in it" in text_of(upload(bobs, ("empty.txt", b"")), 422)
    assert "At most 10 files" in text_of(upload(bobs, *[(f"{n}.txt", b"x") for n in range(11)]), 422)
    assert "This field is required" in text_of(bobs.post(LIST + "read/"), 422)
    assert "larger than 5 MB" in text_of(upload(bobs, ("big.txt", b"a" * (5 * 1024 * 1024 + 1))), 422)


def test_what_is_there_already_is_noticed(bobs, wrote):
    wrote("Parking", "Behind the house.")
    page = text_of(upload(bobs, ("a.txt", b"Behind the house.")))
    assert "says this already" in page
    assert "checked" not in page
    assert "says this already" in text_of(upload(bobs, ("PARKING.txt", b"Another text.")))
    assert "“Parking” says this already" in text_of(bobs.post(LIST + "add/", FORM | {"title": "Cars"}), 422)
    assert "checked" in text_of(upload(bobs, ("b.txt", b"Something new.")))


def test_a_pasted_page_is_read_without_its_scripts(bobs):
    page = "<html><title>Our parking</title><script>steal()</script><h1>Cars</h1><p>Behind the house</p></html>"
    shown = text_of(bobs.post(LIST + "read/", {"page": page, "address": "https://x.test/parking"}))
    assert "Our parking" in shown
    assert "# Cars" in shown
    assert "steal()" not in shown
    assert "There is no text in it" in text_of(bobs.post(LIST + "read/", {"page": "<p> </p>"}), 422)


def test_fault_68_scripts_in_entries_gaps_and_file_names_are_inert(bobs, wrote, scene):
    entry = wrote(SCRIPT[:120], SCRIPT * 3)
    conversation = scene.writes("Rosa", "Hello")
    asked(SCRIPT, conversation.pk)
    gap = KnowledgeGap.objects.get()
    pages = [
        LIST,
        f"{LIST}?ask=<script>window.broken&q=<script>",
        f"{LIST}{entry.pk}/",
        GAPS,
        f"{GAPS}{gap.pk}/answer/",
    ]
    answers = [bobs.get(path) for path in pages] + [upload(bobs, ("<script>.txt", SCRIPT.encode()))]
    for answer in answers:
        assert answer.status_code == 200
        assert b"<script>window" not in answer.content
        assert b"<script>.txt" not in answer.content


def test_a_gap_is_answered_in_two_clicks(bobs, bob, scene):
    conversation = scene.writes("Rosa Blum", "Can I bring my iguana?")
    gap = asked(conversation_id=conversation.pk)
    page = text_of(bobs.get(GAPS))
    assert "Can I bring my iguana?" in page
    assert f"conversations/{conversation.pk}/" in page
    form = text_of(bobs.get(f"{GAPS}{gap.pk}/answer/"))
    assert 'value="Can I bring my iguana"' in form
    answer = bobs.post(f"{GAPS}{gap.pk}/answer/", FORM | {"title": "Can I bring my iguana", "body": "No, sorry."})
    assert answer.status_code == 302
    gap.refresh_from_db()
    assert (gap.status, gap.entry.origin, gap.closed_by_id) == ("answered", "answer", bob.pk)
    assert [each.text for each in search("can I bring an iguana?", on=today())] == ["No, sorry."]
    assert bobs.get(f"{GAPS}{gap.pk}/answer/").status_code == 302


def test_a_gap_is_set_aside_and_taken_back(bobs):
    gap = asked()
    answer = bobs.post(f"{GAPS}{gap.pk}/dismiss/")
    assert "is set aside" in text_of(bobs.get(answer.url))
    assert gaps.open_count() == 0
    bobs.post(f"{GAPS}{gap.pk}/reopen/")
    assert gaps.open_count() == 1


def test_a_gap_asked_again_meanwhile_is_not_opened_twice(bobs):
    gap = asked()
    bobs.post(f"{GAPS}{gap.pk}/dismiss/")
    again = asked()
    assert again.pk != gap.pk
    assert bobs.post(f"{GAPS}{gap.pk}/reopen/").status_code == 302
    assert gaps.open_count() == 1


def test_what_a_colleague_answers_is_offered_as_an_entry(bobs, bob, scene):
    conversation = scene.writes("Rosa Blum", "Can I bring my iguana?")
    gap = asked(conversation_id=conversation.pk)
    assert "Make yours an entry" not in text_of(bobs.get(f"conversations/{conversation.pk}/"))
    acts.reply(scene.business, conversation, bob, "No, please leave it at home.")
    page = text_of(bobs.get(f"conversations/{conversation.pk}/thread/"))
    assert "Make yours an entry" in page
    message = conversation.messages.get(author="staff")
    link = f"{GAPS}{gap.pk}/answer/?message={message.pk}"
    assert link in page
    assert "No, please leave it at home.</textarea>" in text_of(bobs.get(link))
    other = scene.writes("Somebody else", "Hello")
    acts.reply(scene.business, other, bob, "A secret of another conversation")
    far = other.messages.get(author="staff")
    assert "A secret" not in text_of(bobs.get(f"{GAPS}{gap.pk}/answer/?message={far.pk}"))
    gaps.dismiss(gap, user_id=bob.pk)
    assert "Make yours an entry" not in text_of(bobs.get(f"conversations/{conversation.pk}/thread/"))


def test_staff_see_what_an_answer_rests_on_and_patients_do_not(bobs, scene, wrote):
    entry = wrote("Parking", "You can park behind the house.")
    conversation = scene.writes("Rosa Blum", "Is there parking?")
    scene.answers(conversation)
    said = conversation.messages.get(direction="out")
    assert "You can park behind the house." in said.text
    assert "From:" not in said.text
    chunk = entry.chunks.get()
    link = f"{LIST}{entry.pk}/#chunk-{chunk.pk}"
    for path in (f"conversations/{conversation.pk}/", f"traces/{said.turn_id}/"):
        assert link in text_of(bobs.get(path))
    assert f'id="chunk-{chunk.pk}"' in text_of(bobs.get(f"{LIST}{entry.pk}/"))


def test_the_pages_ask_the_database_little(bobs, scene, wrote, django_assert_max_num_queries):
    for number in range(45):
        wrote(f"Entry {number}", f"Text of number {number}.")
        gaps.record(f"iguana{number} please?", language="en", conversation_id=1, turn_id=None)
    for path in (LIST, LIST + "?ask=entry text", GAPS, f"{LIST}{KnowledgeEntry.objects.first().pk}/"):
        assert bobs.get(path).status_code == 200
        with django_assert_max_num_queries(12):
            bobs.get(path)
