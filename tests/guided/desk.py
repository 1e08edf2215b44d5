"""A practice in memory that speaks the skills' results, so that the flow is tested without a database."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from agents.llm.guided.flow import Guided
from agents.runtime.outgoing_check import Change, Committed, Heard, Standing, unfounded
from agents.types import Brief, Choice, Entry, ModelRequest, ServiceBrief, Stop, Text, ToolOutcome, ToolSpec
from tenants.kind_templates import template_of

MIDNIGHT = dt.time.min


def brief_of(kind: str = "dentist", now: str = "2026-11-20T10:00", **changes: Any) -> Brief:
    """The brief of a business fresh from its template, open 07:00-22:00."""
    template = template_of(kind).in_country("GB")
    people = changes.pop("practitioners", (template.practitioner_example,))
    values: dict[str, Any] = {
        "business": "Bright Smile",
        "kind": kind,
        "assistant": "Robin",
        "tone": "",
        "instructions": "",
        "language": "en",
        "country": "GB",
        "currency": "GBP",
        "patient_label": "patient",
        "timezone": "Europe/London",
        "now": dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC),
        "services": tuple(
            ServiceBrief(
                name=each.name,
                minutes=each.minutes,
                price=f"£{each.price // 100}" if each.price is not None else "",
                practitioners=people,
                other_names=tuple(each.other_names),
                seats=each.seats,
            )
            for each in template.services
        ),
        "practitioners": people,
        "opening_hours": tuple(
            f"{day} 07:00–22:00"
            for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        ),
        "address": "12 High Street, Leeds",
        "phone": "0113 496 0000",
    }
    return Brief(**{**values, **changes})


@dataclass
class Practice:
    """Holds the diary; `taken` are local starts that are not free."""

    brief: Brief
    taken: set[dt.datetime] = field(default_factory=set)
    appointments: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1001))
    moved: list[Change] = field(default_factory=list)
    cancelled: list[Change] = field(default_factory=list)
    undone: bool = False
    full: bool = False  # no time is free
    undoable: tuple[str, dict[str, Any]] | None = None
    offered: str | None = None  # the slot of an offer that stands open
    waiting: list[dict[str, Any]] = field(default_factory=list)
    refusal: dict[str, Any] | None = None  # what a rule says to whatever is to be changed

    def stand(self, start: dt.datetime) -> None:
        """An appointment that was made before."""
        service = self.brief.services[0].name
        self.book_appointment(f"s.{start.isoformat()}|{service}|{self.brief.practitioners[0]}")

    def run(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return getattr(self, name)(**arguments)

    def find_slots(
        self,
        service: str,
        date: str,
        weekday: str,
        days: int,
        time_from: str | None,
        time_to: str | None,
        practitioner: str | None,
        moving: str | None = None,
    ) -> dict[str, Any]:
        assert moving is None or moving in self.appointments
        first = dt.date.fromisoformat(date)
        assert first.strftime("%A") == weekday
        assert 1 <= days <= 31
        if first + dt.timedelta(days=days - 1) < self.brief.now.date():
            return {"status": "error", "message": "in the past", "retryable": False}
        earliest = dt.time.fromisoformat(time_from) if time_from else dt.time.min
        latest = dt.time.fromisoformat(time_to) if time_to else dt.time.max
        free = self._free(first, days)
        fitting = [start for start in free if earliest <= start.time() <= latest]
        who = practitioner or self.brief.practitioners[0]
        if fitting:
            step = max(1, (len(fitting) - 1) / 5)
            spread = sorted({fitting[min(round(step * n), len(fitting) - 1)] for n in range(6)})
            return {"status": "ok", "service": service, "offers": [self._line(s, service, who) for s in spread]}
        wanted = dt.datetime.combine(first, earliest)
        near = sorted(sorted(free or self._free(first, 21), key=lambda start: abs(start - wanted))[:4])
        return {
            "status": "ok",
            "service": service,
            "offers": [],
            "nearest": [self._line(start, service, who) for start in near],
        }

    def book_appointment(self, slot: str, patient_name: str | None = None) -> dict[str, Any]:
        start, service, who = self._ticket(slot)
        if self.refusal:
            return self.refusal
        if start in self.taken:
            return {"status": "error", "message": "taken", "retryable": False, "nearest": []}
        reference = f"#{next(self.numbers)}"
        made = {"appointment": reference, "service": service, "practitioner": who, "start": f"{start:%Y-%m-%dT%H:%M}"}
        made |= {"weekday": f"{start:%A}", "patient": patient_name or "[NAME_1]", "status": "confirmed"}
        self.appointments[reference] = made
        self.taken.add(start)
        self.undoable = ("booked", made)
        return {"status": "ok", "booked": made}

    def reschedule_appointment(self, appointment: str, slot: str) -> dict[str, Any]:
        start, _, who = self._ticket(slot)
        made = self.appointments[appointment]
        self.taken.discard(dt.datetime.fromisoformat(made["start"]))
        self.taken.add(start)
        new = {"start": f"{start:%Y-%m-%dT%H:%M}", "weekday": f"{start:%A}", "practitioner": who}
        before = made["start"]
        self.appointments[appointment] = made = {**made, **new}
        self.moved.append(change_of(made, before=before, after=made["start"]))
        return {"status": "ok", "moved": made}

    def cancel_appointment(self, appointment: str) -> dict[str, Any]:
        if self.refusal:
            return self.refusal
        gone = self.appointments.pop(appointment)
        self.cancelled.append(change_of(gone, before=gone["start"]))
        self.undoable = ("cancelled", gone)
        return {"status": "ok", "cancelled": gone}

    def hold_slot(self, slot: str, moving: str | None = None) -> dict[str, Any]:
        start, service, who = self._ticket(slot)
        if start in self.taken:
            near = [self._line(each, service, who) for each in self._free(start.date(), 1)[:3]]
            return {"status": "error", "message": "taken", "retryable": False, "nearest": near}
        return {"status": "ok", "held_until": "2026-11-20T10:10", "slot": slot}

    def undo_change(self, appointment: str | None) -> dict[str, Any]:
        if not self.undoable:
            return {"status": "error", "message": "There is nothing to undo.", "retryable": False}
        (undone, line), self.undoable = self.undoable, None
        self.undone = True
        self.cancelled.append(change_of(line, before=line["start"]))
        if undone == "booked":
            self.appointments.pop(line["appointment"])
        else:
            self.appointments[line["appointment"]] = line
        return {"status": "ok", "undone": undone, "appointment": line}

    def running_late(self, minutes: int, appointment: str | None) -> dict[str, Any]:
        lines = list(self.appointments.values())
        verdict = "fine" if minutes <= 5 else "shortened" if minutes <= 15 else "too_late"
        return {"status": "ok", "verdict": verdict if lines else "unknown", "appointment": lines[0] if lines else None}

    def join_waitlist(self, **wish: Any) -> dict[str, Any]:
        self.waiting.append(wish)
        return {"status": "ok", "joined": True}

    def answer_offer(self, accept: bool, choice: int | None = None) -> dict[str, Any]:
        if self.offered is None:
            return {"status": "error", "message": "No offer stands open.", "retryable": False}
        slot, self.offered = self.offered, None
        return self.book_appointment(slot) if accept else {"status": "ok", "declined": True}

    def my_appointments(self) -> dict[str, Any]:
        return {"status": "ok", "appointments": sorted(self.appointments.values(), key=lambda each: each["start"])}

    def hand_over(self, reason: str, summary: str, signal: str = "other", rule: str | None = None) -> dict[str, Any]:
        assert reason in ("customer_request", "missing_knowledge", "unsupported_request", "policy")
        assert summary
        return {"status": "ok"}

    def _free(self, first: dt.date, days: int) -> list[dt.datetime]:
        if self.full:
            return []
        quarters = (dt.timedelta(minutes=15 * n) for n in range(7 * 4, 22 * 4 - 2))
        return (
            [
                start
                for moment in quarters
                for day in range(days)
                if (start := dt.datetime.combine(first + dt.timedelta(days=day), MIDNIGHT) + moment) not in self.taken
                and start > self.brief.now.replace(tzinfo=None)
            ]
            if days == 1
            else sorted(start for day in range(days) for start in self._free(first + dt.timedelta(days=day), 1))
        )

    def _line(self, start: dt.datetime, service: str, who: str) -> dict[str, str]:
        return {
            "slot": f"s.{start.isoformat()}|{service}|{who}",
            "start": f"{start:%Y-%m-%dT%H:%M}",
            "weekday": f"{start:%A}",
            "practitioner": who,
        }

    def _ticket(self, slot: str) -> tuple[dt.datetime, str, str]:
        start, service, who = slot.removeprefix("s.").split("|")
        return dt.datetime.fromisoformat(start), service, who


@dataclass
class Chat:
    """A conversation with the guided flow; after a handoff nothing more is answered."""

    practice: Practice
    transcript: list[Entry] = field(default_factory=list)
    handed_over: dict[str, Any] | None = None
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    skills: tuple[str, ...] = ()  # besides those that every assistant has

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What the last answer offered to tap."""
        last = self.transcript[-1]
        return tuple(choice for block in last.blocks if isinstance(block, Text) for choice in block.choices)

    def tap(self, id: str) -> str:
        """As the inbox writes it down: the title, and the id on a line of its own."""
        title = next((choice.title for choice in self.choices if choice.id == id), "…")
        return self.say(f"{title}\n[choice:{id}]")

    def remind(self, text: str) -> None:
        """Something that is sent unprompted."""
        self.transcript.append(Entry(role="assistant", blocks=(Text(text=text),)))

    def say(self, text: str) -> str:
        self.transcript.append(Entry(role="patient", blocks=(Text(text=text),)))
        return "" if self.handed_over else self._turn()

    def _turn(self) -> str:
        for _ in range(5):
            answer = Guided().respond(
                ModelRequest(
                    brief=self.practice.brief, transcript=tuple(self.transcript), tools=self._tools, model="guided"
                )
            )
            self.transcript.append(Entry(role="assistant", blocks=answer.blocks))
            if answer.stop is Stop.END:
                self._check(answer.text)
                return answer.text
            self._run(answer.calls)
            if self.handed_over:
                return ""
        raise AssertionError("the flow goes round in circles")

    @property
    def _tools(self) -> tuple[ToolSpec, ...]:
        return tuple(ToolSpec(name=name, description="", schema={}) for name in self.skills)

    def _run(self, calls: tuple[Any, ...]) -> None:
        outcomes = []
        for call in calls:
            self.calls.append((call.name, call.arguments))
            content = self.practice.run(call.name, call.arguments)
            failed = content["status"] == "error"
            outcomes.append(ToolOutcome(call_id=call.id, name=call.name, content=content, is_error=failed))
            if call.name == "hand_over":
                self.handed_over = call.arguments
        self.transcript.append(Entry(role="tools", blocks=tuple(outcomes)))

    def _check(self, text: str) -> None:
        assert text, "an empty answer"
        practice = self.practice
        committed = Committed(
            coming=[_standing(each) for each in practice.appointments.values()],
            moved=practice.moved,
            cancelled=practice.cancelled,
            undone=practice.undone,
        )
        faults = unfounded(text, committed, Heard(brief=practice.brief, transcript=self.transcript, said=text))
        assert not faults, (faults, text)


def _standing(line: dict[str, Any]) -> Standing:
    return Standing(
        start=dt.datetime.fromisoformat(line["start"]),
        practitioner=line["practitioner"],
        service=line["service"],
        reference=line["appointment"],
    )


def change_of(line: dict[str, Any], *, before: str, after: str | None = None) -> Change:
    return Change(
        what=_standing(line),
        before=dt.datetime.fromisoformat(before),
        after=dt.datetime.fromisoformat(after) if after else None,
    )
