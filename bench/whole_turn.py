"""A message from receiving it to having sent the answer, with the guided model on a channel that leads nowhere:
without quiet window, queue and network. By its three parts, over conversations that grow to some 60 lines."""

from collections import Counter

from django_tenants.utils import tenant_context

from agents.models import TranscriptEntry
from bench.cast import MORNING, STORY, new_business, phone
from bench.measure import Row, Sample, figures, round_trips, row
from conversations.simulation import SimulatedPatient
from tenants import clock, schema

CONTACTS, ROUNDS = 2, 3
PARTS = ("receive", "turn", "deliver")
TARGET_P50_MS, TARGET_P99_MS, TARGET_CPU_MS = 30, 60, 25


def measure() -> list[Row]:
    schema.leave()
    business = new_business()
    rounds: list[dict[str, Sample]] = []
    with clock.pinned(MORNING), tenant_context(business):
        _tell_story(_TimedPatient(business, phone(0)))  # warms up
        for round_ in range(1, ROUNDS + 1):
            patients = [_TimedPatient(business, phone(10 * round_ + number)) for number in range(CONTACTS)]
            for patient in patients:
                _tell_story(patient)
                _tell_story(patient)
            rounds.append({part: _joined(patients, part) for part in ("whole", *PARTS)})
        lines = TranscriptEntry.objects.count() // (2 * (CONTACTS * ROUNDS) + 1)
        trips = _trips_of_one(_TimedPatient(business, phone(99)))
    return _rows(rounds, trips, lines)


def _rows(rounds: list[dict[str, Sample]], trips: Counter[str], lines: int) -> list[Row]:
    whole = figures(each["whole"] for each in rounds)
    met = whole.p50 <= TARGET_P50_MS and whole.p99 <= TARGET_P99_MS
    return [
        row(
            "message → answer sent",
            whole,
            target=f"p50 ≤ {TARGET_P50_MS}, p99 ≤ {TARGET_P99_MS} ms",
            met=met,
            note=f"p99 {whole.p99:.0f} ms, {trips.total()} round trips, {lines} lines a story",
        ),
        Row(
            what="message → answer sent: CPU of the worker",
            cpu=whole.cpu,
            target=f"CPU ≤ {TARGET_CPU_MS} ms",
            met=whole.cpu <= TARGET_CPU_MS,
        ),
        *(
            row(f"… {part}", figures(each[part] for each in rounds), note=f"{trips[part]} round trips")
            for part in PARTS
        ),
    ]


class _TimedPatient(SimulatedPatient):
    """Times what a patient's message sets off, part by part."""

    def __init__(self, business, number: str) -> None:
        super().__init__(business, number, provider="guided")
        self.taken = {part: Sample() for part in ("whole", *PARTS)}

    def say(self, text: str, **how) -> list[str]:
        with self.taken["whole"].one():
            return super().say(text, **how)

    def _arrive(self, *what):
        with self.taken["receive"].one():
            return super()._arrive(*what)

    def _answer(self, lease) -> None:
        with self.taken["turn"].one():
            super()._answer(lease)

    def _deliver(self, arrived):
        with self.taken["deliver"].one():
            return super()._deliver(arrived)


def _tell_story(patient: SimulatedPatient) -> None:
    for text in STORY:
        patient.say(text)


def _trips_of_one(patient: _TimedPatient) -> Counter[str]:
    """Of the message that books, which is the dearest."""
    booking = STORY.index("Yes")
    for text in STORY[:booking]:
        patient.say(text)
    trips: Counter[str] = Counter()
    for part, step in _steps(patient, STORY[booking]):
        trips[part] = round_trips(step)
    return trips


def _steps(patient: SimulatedPatient, text: str):
    """What SimulatedPatient.say does, one part after the other."""
    held = {}

    def receive() -> None:
        held["arrived"], held["lease"] = patient._arrive(text, "text", "")

    yield "receive", receive
    yield "turn", lambda: patient._answer(held["lease"])
    yield "deliver", lambda: patient._deliver(held["arrived"])


def _joined(patients: list[_TimedPatient], part: str) -> Sample:
    return Sample(
        wall=[each for patient in patients for each in patient.taken[part].wall],
        cpu=[each for patient in patients for each in patient.taken[part].cpu],
    )
