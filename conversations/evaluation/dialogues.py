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
from calendar_sync.by_hand import book_by_hand
from calendar_sync.models import HOLDS_TIME, Appointment, BookedBy, Practitioner, Service
from conversations.evaluation.recorded import (
    Dialogue,
    answer_of_agreeable_patient,
    asks_something,
    said_in_answer,
)
from conversations.models import Contact, ContactIdentity, Conversation
from conversations.simulation import SimulatedPatient
from tenants import clock, schema
from tenants.models import Business, Kind
from tenants.provisioning import Details, create_business, discard

TIMEZONE = "Europe/London"
MORNING = dt.time(9)
FIRST_PHONE = 7700_900_000  # a range that Ofcom keeps for drama
MORE_ANSWERS = 5  # after the recorded turns
SLUG = "evaluation-"
LEFT_BEHIND = dt.timedelta(hours=3)  # a throw-away business as old as this belongs to an evaluation that was killed


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one dialogue ended. `got` are the local starts of the standing appointments, with their `services`."""

    dialogue: Dialogue
    got: tuple[dt.datetime, ...]
    services: tuple[str, ...]
    handed_over: bool
    transcript: tuple[str, ...]
    messages: int
    seconds: float  # of waiting for replies, through inbox, turn and outbox
    model_cpu_seconds: float  # of the guided model alone; 0 for other models

    @property
    def right(self) -> bool:
        wanted = self.dialogue
        served = not wanted.service or wanted.service in self.services
        return self.got == wanted.booked and served and self.handed_over >= wanted.handed_over

    @property
    def misbooked(self) -> bool:
        """An appointment stands that nobody wanted: the patient has said yes to a time that was read back wrongly."""
        return bool(set(self.got) - {*self.dialogue.booked, *self.dialogue.before})


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
    def misbooked(self) -> int:
        return sum(result.misbooked for result in self.results)

    @property
    def ms_per_message(self) -> float:
        return self._per_message(sum(result.seconds for result in self.results))

    @property
    def model_cpu_ms_per_message(self) -> float:
        return self._per_message(sum(result.model_cpu_seconds for result in self.results))

    def _per_message(self, seconds: float) -> float:
        return 1000 * seconds / max(1, sum(result.messages for result in self.results))


def evaluate(dialogues: Iterable[Dialogue], *, model: str, watch: Callable[[Result], None]) -> Report:
    """Each dialogue in a fresh contact of one throw-away business per kind, language and country; they are dropped
    at the end, and so is what an evaluation that was killed has left behind.

    `watch` is called after each. Raises ValueError for a kind of business that there is not.
    """
    results = []
    _discard_leftovers()
    with ExitStack() as stack:
        businesses: dict[tuple[str, str, str], Business] = {}
        for number, dialogue in enumerate(dialogues):
            place = (kind_called(dialogue.business), dialogue.language, dialogue.country)
            if place not in businesses:
                businesses[place] = stack.enter_context(_throw_away(*place))
            result = _replay(businesses[place], dialogue, number, model)
            watch(result)
            results.append(result)
    return Report(results=results)


def kind_called(name: str) -> str:
    """ "hair salon" → "hair_salon"."""
    kind = name.strip().lower().replace(" ", "_").replace("-", "_")
    if kind not in Kind.values:
        raise ValueError(f"no kind of business is called {name!r}; there are {', '.join(Kind.values)}")
    return kind


def _discard_leftovers() -> None:
    for business in Business.objects.filter(slug__startswith=SLUG, created_at__lt=clock.now() - LEFT_BEHIND):
        discard(business)


@contextmanager
def _throw_away(kind: str, language: str, country: str) -> Iterator[Business]:
    business = create_business(
        name="Evaluation",
        slug=f"{SLUG}{secrets.token_hex(4)}",
        kind=kind,
        timezone=TIMEZONE,
        country=country,
        owner=None,
        details=Details(always_open=True, address="1 Example Street, London", phone="020 7946 0000"),
    )
    business.language = language
    business.save(update_fields=["language"])
    try:
        yield business
    finally:
        schema.leave()
        discard(business)


def _replay(business: Business, dialogue: Dialogue, number: int, model: str) -> Result:
    morning = dt.datetime.combine(dialogue.today, MORNING, ZoneInfo(TIMEZONE))
    with clock.pinned(morning), tenant_context(business):
        patient = SimulatedPatient(business, f"+44{FIRST_PHONE + number}", provider=model)
        _make_earlier_appointments(business, dialogue, patient)
        talk = _Talk(dialogue, patient)
        talk.hold()
        got = _standing()
        services = tuple(Appointment.objects.filter(status__in=HOLDS_TIME).values_list("service__name", flat=True))
        conversation = patient.conversation
        cpu = _cpu_of_guided(business, talk.first_entry) if model == Guided.name else 0.0
        _clear(business)
    return Result(
        dialogue=dialogue,
        got=got,
        services=services,
        handed_over=conversation is not None and conversation.handling != Conversation.Handling.ASSISTANT,
        transcript=tuple(talk.lines),
        messages=talk.messages,
        seconds=talk.seconds,
        model_cpu_seconds=cpu,
    )


def _make_earlier_appointments(business: Business, dialogue: Dialogue, patient: SimulatedPatient) -> None:
    """What the person has booked before they write; the diary's first service, with its first practitioner."""
    if not dialogue.before:
        return
    contact = Contact.objects.create(name="Evaluated Patient")
    ContactIdentity.objects.create(
        contact=contact, kind=patient.channel.kind, address=patient.address, phone=patient.phone
    )
    treated = booking.patient_for(contact.pk, contact.name)
    service, practitioner = Service.objects.order_by("pk")[0], Practitioner.objects.order_by("pk")[0]
    for start in dialogue.before:
        book_by_hand(
            business,
            service=service,
            practitioner=practitioner,
            starts_at=start.replace(tzinfo=ZoneInfo(TIMEZONE)),
            patient=treated,
            user_id=None,
            overrule=True,
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
        local = clock.local_now(TIMEZONE).replace(tzinfo=None)
        for text in self._dialogue.said:
            words = said_in_answer(self._dialogue, text, asked, local)
            asked = self._say(words) if words else asked
        for _ in range(MORE_ANSWERS):
            if not self._dialogue.wish or not asks_something(asked, settled=bool(_standing())):
                return
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
