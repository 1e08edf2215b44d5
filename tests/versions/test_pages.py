"""The page on which the assistant is set up."""

import pytest

from agents import versions
from agents.models import AssistantVersion
from tenants.models import AuditEntry
from tests.versions.desk import a_draft, form_of, scored


def text(answer):
    return answer.content.decode()


def test_from_a_draft_to_what_answers_patients(clinic, alices):
    live = versions.published()
    alices.post(f"assistant/versions/{live.pk}/draft/")
    draft = versions.draft()
    rule = {"id": "", "kind": "escalate", "text": "Invoices go to Ruth."}
    answer = alices.post(
        f"assistant/versions/{draft.pk}/save/", form_of(draft, [rule], tone="Brief.", fast="claude-opus-5-5")
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.tone, draft.roles) == ("Brief.", {"fast": "claude-opus-5-5"})
    assert draft.rules == [{"id": "r1", "kind": "escalate", "text": "Invoices go to Ruth."}]
    assert draft.red_flags == live.red_flags
    page = text(alices.get("assistant/"))
    assert "go-live score is missing" in page
    alices.post(f"assistant/versions/{draft.pk}/publish/")
    assert versions.published() == live
    scored(draft)
    assert "it can be published" in text(alices.get("assistant/"))
    alices.post(f"assistant/versions/{draft.pk}/publish/")
    assert versions.published() == draft
    acts = AuditEntry.objects.filter(business=clinic, subject=f"version {draft.number}").order_by("pk")
    assert [each.action for each in acts] == ["assistant.drafted", "assistant.edited", "assistant.published"]
    page = text(alices.get("assistant/"))
    assert f"Version {draft.number} is published by Alice Owner" in page
    alices.post(f"assistant/versions/{live.pk}/roll-back/")
    assert versions.published().base == live


def test_what_differs_stands_side_by_side(clinic, alice, alices):
    draft = a_draft(alice, instructions="Parking is behind the house.")
    page = text(alices.get(f"assistant/versions/{draft.pk}/"))
    assert "<ins>Parking" in page
    versions.edit(draft.pk, {"instructions": draft.base.instructions})
    assert "They say the same" in text(alices.get(f"assistant/versions/{draft.pk}/"))
    assert alices.get(f"assistant/versions/{draft.pk}/?with=nonsense").status_code == 200


def test_a_rule_that_is_emptied_is_removed_and_the_others_keep_their_numbers(clinic, alice, alices):
    rules = [{"id": "r1", "kind": "say", "text": "One."}, {"id": "r2", "kind": "say", "text": "Two.", "correction": 5}]
    draft = a_draft(alice, rules=rules)
    sent = [rules[0] | {"text": ""}, rules[1], {"id": "", "kind": "say", "text": "Three."}]
    alices.post(f"assistant/versions/{draft.pk}/save/", form_of(draft, sent))
    draft.refresh_from_db()
    assert draft.rules == [rules[1], {"id": "r3", "kind": "say", "text": "Three."}]


@pytest.mark.parametrize(
    ("words", "said"),
    [({"name": ""}, "This field is required."), ({"provider": "somebody"}, "Select a valid choice")],
)
def test_what_is_wrong_stands_beside_the_field(clinic, alice, alices, words, said):
    draft = a_draft(alice)
    answer = alices.post(f"assistant/versions/{draft.pk}/save/", form_of(draft, **words))
    assert answer.status_code == 422
    assert said in text(answer)
    draft.refresh_from_db()
    assert draft.tone == "Brief."


def test_saving_the_words_leaves_the_red_flags(clinic, alice, alices):
    draft = a_draft(alice)
    before = draft.red_flags
    alices.post(f"assistant/versions/{draft.pk}/save/", form_of(draft))
    draft.refresh_from_db()
    assert before
    assert draft.red_flags == before


def test_a_discarded_draft_comes_back_by_a_button(clinic, alice, alices):
    draft = a_draft(alice)
    alices.post(f"assistant/versions/{draft.pk}/discard/")
    assert "Bring it back" in text(alices.get("assistant/"))
    alices.post(f"assistant/versions/{draft.pk}/bring-back/")
    assert versions.draft() == draft


@pytest.mark.parametrize("act", ["draft", "save", "publish", "roll-back", "discard", "bring-back"])
def test_staff_may_read_but_only_managers_act(clinic, alice, bobs, act):
    draft = a_draft(alice)
    assert "Publish as saved" not in text(bobs.get("assistant/"))
    assert bobs.post(f"assistant/versions/{draft.pk}/{act}/", form_of(draft)).status_code == 404
    assert AssistantVersion.objects.filter(status="draft").get() == draft


def test_the_page_with_a_draft_asks_little_of_the_database(clinic, alice, alices, django_assert_max_num_queries):
    a_draft(alice)
    alices.get("assistant/")
    with django_assert_max_num_queries(14):
        alices.get("assistant/")
