"""`manage.py evaluate dialogues`: recorded people through the real inbox, turn and outbox."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from conversations.evaluation.dialogues import LEFT_BEHIND, SLUG, kind_called
from conversations.evaluation.recorded import answer_of_agreeable_patient, asks_something, read_dialogues
from tenants import clock
from tenants.models import Business
from tenants.provisioning import create_business

THERAPY = {
    "id": "own/1",
    "business": "therapist",
    "today": "2026-11-20",
    "turns": [
        {"speaker": "user", "text": "Hello, could I have a session?", "date": [], "time": []},
        {"speaker": "system", "text": "When?"},
        {"speaker": "user", "text": "Next Tuesday, after lunch maybe", "date": ["Next Tuesday"], "time": []},
        {"speaker": "user", "text": "Let's say 2:15 pm", "date": ["Next Tuesday"], "time": ["2:15 pm"]},
    ],
    "booked": {"date": "2026-11-24", "time": "14:15"},
}
NEVER = {**THERAPY, "id": "own/2", "booked": {"date": "2026-11-25", "time": "10:00"}}


def written(path: Path, *dialogues: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(each) for each in dialogues))
    return path


def test_it_counts_what_stands_and_leaves_nothing_behind(
    tmp_path: Path, django_db_setup: None, django_db_blocker: object
) -> None:
    told = io.StringIO()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        before = Business.objects.count()
        call_command(
            "evaluate",
            "dialogues",
            written(tmp_path / "two.jsonl", THERAPY, NEVER),
            json=tmp_path / "out.json",
            stdout=told,
        )
        assert Business.objects.count() == before
    report = json.loads((tmp_path / "out.json").read_text())
    assert (report["right"], report["total"]) == (1, 2)
    assert report["ms_per_message"] > report["model_cpu_ms_per_message"] > 0
    failure = report["failures"][0]
    assert (failure["id"], failure["expected"]) == ("own/2", ["2026-11-25T10:00"])
    assert failure["got"] == ["2026-11-24T14:15"]
    assert "You're booked in" in failure["transcript"][-1]
    assert "1 of 2 right" in told.getvalue()
    assert "1 wrong bookings" in told.getvalue()


GERMAN = {
    "id": "own/3",
    "business": "dentist",
    "language": "de",
    "country": "DE",
    "today": "2026-11-20",
    "said": ["Ich muss meinen Termin am Mittwoch verschieben", "am Montag um 9 Uhr"],
    "wish": "Montag um 9 Uhr",
    "before": ["2026-11-25T10:00"],
    "booked": ["2026-11-23T09:00"],
}


def test_it_speaks_the_language_of_the_file_and_sweeps_up_after_a_killed_one(
    tmp_path: Path, django_db_setup: None, django_db_blocker: object
) -> None:
    told = io.StringIO()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with clock.pinned(clock.now() - 2 * LEFT_BEHIND):
            left = create_business(
                name="Evaluation", slug=f"{SLUG}left", kind="dentist", timezone="Europe/London", owner=None
            )
        call_command("evaluate", "dialogues", written(tmp_path / "one.jsonl", GERMAN), stdout=told)
        assert not Business.objects.filter(pk=left.pk).exists()
    assert "1 of 1 right" in told.getvalue(), told.getvalue()
    assert "0 wrong bookings" in told.getvalue()


def test_a_file_that_holds_no_dialogues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="line 1: not a recorded dialogue"):
        call_command("evaluate", "dialogues", written(tmp_path / "bad.jsonl", {"id": "x"}))
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate", "dialogues", tmp_path / "absent.jsonl")


def test_kinds_are_found_by_the_name_that_a_recording_has() -> None:
    assert kind_called("hair salon") == "hair_salon"
    with pytest.raises(ValueError, match="no kind of business"):
        kind_called("bakery")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Shall I book it?", "Yes"),
        ("1. Tuesday 24 November at 09:00\n2. Tuesday 24 November at 14:15\nWhich one?", "2"),
        ("1. Tuesday 24 November at 09:00\n2. Tuesday 24 November at 10:15\nWhich one?", "Next Tuesday at 2:15 pm"),
        ("What for?\n1. First conversation\n2. Long session", "1"),
        ("Which day would suit you?", "Next Tuesday at 2:15 pm"),
    ],
)
def test_the_agreeable_patient_reads_what_was_asked(tmp_path: Path, asked: str, answer: str) -> None:
    dialogue = next(read_dialogues(written(tmp_path / "one.jsonl", THERAPY)))
    now = dialogue.booked[0].replace(day=20)
    assert answer_of_agreeable_patient(dialogue, asked, now) == answer


def test_the_agreeable_patient_lets_things_be_once_there_is_an_appointment() -> None:
    assert not asks_something("You're booked in. Anything else?", settled=True)
    assert asks_something("Shall I move it?", settled=True)
    assert asks_something("When would you like to come?", settled=False)
