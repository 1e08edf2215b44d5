"""A share of what has come to rest is looked at, by rules or by a model that judges; staff see what stands out."""

import datetime as dt
from typing import Any

import pytest
from django.test import override_settings

from agents.models import Review, ReviewShare, Step, TranscriptEntry, Turn, UsageRecord
from agents.review_rules import Done, Line, Stretch, flags_of
from conversations import reviewing
from conversations.models import Conversation
from tenants import clock, worklist
from tenants.models import WorkItem
from tests.desk.conftest import DeskClient
from tests.vendors import Sandbox

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def talk(*lines: str, done: tuple[Done, ...] = (), **more: Any) -> Stretch:
    """ "P: …" is the patient, "A: …" the assistant; each line a minute later, each answer a turn of its own."""
    said, turn = [], 1
    for place, line in enumerate(lines):
        author = {"P": "patient", "A": "assistant"}[line[0]]
        said.append(Line(author=author, text=line[3:], turn=turn, at=NOON + dt.timedelta(minutes=place)))
        turn += author == "assistant"
    return Stretch(lines=said, done=done, **({"language": "en"} | more))


def tool(name: str, *, turn: int = 1, ok: bool = True, minute: int = 0, **output: Any) -> Done:
    return Done(name=name, turn=turn, ok=ok, output=output, at=NOON + dt.timedelta(minutes=minute))


def sorts(stretch: Stretch) -> set[str]:
    return {flag.sort for flag in flags_of(stretch)}


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        (
            talk("P: do you have parking spaces?", "A: We're open from Monday on.", "P: Do you have parking spaces??"),
            {"asked_twice"},
        ),
        (
            talk(
                "P: yes",
                done=(
                    tool("book_appointment", booked={"appointment": "#1001"}),
                    tool("cancel_appointment", cancelled={"appointment": "#1001"}, minute=4),
                ),
            ),
            {"changed_at_once"},
        ),
        (
            talk("P: Ich möchte bitte einen Termin am Montag haben", "A: Of course! What would you like to book?"),
            {"other_language"},
        ),
        (talk(done=(tool("find_slots", ok=False), tool("find_slots", ok=False))), {"tool_errors"}),
        (talk("P: How much is it?", "A: A check-up is £85.", known="Check-up: 30 minutes, £50"), {"unfounded"}),
        (
            talk("P: when?", "A: At 4:30 pm.", done=(tool("find_slots", offers=[{"start": "2026-11-24T09:00"}]),)),
            {"unfounded"},
        ),
        (talk("P: this is ridiculous, I already told you"), {"frustration"}),
        (talk("P: das ist doch Zeitverschwendung"), {"frustration"}),
        (talk("P: c'est ridicule"), {"frustration"}),
        (talk("P: ya te lo dije"), {"frustration"}),
        (talk("P: é uma perda de tempo"), {"frustration"}),
        (talk(unanswered_handoffs=(7,)), {"unanswered_handoff"}),
    ],
)  # fmt: skip
def test_rules_notice(stretch: Stretch, expected: set[str]) -> None:
    assert sorts(stretch) == expected


@pytest.mark.parametrize(
    "stretch",
    [
        talk("P: yes", "A: Shall I book it?", "P: yes", "A: Done!"),
        talk("P: do you have parking?", "P: do you have parking?", "A: Yes, behind the house."),
        talk(
            "P: any time on Monday please?",
            "A: Monday 23 November: 09:00, 2:30 pm or 16h30. A check-up is £50.",
            done=(tool("find_slots", offers=[{"start": f"2026-11-23T{at}"} for at in ("09:00", "14:30", "16:30")]),),
            known="Check-up: 30 minutes, £50.00",
        ),
        talk("P: can I come at half past 4, so 4.30 pm?", "A: Sorry, 16:30 is taken."),
        talk("P: Ich möchte bitte einen Termin am Montag haben", "A: Gern! Was möchten Sie denn bei uns buchen?"),
        talk(done=(tool("book_appointment", ok=False, rule="notice"),) * 2),
        talk(
            done=(
                tool("book_appointment", booked={"appointment": "#1001"}),
                tool("cancel_appointment", cancelled={"appointment": "#1001"}, minute=900),
            )
        ),
    ],
)  # fmt: skip
def test_rules_leave_what_is_fine_alone(stretch: Stretch) -> None:
    assert flags_of(stretch) == []


@pytest.fixture
def rested(scene: Any) -> Conversation:
    """A conversation that ended three hours ago; all are looked at."""
    ReviewShare.objects.create(percent=100)
    with clock.pinned(NOON - dt.timedelta(hours=3)):
        conversation = scene.writes("Maria Lopes", "This is ridiculous, I want to speak to a person")
        scene.answers(conversation)
    return conversation


