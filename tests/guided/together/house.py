"""A practice in memory with visits of several services, series and classes: the desk of the other tests, and more."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from tests.guided.desk import Chat, Practice, change_of

SKILLS = ("hold_slot", "join_waitlist", "undo_change", "plan_series", "book_series")
GRID = dt.timedelta(minutes=15)
MOST_IN_A_SERIES = 12
WEEK = 7


@dataclass
class House(Practice):
    """`sessions`: starts of classes and how many seats are left in each."""

    sessions: dict[dt.datetime, int] = field(default_factory=dict)
    acts: list[list[str]] = field(default_factory=list)  # references that were booked together
    held: list[str] = field(default_factory=list)

    def find_slots(
        self, service: str, *, with_services: list[str] | None = None, seats: int = 1, **asked: Any
    ) -> dict[str, Any]:
        if self._is_group(service):
            return self._find_sessions(service, seats, **asked)
        if not with_services:
            return super().find_slots(service, **asked)
        found = super().find_slots(service, **asked)
        for key in ("offers", "nearest"):
            lines = [self._visit(line, [service, *with_services]) for line in found.get(key, ())]
            found[key] = [line for line in lines if line]
        if not found["offers"] and not found.get("nearest"):
            found["nearest"] = self._visits_on(asked["date"], [service, *with_services], asked["practitioner"])
        return found

    def book_appointment(self, slot: str, patient_name: str | None = None) -> dict[str, Any]:
        starts = [self._ticket(each)[0] for each in slot.split("+")]
        if self.refusal:
            return self.refusal
        if self._is_group(self._ticket(slot.split("+")[0])[1]):
            seats = len(starts)
            if self.sessions[starts[0]] < seats:
                return {"status": "error", "message": "full", "rule": "full", "retryable": False, "nearest": []}
            self.sessions[starts[0]] -= seats
            made = [self._write(each, patient_name) for each in slot.split("+")]
        elif any(each in self.taken for each in starts):
            return {"status": "error", "message": "taken", "rule": "taken", "retryable": False, "nearest": []}
        else:
            made = [self._write(each, patient_name) for each in slot.split("+")]
        return self._together("booked", made)

    def book_series(
        self,
        slot: str,
        every_weeks: int,
        times: int,
        patient_name: str | None = None,
        skip_taken: bool = False,
        instead: list[str] | None = None,
    ) -> dict[str, Any]:
        start, service, who = self._ticket(slot)
        if not 2 <= times <= MOST_IN_A_SERIES:
            return {"status": "error", "message": "too many", "rule": "series_most", "retryable": False, "nearest": []}
        chosen = {self._ticket(each)[0].date(): self._ticket(each)[0] for each in instead or ()}
        starts = [start + dt.timedelta(days=WEEK * every_weeks * n) for n in range(times)]
        starts = [chosen.get(each.date(), each) for each in starts]
        dates = [self._date(each, service, who) for each in starts]
        if not skip_taken and not all(each["fits"] for each in dates):
            return {"status": "error", "message": "taken", "rule": "series", "retryable": False, "dates": dates}
        made = [self._write(f"s.{s.isoformat()}|{service}|{who}", patient_name) for s in starts if s not in self.taken]
        for each in made:
            self.appointments[each["appointment"]]["series"] = 5
        return self._together("booked", made) | {"left_out": [each for each in dates if not each["fits"]]}

    def plan_series(self, slot: str, every_weeks: int, times: int, patient_name: str | None = None) -> dict[str, Any]:
        start, service, who = self._ticket(slot)
        if not 2 <= times <= MOST_IN_A_SERIES:
            return {"status": "error", "message": "too many", "rule": "series_most", "retryable": False, "nearest": []}
        starts = [start + dt.timedelta(days=WEEK * every_weeks * n) for n in range(times)]
        return {"status": "ok", "slot": slot, "dates": [self._date(each, service, who) for each in starts]}

    def cancel_appointment(self, appointment: str, which: str = "this") -> dict[str, Any]:
        one = self.appointments[appointment]
        key = {"whole_visit": "visit", "rest_of_series": "series"}.get(which)
        same = [n for n, each in self.appointments.items() if key and each.get(key) == one.get(key)]
        if key == "series":
            same = [n for n in same if self.appointments[n]["start"] >= one["start"]]
        gone = [super(House, self).cancel_appointment(n)["cancelled"] for n in same or [appointment]]
        return {"status": "ok", "cancelled": gone[0]} | ({"all": gone} if len(gone) > 1 else {})

    def reschedule_appointment(self, appointment: str, slot: str) -> dict[str, Any]:
        if "+" not in slot:
            return super().reschedule_appointment(appointment, slot)
        visit = self.appointments[appointment]["visit"]
        parts = [n for n, each in self.appointments.items() if each.get("visit") == visit]
        moved = [
            super(House, self).reschedule_appointment(n, s)["moved"]
            for n, s in zip(parts, slot.split("+"), strict=True)
        ]
        return {"status": "ok", "moved": moved[0], "all": moved}

    def hold_slot(self, slot: str, moving: str | None = None) -> dict[str, Any]:
        self.held.append(slot)
        if "+" not in slot and not self._is_group(self._ticket(slot)[1]):
            return super().hold_slot(slot)
        return {"status": "ok", "held_until": "2026-11-20T10:10", "slot": slot}

    def undo_change(self, appointment: str | None) -> dict[str, Any]:
        act = next((each for each in reversed(self.acts) if appointment is None or appointment in each), None)
        if not self.undoable or self.undoable[0] != "booked" or not act or len(act) == 1:
            return super().undo_change(appointment)
        lines = [self.appointments.pop(each) for each in act]
        self.undone, self.undoable = True, None
        self.cancelled += [change_of(each, before=each["start"]) for each in lines]
        return {"status": "ok", "undone": "booked", "appointment": lines[0], "all": lines}

    def _write(self, slot: str, patient_name: str | None) -> dict[str, Any]:
        start, service, who = self._ticket(slot)
        reference = f"#{next(self.numbers)}"
        made = {"appointment": reference, "service": service, "practitioner": who, "start": f"{start:%Y-%m-%dT%H:%M}"}
        made |= {"weekday": f"{start:%A}", "patient": patient_name or "[NAME_1]", "status": "confirmed"}
        self.appointments[reference] = made
        if not self._is_group(service):
            self.taken.add(start)
        self.undoable = ("booked", made)
        return made

    def _together(self, key: str, made: list[dict[str, Any]]) -> dict[str, Any]:
        self.acts.append([each["appointment"] for each in made])
        if len({each["service"] for each in made}) > 1:
            for each in made:
                self.appointments[each["appointment"]]["visit"] = len(self.acts)
        return {"status": "ok", key: made[0]} | ({"all": made} if len(made) > 1 else {})

    def _is_group(self, service: str) -> bool:
        return "class" in service

    def _find_sessions(
        self, service: str, seats: int, date: str, days: int, time_from: str | None, time_to: str | None, **_: Any
    ) -> dict[str, Any]:
        first = dt.date.fromisoformat(date)
        last = first + dt.timedelta(days=days - 1)
        earliest, latest = time_from or "00:00", time_to or "23:59"
        lines = {}
        for start, left in self.sessions.items():
            if left >= seats:
                line = self._line(start, service, self.brief.practitioners[0]) | {"seats_left": left}
                several = {"slot": "+".join([str(line["slot"])] * seats), "seats": seats}
                lines[start] = line | (several if seats > 1 else {})
        offers = [line for s, line in lines.items() if first <= s.date() <= last and earliest <= f"{s:%H:%M}" <= latest]
        near = [line for start, line in lines.items() if start.date() >= first][:4]
        return {"status": "ok", "service": service, "offers": offers} | ({} if offers else {"nearest": near})

    def _visit(self, line: dict[str, Any], services: list[str]) -> dict[str, Any] | None:
        start, parts = dt.datetime.fromisoformat(line["start"]), []
        minutes = {each.name: each.minutes for each in self.brief.services}
        for service in services:
            if start in self.taken:
                return None
            parts.append({"service": service, "start": f"{start:%Y-%m-%dT%H:%M}", "practitioner": line["practitioner"]})
            start += -(-dt.timedelta(minutes=minutes[service]) // GRID) * GRID
        slots = [f"s.{each['start']}:00|{each['service']}|{each['practitioner']}" for each in parts]
        return {**line, "slot": "+".join(slots), "parts": parts}

    def _visits_on(self, date: str, services: list[str], who: str | None) -> list[dict[str, Any]]:
        free = self._free(dt.date.fromisoformat(date), 1)
        lines = (self._visit(self._line(s, services[0], who or self.brief.practitioners[0]), services) for s in free)
        return list(itertools.islice(filter(None, lines), 4))

    def _date(self, start: dt.datetime, service: str, who: str) -> dict[str, Any]:
        line: dict[str, Any] = {"start": f"{start:%Y-%m-%dT%H:%M}", "fits": start not in self.taken}
        if start in self.taken:
            near = sorted(self._free(start.date(), 1), key=lambda each: abs(each - start))[:2]
            line |= {"rule": "taken", "nearest": [self._line(each, service, who) for each in near]}
        return line


def chat_with(house: House) -> Chat:
    return Chat(house, skills=SKILLS)
