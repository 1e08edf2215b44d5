"""A message from receiving it to having sent the answer, with the guided model on a channel that leads nowhere:
without quiet window, queue and network. By its three parts, over conversations that grow to some 60 lines; the overhead
is what the model (as long as its steps say) leaves of it, and the two checks of words are told apart."""

import gc
import statistics
from collections import Counter
from collections.abc import Iterable

from django.db.models import Max, Sum
from django_tenants.utils import tenant_context

from agents.briefing import brief_of
from agents.flags import flags_of
from agents.memory.window import newest_entries
from agents.models import Step, TranscriptEntry
from agents.runtime import red_flags
from agents.runtime.frustration import frustrated
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.moments import moments
from agents.runtime.outgoing_check import Committed, Heard, unfounded
from agents.versions import published
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
        warm = _TimedPatient(business, phone(0))
        _tell_story(warm)
        gc.collect()
        gc.freeze()  # as the product's processes do (frontdesk/celery.py)
        for round_ in range(1, ROUNDS + 1):
            patients = [_TimedPatient(business, phone(10 * round_ + number)) for number in range(CONTACTS)]
            for patient in patients:
                _tell_story(patient)
                _tell_story(patient)
            rounds.append({part: _joined(patients, part) for part in ("whole", "overhead", *PARTS)})
        lines = TranscriptEntry.objects.count() // (2 * (CONTACTS * ROUNDS) + 1)
        trips = _trips_of(_TimedPatient(business, phone(99)))
        checks = _checks(warm)
    gc.unfreeze()
    return [*_rows(rounds, trips, lines), *checks]


def _rows(rounds: list[dict[str, Sample]], trips: list[Counter[str]], lines: int) -> list[Row]:
    whole, overhead = (figures(each[what] for each in rounds) for what in ("whole", "overhead"))
    met = overhead.p50 <= TARGET_P50_MS and overhead.p99 <= TARGET_P99_MS
    return [
        row(
            "message → answer sent",
            whole,
            note=f"p99 {whole.p99:.0f} ms, {_said_of(each.total() for each in trips)}, {lines} lines a story",
        ),
        row(
            "… without the model's own time",
            overhead,
            target=f"p50 ≤ {TARGET_P50_MS}, p99 ≤ {TARGET_P99_MS} ms",
            met=met,
            note=f"p99 {overhead.p99:.0f} ms",
        ),
        Row(
            what="message → answer sent: CPU of the worker",
            cpu=whole.cpu,
            target=f"CPU ≤ {TARGET_CPU_MS} ms",
            met=whole.cpu <= TARGET_CPU_MS,
        ),
        *(
            row(f"… {part}", figures(each[part] for each in rounds), note=_said_of(each[part] for each in trips))
            for part in PARTS
        ),
    ]


def _said_of(trips: Iterable[int]) -> str:
    counted = list(trips)
    return f"{statistics.median(counted):.0f} round trips, at most {max(counted)}"


class _TimedPatient(SimulatedPatient):
    """Times what a patient's message sets off, part by part; the patient's own looking for answers is left out."""

    def __init__(self, business, number: str) -> None:
        super().__init__(business, number, provider="guided")
        self.taken = {part: Sample() for part in ("whole", "overhead", *PARTS)}
        self.looking = Sample()

    def say(self, text: str, **how) -> list[str]:
        self.looking = Sample()
        before = Step.objects.aggregate(newest=Max("pk"))["newest"] or 0
        with self.taken["whole"].one():
            said = super().say(text, **how)
        self._leave_out("whole")
        asked = Step.objects.filter(pk__gt=before, kind=Step.Kind.MODEL)
        model = asked.aggregate(spent=Sum("milliseconds"))["spent"] or 0.0
        self.taken["overhead"].wall.append(self.taken["whole"].wall[-1] - model)
        return said

    def _arrive(self, *what):
        with self.taken["receive"].one():
            return super()._arrive(*what)

    def _answer(self, lease) -> None:
        with self.taken["turn"].one():
            super()._answer(lease)

    def _deliver(self, arrived):
        with self.taken["deliver"].one():
            said = super()._deliver(arrived)
        self._leave_out("deliver")
        return said

    def _said_after(self, arrived):
        with self.looking.one():
            return super()._said_after(arrived)

    def _leave_out(self, part: str) -> None:
        self.taken[part].wall[-1] -= sum(self.looking.wall)
        self.taken[part].cpu[-1] -= sum(self.looking.cpu)


def _tell_story(patient: SimulatedPatient) -> None:
    for text in STORY:
        patient.say(text)


def _trips_of(patient: _TimedPatient) -> list[Counter[str]]:
    """Of each message of the story, by its parts."""
    counted = []
    for text in STORY:
        trips: Counter[str] = Counter()
        for part, step in _steps(patient, text):
            trips[part] = round_trips(step)
        counted.append(trips)
    return counted


def _checks(patient: _TimedPatient) -> list[Row]:
    """The words of the story through both checks, each reply as if it were read for the first time."""
    version = published()
    brief = brief_of(patient.business, version)
    flags = flags_of(patient.business, version.red_flags)
    arriving, leaving = Sample(), Sample()
    for text in STORY:
        with arriving.one():
            red_flags.find(text, flags)
            frustrated([text])
    _, entries = newest_entries(patient.conversation.pk)
    for place, entry in enumerate(entries):
        if entry.role == "assistant" and not entry.calls:
            heard = Heard(brief=brief, transcript=entries[:place], said=entry.text)
            moments.cache_clear()
            fold.cache_clear()
            with leaving.one():
                unfounded(entry.text, Committed(), heard)
    return [
        row("… of it: a message looked through for red flags", figures([arriving])),
        row("… of it: a reply checked, nothing remembered", figures([leaving])),
    ]


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