def look(business: Any) -> int:
    """The sweep, and what it calls for; how many were asked for."""
    asked = reviewing.call_for_rested(business)
    for item in WorkItem.objects.filter(business=business, kind=reviewing.REVIEW):
        lease = worklist.claim(business.pk, reviewing.REVIEW, item.object_id)
        assert lease is not None
        reviewing.review_one(business, item.object_id, lease)
    return asked


def test_what_has_rested_is_looked_at_once(clinic: Any, rested: Conversation, scene: Any) -> None:
    with clock.pinned(NOON):
        assert look(clinic) == 1
        assert look(clinic) == 0
    review = Review.objects.get()
    assert review.made_by == "rules"
    assert {flag["sort"] for flag in review.flags} == {"frustration", "unanswered_handoff"}
    assert review.flagged


def test_what_has_not_rested_or_is_not_in_the_share_is_left(clinic: Any, rested: Conversation) -> None:
    with clock.pinned(NOON - dt.timedelta(hours=2)):
        assert look(clinic) == 0
    ReviewShare.objects.update(percent=0)
    with clock.pinned(NOON):
        assert look(clinic) == 0


def test_a_share_is_drawn_evenly_and_always_the_same() -> None:
    drawn = [reviewing.is_chosen(number, 7 * number, 20) for number in range(2000)]
    assert 300 < sum(drawn) < 500
    assert drawn == [reviewing.is_chosen(number, 7 * number, 20) for number in range(2000)]


def test_the_judge_is_asked_with_redacted_lines_and_its_flags_count(
    clinic: Any, rested: Conversation, sandbox: Sandbox
) -> None:
    turn = Turn.objects.get()
    entry = TranscriptEntry.objects.filter(role="patient").get()
    report = {
        "score": 2,
        "flags": [
            {"sort": "frustration", "turn": turn.pk, "words": "The patient was annoyed."},
            {"sort": "other", "turn": 99_999, "words": "of no turn of this conversation"},
        ],
    }
    sandbox.script({"content": [{"type": "tool_use", "name": "report", "input": report}], "stop_reason": "tool_use"})
    with clock.pinned(NOON):
        look(clinic)
    review = Review.objects.get()
    assert (review.made_by, review.score) == ("claude-sonnet-5-5", 2)
    assert [flag["sort"] for flag in review.flags] == ["frustration", "unanswered_handoff"]
    asked = sandbox.log("anthropic")[0]["body"]
    assert "This is ridiculous" in str(asked)
    assert "Maria" not in str(asked)
    assert entry.blocks
    usage = UsageRecord.objects.get()
    assert (usage.purpose, usage.role, usage.ok, usage.conversation_id) == ("review", "judge", True, rested.pk)


def test_rules_step_in_when_the_judge_fails(clinic: Any, rested: Conversation, sandbox: Sandbox) -> None:
    sandbox.post("/anthropic/script", {"answers": [{"times": 0, "error": {"type": "overloaded_error"}}]})
    with clock.pinned(NOON):
        look(clinic)
    assert Review.objects.get().made_by == "rules"
    assert UsageRecord.objects.get().ok is False


@override_settings(ANTHROPIC_API_KEY="")
def test_staff_look_at_flags_and_say_so(clinic: Any, rested: Conversation, bobs: Any, alices: Any, bob: Any) -> None:
    with clock.pinned(NOON):
        look(clinic)
    page = bobs.get("assistant/reviews/").content.decode()
    assert "Somebody was annoyed" in page
    assert "Maria Lopes" in page
    assert f"/conversations/{rested.pk}/" in page
    assert "How much is looked at" not in page
    review = Review.objects.get()
    bobs.post(f"assistant/reviews/{review.pk}/seen/")
    alices.post(f"assistant/reviews/{review.pk}/seen/")
    review.refresh_from_db()
    assert review.seen_by_id == bob.pk
    assert "Nothing to look at" in bobs.get("assistant/reviews/").content.decode()
    bobs.post(f"assistant/reviews/{review.pk}/seen/", {"undo": "1"})
    assert "Nothing to look at" not in bobs.get("assistant/reviews/").content.decode()


def test_owners_choose_the_share(bobs: Any, alices: Any, salon: Any, charlie: Any) -> None:
    assert bobs.post("assistant/reviews/", {"percent": "5"}).status_code == 404
    assert alices.post("assistant/reviews/", {"percent": "140"}).status_code == 422
    assert alices.post("assistant/reviews/", {"percent": "5"}).status_code == 302
    assert ReviewShare.objects.get().percent == 5
    assert DeskClient(salon, charlie).post("assistant/reviews/1/seen/").status_code == 404
    assert not Step.objects.exists()
