"""Replays recorded dialogues through inbox, turn and outbox, and counts those that end with the right appointment."""

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django_tenants.utils import tenant_context

from agents.briefing import brief_of
from agents.llm.guided.flow import Guided
from agents.models import TranscriptEntry
from agents.types import Blocks, Entry, ModelRequest
from agents.versions import published
from calendar_sync import booking
from calendar_sync.models import HOLDS_TIME, Appointment, BookedBy
from conversations.evaluation.recorded import Dialogue, answer_of_agreeable_patient, asks_something
from conversations.simulation import SimulatedPatient
from tenants import clock, schema
from tenants.models import Business, Kind
from tenants.provisioning import Details, create_business, discard

TIMEZONE = "Europe/London"
MORNING = dt.time(9)
FIRST_PHONE = 7700_900_000  # a range that Ofcom keeps for drama
MORE_ANSWERS = 5  # after the recorded turns


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one dialogue ended. `got` are the local starts of the standing appointments."""

    dialogue: Dialogue
    got: tuple[dt.datetime, ...]
    transcript: tuple[str, ...]
    messages: int
    seconds: float  # of waiting for replies, through inbox, turn and outbox
    model_cpu_seconds: float  # of the guided model alone; 0 for other models

    @property
    def right(self) -> bool:
        return self.got == (self.dialogue.booked,)


@dataclass(frozen=True, kw_only=True)
class Report:
    results: Sequence[Result] = field(default_factory=tuple)

    @property
    def right(self) -> int:
        return sum(result.right for result in self.results)

    @property
    def failures(self) -> list[Result]:
        return [result for result in self.results if not result.right]

    @property
    def ms_per_message(self) -> float:
        return self._per_message(sum(result.seconds for result in self.results))

    @property
    def model_cpu_ms_per_message(self) -> float:
        return self._per_message(sum(result.model_cpu_seconds for result in self.results))

    def _per_message(self, seconds: float) -> float:
        return 1000 * seconds / max(1, sum(result.messages for result in self.results))


def evaluate(dialogues: Iterable[Dialogue], *, model: str, watch: Callable[[Result], None]) -> Report:
    """Each dialogue in a fresh contact of one throw-away business per kind; they are dropped at the end.

    `watch` is called after each. Raises ValueError for a kind of business that there is not.
    """
    results = []
    with ExitStack() as stack:
        businesses: dict[str, Business] = {}
        for number, dialogue in enumerate(dialogues):
            kind = kind_called(dialogue.business)
            if kind not in businesses:
                businesses[kind] = stack.enter_context(_throw_away(kind))
            result = _replay(businesses[kind], dialogue, number, model)
            watch(result)
            results.append(result)
    return Report(results=results)


def kind_called(name: str) -> str:
    """ "hair salon" → "hair_salon"."""
    kind = name.strip().lower().replace(" ", "_").replace("-", "_")
    if kind not in Kind.values:
        raise ValueError(f"no kind of business is called {name!r}; there are {', '.join(Kind.values)}")
    return kind


@contextmanager
def _throw_away(kind: str) -> Iterator[Business]:
    business = create_business(
        name="Evaluation",
        slug=f"evaluation-{secrets.token_hex(4)}",
        kind=kind,
        timezone=TIMEZONE,
        owner=None,
        details=Details(always_open=True, address="1 Example Street, London", phone="020 7946 0000"),
    )
    try:
        yield business
    finally:
        schema.leave()
        discard(business)


def _replay(business: Business, dialogue: Dialogue, number: int, model: str) -> Result:
    morning = dt.datetime.combine(dialogue.today, MORNING, ZoneInfo(TIMEZONE))
    with clock.pinned(morning), tenant_context(business):
        talk = _Talk(dialogue, SimulatedPatient(business, f"+44{FIRST_PHONE + number}", provider=model))
        talk.hold()
        got = _standing()
        cpu = _cpu_of_guided(business, talk.first_entry) if model == Guided.name else 0.0
        _clear(business)
    return Result(
        dialogue=dialogue,
        got=got,
        transcript=tuple(talk.lines),
        messages=talk.messages,
        seconds=talk.seconds,
        model_cpu_seconds=cpu,
    )


class _Talk:
    """One conversation of the simulated patient: the recorded turns, then up to five agreeable answers."""

    def __init__(self, dialogue: Dialogue, patient: SimulatedPatient) -> None:
        self._patient = patient
        self._dialogue = dialogue
        self.lines: list[str] = []
        self.messages = 0
        self.seconds = 0.0
        newest = TranscriptEntry.objects.order_by("-id").first()
        self.first_entry = newest.pk + 1 if newest else 0

    def hold(self) -> None:
        asked = ""
        for text in self._dialogue.said:
            asked = self._say(text)
        for _ in range(MORE_ANSWERS):
            if not asks_something(asked, settled=bool(_standing())):
                return
            local = clock.local_now(TIMEZONE).replace(tzinfo=None)
            asked = self._say(answer_of_agreeable_patient(self._dialogue, asked, local))

    def _say(self, text: str) -> str:
        started = time.monotonic()
        replies = self._patient.say(text)
        self.seconds += time.monotonic() - started
        self.messages += 1
        self.lines += [f"patient: {text}", *(f"assistant: {reply}" for reply in replies)]
        return "\n".join(replies)


def _standing() -> tuple[dt.datetime, ...]:
    """Local starts of the appointments that stand; each dialogue leaves the diary empty for the next."""
    zone = ZoneInfo(TIMEZONE)
    rows = Appointment.objects.filter(status__in=HOLDS_TIME).order_by("during")
    return tuple(row.during.lower.astimezone(zone).replace(tzinfo=None) for row in rows)


def _clear(business: Business) -> None:
    for row in Appointment.objects.filter(status__in=HOLDS_TIME):
        booking.cancel(business, row, by=BookedBy.STAFF)


def _cpu_of_guided(business: Business, first_entry: int) -> float:
    """CPU seconds of the guided model in this dialogue: it is a function of the transcript, so ask it all again."""
    rows = TranscriptEntry.objects.filter(pk__gte=first_entry).order_by("conversation_id", "index")
    entries = tuple(
        Entry(role=row.role, blocks=Blocks.validate_python(row.blocks))  # type: ignore[arg-type]
        for row in rows
    )
    brief = brief_of(business, published())
    requests = [
        ModelRequest(brief=brief, transcript=entries[:place], tools=(), model=Guided.name)
        for place, entry in enumerate(entries)
        if entry.role == "assistant"
    ]
    started = time.thread_time()
    for request in requests:
        Guided().respond(request)
    return time.thread_time() - started
