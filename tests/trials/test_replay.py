"""Past conversations once more, on a draft: what would have come out differently, and nothing else happens."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from agents.models import AssistantVersion, Step, Trial, TrialResult, Turn
from agents.recording import Recording
from agents.skills.registry import all_skills
from agents.versions import published
from calendar_sync.models import Appointment, Service
from conversations.evaluation import trials
from conversations.evaluation.faults_told import told
from conversations.evaluation.replay import ask_for_replay
from conversations.models import Message
from conversations.simulation import SimulatedPatient
from conversations.tasks import play_trial
from tenants import clock
from tenants.models import WorkItem

THEN = dt.datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/London"))
PAGE = "assistant/go-live/"


@pytest.fixture
def booked(clinic):
    """A conversation of two answers, that ended in an appointment."""
    with clock.pinned(THEN):
        patient = SimulatedPatient(clinic, "+447911123456", "Rosa Blum", provider="guided")
        patient.say("Hi, could I get a check-up on Thursday at 3 pm?")
        patient.say("yes please")
    assert Appointment.objects.count() == 1
    return patient


@pytest.fixture
def draft(clinic):
    live = published()
    return AssistantVersion.objects.create(
        number=live.number + 1, provider="guided", red_flags=live.red_flags, instructions=live.instructions, base=live
    )


def replayed(clinic, draft):
    trial = ask_for_replay(clinic, draft, None, kind_of_work=trials.TRIAL)
    WorkItem.objects.filter(kind=trials.TRIAL).update(due_at="2000-01-01T00:00Z")
    play_trial.body(clinic, trial.pk)
    trial.refresh_from_db()
    assert trial.status == Trial.Status.DONE, trial.problem
    return trial


def test_a_draft_that_is_the_same_comes_out_the_same(clinic, booked, draft):
    before = (Appointment.objects.count(), Turn.objects.count(), Message.objects.count(), Step.objects.count())
    trial = replayed(clinic, draft)
    result = TrialResult.objects.get(trial=trial)
    assert (trial.scenarios, trial.played, trial.passed_once) == (1, 1, 1.0)
    assert (result.passed, result.faults) == (True, [])
    assert result.got == {"turns": 2, "different": 0, "looked_up_today": 0}
    assert [each["who"] for each in result.lines] == ["patient", "assistant"] * 2
    assert before == (Appointment.objects.count(), Turn.objects.count(), Message.objects.count(), Step.objects.count())


def test_the_diary_answers_as_it_did_then(clinic, booked, draft):
    """The service is gone since, which today's diary would say; what was asked then is answered as then."""
    Service.objects.filter(name="Check-up").update(duration=45)
    assert TrialResult.objects.get(trial=replayed(clinic, draft)).got["looked_up_today"] == 0


def test_a_draft_that_hands_over_is_told_apart(clinic, booked, draft):
    draft.red_flags = [{"name": "Own", "phrases": ["yes please"], "signpost": "Somebody will see to it."}]
    draft.save()
    result = TrialResult.objects.get(trial=replayed(clinic, draft))
    assert not result.passed
    assert [told(each) for each in result.faults] == ["Answer 2: only the draft hands over."]
    assert result.lines[-1]["who"] == "draft"
    assert "Somebody will see to it." in result.lines[-1]["text"]


def test_what_is_kept_names_nobody(clinic, booked, draft):
    lines = TrialResult.objects.get(trial=replayed(clinic, draft)).lines
    assert not [each for each in lines if "Rosa" in each["text"] or "7911" in each["text"]]


def test_what_was_not_asked_then_is_asked_of_today(clinic, booked):
    turn = Turn.objects.order_by("pk").first()
    recording = Recording(turn)
    skills = recording.over(all_skills())
    step = turn.steps.get(name="find_slots")
    same = skills["find_slots"].parse(dict(step.input))
    assert skills["find_slots"].act(None, **same).data["offers"] == step.output["offers"]
    assert recording.asked_anew == 0
    assert skills["book_appointment"] is all_skills()["book_appointment"]


def test_the_page_replays_on_a_draft_only(clinic, alices, bobs, booked):
    assert "There is no draft." in alices.get(PAGE).content.decode()
    assert alices.post(f"{PAGE}replay/").status_code == 404
    draft = AssistantVersion.objects.create(number=published().number + 1, provider="guided")
    assert bobs.post(f"{PAGE}replay/").status_code == 404
    assert alices.post(f"{PAGE}replay/").status_code == 302
    trial = Trial.objects.get(kind=Trial.Kind.REPLAY)
    assert (trial.version, trial.scenarios) == (draft, 1)
    assert "0 of 1 replayed" in alices.get(PAGE).content.decode()
    play_trial.body(clinic, trial.pk)
    assert "1 of 1 conversations would have come out the same." in alices.get(PAGE).content.decode()


def test_what_would_differ_is_shown_with_whom_it_was(clinic, booked, draft, alices):
    draft.red_flags = [{"name": "Own", "phrases": ["yes please"], "signpost": "Somebody will see to it."}]
    draft.save()
    trial = replayed(clinic, draft)
    page = alices.get(PAGE).content.decode()
    assert "Rosa Blum</strong>" in page
    assert "Answer 2: only the draft hands over." in page
    result = TrialResult.objects.get(trial=trial)
    result.lines[-1] = {"who": "draft", "text": "", "reason": "red_flag"}
    result.scenario = "conversation 999999"
    result.save()
    page = alices.get(PAGE).content.decode()
    assert "(It hands over: Red flag.)" in page
    assert "A conversation that is no longer here" in page
