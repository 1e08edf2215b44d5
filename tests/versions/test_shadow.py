"""A draft beside the published version: it answers what patients write, and nothing comes of it."""

import datetime as dt

import pytest

from agents import shadowing, versions
from agents.models import ShadowAnswer, SpendLimit, Turn, UsageRecord
from agents.rehearsal import Rehearsed, RehearsedUsage
from agents.types import HandOver, Reply
from calendar_sync.models import Appointment
from conversations import shadow_runs
from tenants import clock, worklist
from tests.desk.scene import Scene
from tests.versions.desk import a_draft


@pytest.fixture
def scene(clinic, monday):
    return Scene(clinic)


@pytest.fixture
def draft(clinic, alice, monday):
    made = a_draft(alice)
    versions.shadow(made.pk, True)
    made.refresh_from_db()
    return made


def shadowed(clinic):
    turn = Turn.objects.order_by("pk").last()
    lease = worklist.claim(clinic.pk, shadow_runs.SHADOW, turn.pk, early=True)
    if lease is not None:
        shadow_runs.go_on(clinic, turn.pk, lease)
    return ShadowAnswer.objects.filter(turn=turn).first()


def test_a_whole_booking_is_answered_the_same_and_only_the_answers_are_kept(clinic, scene, draft, rows):
    talk = scene.writes("Maria Lopes", "A check-up tomorrow at 2pm please")
    scene.answers(talk)
    answers = [shadowed(clinic)]
    for _ in range(4):
        if Appointment.objects.exists():
            break
        scene.writes("Maria Lopes", "yes")
        scene.answers(talk)
        before = rows()
        answers.append(shadowed(clinic))
        after = rows()
    assert Appointment.objects.count() == 1
    changed = {name.split(".")[1].strip('"') for name in after if after[name] != before[name]}
    assert changed == {"agents_shadowanswer", "tenants_workitem"}
    assert {each.compared for each in answers} == {"same"}
    assert "book_appointment" in [call["name"] for call in answers[-1].calls]
    assert shadowed(clinic) == answers[-1]  # rung twice, answered once


def test_a_worker_that_comes_late_compares_with_the_diary_of_then(clinic, scene, draft, monday):
    """The booked time has begun by then, and a later message has cancelled the appointment."""
    talk = scene.writes("Maria Lopes", "A check-up tomorrow at 2pm please")
    scene.answers(talk)
    for _ in range(4):
        if Appointment.objects.exists():
            break
        scene.writes("Maria Lopes", "yes")
        scene.answers(talk)
    booking = Turn.objects.order_by("pk").last()
    scene.writes("Maria Lopes", "please cancel it")
    scene.answers(talk)
    with clock.pinned(clock.now() + dt.timedelta(days=3)):
        lease = worklist.claim(clinic.pk, shadow_runs.SHADOW, booking.pk, early=True)
        shadow_runs.go_on(clinic, booking.pk, lease)
    answer = ShadowAnswer.objects.get(turn=booking)
    assert (answer.compared, answer.outcome) == ("same", "reply"), answer.said
    assert "2pm" in answer.said or "14:00" in answer.said


def test_only_what_differs_can_be_shown(clinic, scene, draft, alices):
    scene.answers(scene.writes("Maria Lopes", "Hello there"))
    same = shadowed(clinic)
    scene.answers(scene.writes("Tom Becker", "Good morning"))
    other = shadowed(clinic)
    ShadowAnswer.objects.filter(pk=other.pk).update(compared="draft_over", said="")
    page = alices.get("assistant/shadow/?only=draft_over").content.decode()
    assert f"shadow/{other.pk}/" in page
    assert f"shadow/{same.pk}/" not in page
    assert "Tom Becker" in page
    assert "“Good morning”" in page
    assert "(It hands over.)" in page
    everything = alices.get("assistant/shadow/?only=nonsense").content.decode()
    assert f"shadow/{same.pk}/" in everything
    assert f"shadow/{other.pk}/" in everything


def test_nothing_is_asked_for_where_nothing_shadows(clinic, scene, alice):
    a_draft(alice)
    scene.answers(scene.writes("Maria Lopes", "Hello"))
    assert shadowed(clinic) is None


def test_its_money_is_a_share_of_the_day_and_no_more(clinic, scene, draft):
    SpendLimit.objects.update(per_day_micro=1_000_000)
    UsageRecord.objects.create(purpose="shadow", provider="anthropic", model="m", ok=True, cost_micro=200_000)
    scene.answers(scene.writes("Maria Lopes", "Hello"))
    assert shadowed(clinic) is None
    UsageRecord.objects.update(purpose="turn")
    assert shadowing.may_spend(clinic)


def ended(outcome):
    usage = RehearsedUsage(input_tokens=0, output_tokens=0, cached_tokens=0, cost_micro=0, milliseconds=0)
    return Rehearsed(outcome=outcome, said="", calls=(), steps=(), entries=(), usage=usage, pseudonyms=())


@pytest.mark.parametrize(
    ("live", "draft", "compared"),
    [
        ("reply", Reply(text="x"), "same"),
        ("handoff", HandOver(reason="policy"), "same"),
        ("reply", HandOver(reason="policy"), "draft_over"),
        ("handoff", Reply(text="x"), "live_over"),
        ("silence", Reply(text="x"), "different"),
        ("reply", HandOver(reason="tool_failure"), "failed"),
    ],
)
def test_how_answers_compare(clinic, live, draft, compared):
    turn = Turn.objects.create(conversation_id=1, contact_id=1, status="done", outcome=live)
    assert shadowing.compared(turn, ended(draft)) == compared


def test_the_page_counts_shows_and_switches(clinic, scene, alice, alices, bobs):
    assert "No draft to watch" in alices.get("assistant/shadow/").content.decode()
    draft = a_draft(alice)
    assert bobs.post(f"assistant/versions/{draft.pk}/shadow/", {"on": "1"}).status_code == 404
    alices.post(f"assistant/versions/{draft.pk}/shadow/", {"on": "1"})
    scene.answers(scene.writes("Maria Lopes", "Hello"))
    answer = shadowed(clinic)
    page = alices.get("assistant/shadow/").content.decode()
    assert "1 (100 %)" in page
    side = bobs.get(f"assistant/shadow/{answer.pk}/").content.decode()
    assert side.count("two-texts__head") == 2
    alices.post(f"assistant/versions/{draft.pk}/shadow/", {"on": "0"})
    assert shadowing.shadowing() is None
    alices.post(f"assistant/versions/{versions.published().pk}/shadow/", {"on": "1"})
    assert not versions.published().shadowing
