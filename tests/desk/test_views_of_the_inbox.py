"""Views, labels, saved views, snoozing: what stands in the list, and what the numbers say."""

import datetime as dt
import html

import pytest
from django.test import Client

from conversations import handoffs
from conversations.models import Conversation
from escalations import acts, labelling, snoozing
from escalations.models import ConversationLabel, Label, SavedView
from tenants import clock, worklist
from tenants.models import Membership, Role, WorkItem

HTMX = {"HX-Request": "true"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def named(scene):
    return {name: scene.writes(name, f"Hello from {name}") for name in ("Anna", "Bert", "Cleo", "Dora")}


def shown(client, query=""):
    page = text_of(client.get("inbox/" + query))
    return [name for name in ("Anna", "Bert", "Cleo", "Dora") if f">{name}<" in page]


def test_each_view_holds_what_its_name_says(clinic, alices, alice, bobs, bob, scene, named):
    scene.hands_over(named["Anna"])
    acts.take_over(clinic, named["Bert"], bob)
    acts.resolve(clinic, named["Cleo"], bob)
    snoozing.snooze(clinic, named["Dora"], alice, clock.now() + dt.timedelta(hours=2))
    assert shown(alices, "?view=unassigned") == ["Anna"]
    assert shown(bobs, "?view=mine") == ["Bert"]
    assert shown(alices, "?view=mine") == []
    assert shown(alices, "?view=resolved") == ["Cleo"]
    assert shown(alices, "?view=snoozed") == ["Dora"]
    menu = text_of(bobs.get("inbox/views/", headers=HTMX))
    for label, count in (("Needs you", 2), ("Mine", 1), ("Unassigned", 1), ("Assistant", 0), ("Snoozed", 1)):
        line = menu.split(f">{label}<")[1].split("</li>")[0]
        assert (f">{count}<" in line) == bool(count), label


def test_menu_and_label_cost_few_queries(alices, named, django_assert_max_num_queries):
    labelling.make("Insurance")
    alices.get("")
    with django_assert_max_num_queries(12):
        alices.get("inbox/views/", headers=HTMX)
    with django_assert_max_num_queries(12):
        alices.get(f"?label={Label.objects.get().pk}")


def test_a_snoozed_conversation_comes_back_at_its_time(clinic, alices, named):
    anna = named["Anna"]
    until = clock.now() + dt.timedelta(hours=3)
    alices.post(f"conversations/{anna.pk}/snooze/", {"until": until.isoformat()})
    anna.refresh_from_db()
    assert (anna.status, anna.snoozed_until) == ("snoozed", until)
    item = WorkItem.objects.get(kind=snoozing.WAKE, object_id=anna.pk)
    assert abs(item.due_at - until) < dt.timedelta(minutes=1)
    early = worklist.claim(clinic.pk, snoozing.WAKE, anna.pk, early=True)
    snoozing.wake(clinic, anna.pk, early)
    anna.refresh_from_db()
    assert anna.status == "snoozed", "rung too early, it sleeps on"
    with clock.pinned(until + dt.timedelta(seconds=1)):
        snoozing.wake(clinic, anna.pk, worklist.claim(clinic.pk, snoozing.WAKE, anna.pk, early=True))
    anna.refresh_from_db()
    assert (anna.status, anna.snoozed_until) == ("open", None)
    assert not WorkItem.objects.filter(kind=snoozing.WAKE, object_id=anna.pk).exists()
    assert "Back in the inbox" in text_of(alices.get(f"conversations/{anna.pk}/"))


def test_a_new_message_wakes_it_and_the_assistant_answers(clinic, alices, alice, scene, named):
    snoozing.snooze(clinic, named["Anna"], alice, clock.now() + dt.timedelta(days=2))
    scene.writes("Anna", "One more thing")
    anna = Conversation.objects.get(pk=named["Anna"].pk)
    assert (anna.status, anna.snoozed_until) == ("open", None)


@pytest.mark.parametrize("until", ["", "tomorrow", "2020-01-01T09:00", "9999-12-31T23:59", "2026-02-30T09:00", "²"])
def test_a_time_that_is_none_is_refused_and_nothing_changes(alices, named, until):
    answer = alices.post(f"conversations/{named['Anna'].pk}/snooze/", {"until": until}, headers=HTMX)
    assert answer.status_code == 200
    assert "Choose a" in answer.headers["HX-Trigger"]
    assert Conversation.objects.get(pk=named["Anna"].pk).status == "open"


def test_what_is_resolved_cannot_be_snoozed(clinic, alice, named):
    acts.resolve(clinic, named["Anna"], alice)
    with pytest.raises(handoffs.TransitionRefused):
        snoozing.snooze(clinic, named["Anna"], alice, clock.now() + dt.timedelta(hours=1))


def test_labels_are_put_on_found_by_and_taken_off(alices, named):
    anna = named["Anna"]
    page = text_of(alices.post(f"conversations/{anna.pk}/labels/", {"new": "New  patient"}, headers=HTMX))
    label = Label.objects.get()
    assert (label.name, "checked" in page) == ("New patient", True)
    assert shown(alices, f"?label={label.pk}") == ["Anna"]
    assert "New patient" in text_of(alices.get("inbox/"))
    alices.post(f"conversations/{anna.pk}/labels/", {}, headers=HTMX)
    assert not ConversationLabel.objects.exists()
    assert "No conversation bears this label" in text_of(alices.get(f"inbox/?label={label.pk}"))


@pytest.mark.parametrize(("name", "said"), [("KRANKENKASSÉ", "already"), ("x" * 50, ""), ("<b>", "")])
def test_a_label_is_made_once_however_it_is_written(alices, named, name, said):
    labelling.make("Krankenkasse")
    answer = alices.post(f"conversations/{named['Anna'].pk}/labels/", {"new": name}, headers=HTMX)
    assert (said in text_of(answer, 422)) if said else answer.status_code == 200
    assert "<b>" not in answer.content.decode().replace("<b></b>", "")


def test_only_managers_make_and_remove_labels_in_the_settings(clinic, alices, bobs, bob):
    Membership.objects.filter(user=bob, business=clinic).update(role=Role.STAFF)
    assert bobs.get("settings/labels/").status_code == 404
    assert "No labels yet" in text_of(alices.get("settings/labels/"))
    assert "Give the label a name." in text_of(alices.post("settings/labels/", {"name": " ", "colour": "info"}), 422)
    alices.post("settings/labels/", {"name": "Insurance", "colour": "info"})
    label = Label.objects.get()
    alices.post(f"settings/labels/{label.pk}/remove/")
    assert not Label.objects.exists()


def test_a_view_is_saved_for_oneself_or_for_everybody(clinic, alices, bobs, bob, named):
    Membership.objects.filter(user=bob, business=clinic).update(role=Role.STAFF)
    alices.post("inbox/views/save/", {"name": "Hellos", "query": "view=assistant&q=hello&open=7"})
    alices.post("inbox/views/save/", {"name": "Ours", "query": "q=hello", "for_all": "on"})
    assert SavedView.objects.get(name="Hellos").query == {"view": "assistant", "q": "hello"}
    assert "Hellos" in text_of(alices.get("inbox/views/", headers=HTMX))
    bobs_menu = text_of(bobs.get("inbox/views/", headers=HTMX))
    assert "Ours" in bobs_menu
    assert "Hellos" not in bobs_menu
    ours = SavedView.objects.get(name="Ours")
    assert bobs.post(f"inbox/views/{ours.pk}/forget/").status_code == 404
    alices.post(f"inbox/views/{ours.pk}/forget/")
    assert not SavedView.objects.filter(name="Ours").exists()


def test_a_view_without_a_name_is_not_saved(alices):
    page = text_of(alices.post("inbox/views/save/", {"name": "", "query": "q=x"}, follow=True))
    assert "Give the view a name" in page
    assert not SavedView.objects.exists()


def test_without_javascript_views_and_labels_have_pages_of_their_own(alices, named):
    assert "Unassigned" in text_of(alices.get("inbox/views/"))
    assert "New label" in text_of(alices.get(f"conversations/{named['Anna'].pk}/labels/"))


def test_another_business_has_its_own_labels(alices, salon, named):
    label = labelling.make("Ours")
    stranger = Client()
    assert stranger.get(f"{salon.path}?label={label.pk}").status_code == 302, "who is not logged in sees nothing"
