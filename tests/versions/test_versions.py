"""Draft, published, archived: one draft, one published version, every step back, and what a version has to show."""

import json
import threading

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from agents import gates, receptionist, versions
from agents.differences import compared, differences
from agents.models import AssistantVersion, Turn
from agents.types import KnownPerson, TurnInput
from agents.versions import MayNotPublish, VersionRefused
from tests.versions.conftest import arrival
from tests.versions.desk import a_case, a_draft, ran, scored


def test_a_draft_is_a_copy_and_there_is_one_at_a_time(clinic, alice):
    draft = versions.make_draft(versions.published(), alice.pk)
    live = versions.published()
    assert (draft.number, draft.status, draft.base, draft.made_by_id) == (2, "draft", live, alice.pk)
    assert all(getattr(draft, name) == getattr(live, name) for name in versions.EDITABLE)
    with pytest.raises(VersionRefused):
        versions.make_draft(live, alice.pk)
    assert versions.draft_to_work_on(alice.pk) == draft


def test_publishing_archives_what_answered_before_and_says_who_did_it(clinic, alice):
    first, draft = versions.published(), a_draft(alice, tone="Brief.")
    scored(draft)
    new = versions.publish(draft.pk, alice.pk)
    first.refresh_from_db()
    assert (new.status, new.tone, new.published_by_id, first.status) == ("published", "Brief.", alice.pk, "archived")
    assert versions.draft() is None
    with pytest.raises(VersionRefused):
        versions.publish(draft.pk, alice.pk)
    with pytest.raises(VersionRefused):
        versions.edit(new.pk, {"tone": "Loud."})


def test_the_first_version_that_a_person_publishes_needs_a_score_without_a_missed_red_flag(clinic, alice):
    draft = a_draft(alice)
    assert gates.may_publish(draft) == [gates.GO_LIVE]
    scored(draft, missed=2)
    with pytest.raises(MayNotPublish) as refused:
        versions.publish(draft.pk, alice.pk)
    assert "2 red flags" in str(refused.value)
    scored(draft)
    versions.publish(draft.pk, alice.pk)
    assert gates.may_publish(a_draft(alice)) == []  # the second one doesn't


def test_a_score_of_older_words_proves_nothing(clinic, alice):
    draft = a_draft(alice)
    scored(draft)
    versions.edit(draft.pk, {"tone": "Loud."})
    draft.refresh_from_db()
    assert gates.may_publish(draft) == [gates.GO_LIVE]


def test_a_version_that_fails_a_saved_case_cannot_be_published(clinic, alice):
    draft, case = a_draft(alice), a_case("Parking")
    scored(draft)
    assert "has not been run" in gates.may_publish(draft)[0]
    ran(case, draft, passed=False)
    assert gates.may_publish(draft) == ["It fails the saved case “Parking”."]
    ran(case, draft, passed=True)
    assert gates.may_publish(draft) == []
    versions.edit(draft.pk, {"tone": "Loud."})
    draft.refresh_from_db()
    assert "has not been run" in gates.may_publish(draft)[0]
    case.active = False
    case.save()
    scored(draft)
    assert gates.may_publish(draft) == []


def test_going_back_publishes_a_copy_and_keeps_the_draft(clinic, alice):
    first = versions.published()
    draft = a_draft(alice, tone="Brief.")
    scored(draft)
    versions.publish(draft.pk, alice.pk)
    newer = a_draft(alice, tone="Newer.")
    back = versions.roll_back(first.pk, alice.pk)
    assert (back.number, back.tone, back.base) == (4, first.tone, first)
    assert versions.published() == back
    assert versions.draft() == newer
    assert AssistantVersion.objects.get(pk=first.pk).status == "archived"


def test_nobody_goes_back_to_what_is_known_to_fail_or_never_answered(clinic, alice):
    first, case = versions.published(), a_case()
    draft = a_draft(alice)
    scored(draft)
    ran(case, draft, passed=True)
    versions.publish(draft.pk, alice.pk)
    ran(case, first, passed=False)
    with pytest.raises(MayNotPublish):
        versions.roll_back(first.pk, alice.pk)
    gone = a_draft(alice)
    versions.discard(gone.pk)
    with pytest.raises(VersionRefused):
        versions.roll_back(gone.pk, alice.pk)


def test_a_discarded_draft_can_be_brought_back_unless_there_is_another(clinic, alice):
    draft = a_draft(alice)
    versions.discard(draft.pk)
    assert versions.draft() is None
    versions.bring_back(draft.pk)
    assert versions.draft() == draft
    versions.discard(draft.pk)
    a_draft(alice)
    with pytest.raises(VersionRefused):
        versions.bring_back(draft.pk)
    with pytest.raises(VersionRefused):
        versions.bring_back(versions.published().pk)


def test_of_two_who_publish_at_once_one_does(fresh_business):
    draft = versions.make_draft(versions.published(), 1)
    scored(draft)
    outcomes: list[str] = []
    together = threading.Barrier(2, timeout=60)

    def publish(user_id: int) -> None:
        with tenant_context(fresh_business):
            together.wait()
            try:
                versions.publish(draft.pk, user_id)
                outcomes.append("published")
            except VersionRefused:
                outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=publish, args=(user_id,)) for user_id in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["published", "refused"]
    assert AssistantVersion.objects.filter(status="published").count() == 1


def test_a_turn_that_is_resumed_keeps_the_version_it_began_with(clinic, alice, monday, sandbox):
    def turn() -> None:
        heard = TurnInput(
            business=clinic,
            conversation_id=1,
            contact_id=1,
            contact_name="Maria",
            known=KnownPerson(),
            arrivals=(arrival("Hello"),),
            hold=lambda: None,
            renew=lambda: None,
            provider="anthropic",
        )
        receptionist.take_turn(heard)

    first = versions.published()
    sandbox.script({"text": "Hello."}, {"text": "Hello again."})
    turn()  # the worker was killed before it could say so
    draft = a_draft(alice, name="Newcomer")
    scored(draft)
    versions.publish(draft.pk, alice.pk)
    turn()
    resumed = Turn.objects.get()
    assert (resumed.version, resumed.resumed) == (first, 1)
    asked = [json.dumps(entry["body"]) for entry in sandbox.turns()]
    assert len(asked) == 2
    assert not any("Newcomer" in system for system in asked)


def test_differences_are_told_word_by_word(clinic, alice):
    told = compared("Tone", "Friendly and calm.", "Friendly and very calm.")
    assert [piece.text for piece in told.after if piece.changed] == ["very "]
    assert not [piece for piece in told.before if piece.changed]
    rule = {"id": "r1", "kind": "escalate", "text": "Invoices go to Ruth."}
    draft = a_draft(alice, rules=[rule], roles={"fast": "claude-opus-5-5"})
    labels = {each.label: "".join(piece.text for piece in each.after) for each in differences(draft.base, draft)}
    assert labels["Rule"] == "Hand over: Invoices go to Ruth."
    assert "claude-opus-5-5" in labels["Who answers"]
    assert differences(draft, draft) == []
