"""A seeded story of edits on both sides, with Google in trouble, for test_history.py."""

import datetime as dt
import random

from calendar_sync import booking
from calendar_sync.errors import DiaryError
from calendar_sync.google import mending, mirrors, proposals, truth
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    BookedBy,
    CalendarConnection,
    CalendarDifference,
    CalendarMirror,
    MirroredEvent,
    ProposedChange,
)
from tenants.models import WorkItem
from tests.google.conftest import DAY, HOUR, TASKS, at

ADA, BEA = "ada@group.test", "bea@group.test"
RATE = {"error": {"code": 403, "message": "slow", "errors": [{"domain": "usageLimits", "reason": "rateLimitExceeded"}]}}
FAULTS = [
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 500, "accept": True},  # done, but the answer is lost
    {"kind": "status", "status": 429},
    {"kind": "status", "status": 403, "body": RATE},
    {"kind": "drop"},
    {"kind": "drop_after_accept"},
    {"kind": "wrong_body", "body": {}},
]
OPEN = ProposedChange.Status.OPEN


class History:
    def __init__(self, desk, seed):
        self.desk, self.random = desk, random.Random(seed)
        self.people = [desk.ada, desk.another()]
        desk.choose(self.people[1], BEA)
        self.strangers = []  # (calendar, id) of events that aren't ours
        self.done = {"edits": 0, "faults": 0, "lost tokens": 0, "asked": 0}

    def play(self, edits):
        acts = [
            (self.book, 26), (self.move, 14), (self.hand_over, 4), (self.cancel, 6),
            (self.move_in_google, 14), (self.delete_in_google, 6), (self.colour_in_google, 4), (self.stretch, 3),
            (self.stranger, 9), (self.series, 3), (self.change_stranger, 8), (self.change_rule, 2),
            (self.swap_calendars, 1),
        ]  # fmt: skip
        while self.done["edits"] < edits:
            act = self.random.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
            self.done["edits"] += act() is not False
            self.trouble()
            self.answer(0.15)
            self.work(self.random.choice([0, 0, 1, 1, 2]))

    # -- the diary's side

    def book(self):
        return self._try(lambda: self.desk.book_at(self.moment(), self.random.choice(self.people)))

    def move(self):
        return self._with_appointment(lambda each: self.desk.move_to(each, self.moment(), each.practitioner))

    def hand_over(self):
        return self._with_appointment(
            lambda each: self.desk.move_to(each, each.starts_at, self.random.choice(self.people))
        )

    def cancel(self):
        return self._with_appointment(lambda each: booking.cancel(self.desk.business, each, by=BookedBy.STAFF))

    def change_rule(self):
        CalendarConnection.objects.update(on_change=self.random.choice(["ask", "accept"]))

    def swap_calendars(self):
        here, there = self.random.sample([ADA, BEA], 2)
        self.desk.choose(self.people[0], here)
        self.desk.choose(self.people[1], there)

    # -- Google's side

    def move_in_google(self):
        return self._in_google(lambda _: spans(self.moment()))

    def stretch(self):
        return self._in_google(lambda event: {"end": {"dateTime": (start_of(event) + 2 * HOUR).isoformat()}})

    def colour_in_google(self):
        return self._in_google(lambda _: {"colorId": str(self.random.randint(1, 9)), "summary": "?"})

    def delete_in_google(self):
        event = self._one_of_ours()
        return self._delete(event["calendar"], event["id"]) if event else False

    def stranger(self):
        kind = self.random.choice([{}, {}, {"transparency": "transparent"}, {"eventType": "outOfOffice"}])
        self._add(self.random.choice([ADA, BEA]), {**spans(self.moment()), **kind})

    def series(self):
        begins = self.moment().isoformat()
        ends = (dt.datetime.fromisoformat(begins) + HOUR).isoformat()
        sides = {"start": {"dateTime": begins, "timeZone": "UTC"}, "end": {"dateTime": ends, "timeZone": "UTC"}}
        rule = self.random.choice(["RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY;COUNT=9"])
        self._add(self.random.choice([ADA, BEA]), {**sides, "recurrence": [rule]})

    def change_stranger(self):
        if not self.strangers:
            return False
        calendar, identifier = self.random.choice(self.strangers)
        if self.random.random() < 0.4:
            self.strangers.remove((calendar, identifier))
            return self._delete(calendar, identifier)
        return self._patch(calendar, identifier, spans(self.moment(), zone="UTC"))

    # -- what goes wrong, what staff answer, what the worker does

    def trouble(self):
        if self.random.random() < 0.2:
            fault = self.random.choice(FAULTS)
            self.desk.google.fault(vendor="google", path="/events", times=self.random.randint(1, 3), **fault)
            self.done["faults"] += 1
        if self.random.random() < 0.04:
            self.desk.google.post("/google/expire-sync", {})
            self.done["lost tokens"] += 1
        if self.random.random() < 0.02:
            self.desk.google.post("/google/expire-access", {})

    def answer(self, chance):
        for asked in ProposedChange.objects.filter(status=OPEN).order_by("pk"):
            if self.random.random() < chance:
                self.done["asked"] += 1
                if self.random.random() < 0.5:
                    proposals.accept(self.desk.business, asked, user_id=None)
                asked.refresh_from_db()
                if asked.status == OPEN:  # or the diary refused: that time is taken
                    proposals.refuse(self.desk.business, asked, user_id=None)

    def work(self, rounds):
        """Some of what is due, in any order; a worker may come late."""
        for _ in range(rounds):
            self.desk.later()
            due = list(
                WorkItem.objects.filter(business=self.desk.business, kind__in=TASKS)
                .exclude(kind=mirrors.COMPARE)
                .order_by("pk")
            )
            self.random.shuffle(due)
            for item in due[: self.random.randint(1, max(len(due), 1))]:
                TASKS[item.kind].body(self.desk.business, item.object_id)

    def settle(self):
        """Google is well again; everybody finishes, staff answer, and mend what the comparison shows."""
        self.desk.google.http.delete("/control/faults")
        for _ in range(12):
            self.desk.later()
            self.desk.work()
            self.answer(1)
            if not self._busy():
                break
        for _ in range(3):
            found = [each for mirror in CalendarMirror.objects.all() for each in self._differences(mirror)]
            for each in found:
                how = self.random.choice(mending.mends_of(each))
                try:
                    mending.mend(self.desk.business, each, how, user_id=0)
                except DiaryError:  # theirs can't be accepted: that time is taken
                    mending.mend(self.desk.business, each, "write", user_id=0)
            for _ in range(4):
                self.desk.later()
                self.desk.work()
                self.answer(1)
        return [each for mirror in CalendarMirror.objects.all() for each in self._differences(mirror)]

    def _differences(self, mirror):
        assert truth.compare(self.desk.business, mirror)
        return list(CalendarDifference.objects.filter(mirror=mirror).exclude(kind="overlap"))

    def _busy(self):
        calm = [mirrors.SYNC, mirrors.COMPARE]
        waiting = WorkItem.objects.filter(business=self.desk.business, kind__in=TASKS).exclude(kind__in=calm)
        return waiting.exists() or ProposedChange.objects.filter(status=OPEN).exists()

    # -- what is so in the end

    def diary(self):
        """Appointment → (calendar, start, end)."""
        found = {}
        for each in Appointment.objects.filter(status__in=HOLDS_TIME):
            calendar = each.practitioner.calendars.get(written_to=True).calendar_id
            found[each.pk] = (calendar, each.starts_at, each.ends_at)
        return found

    def google(self):
        """Every event of ours there, as (appointment, (calendar, start, end))."""
        found = []
        for calendar in (ADA, BEA):
            for event in self.desk.google.get("/google/events", calendar=calendar)["events"]:
                mark = event.get("extendedProperties", {}).get("private", {}).get("frontdesk")
                if mark:
                    found.append((int(mark.rpartition("/")[2]), (calendar, start_of(event), end_of(event))))
        return sorted(found)

    def mirrored(self, mirror):
        rows = MirroredEvent.objects.filter(mirror=mirror)
        return sorted(rows.values_list("event_id", "etag", "starts_at", "ends_at", "blocks"))

    def live(self, mirror):
        read = self.desk.call().events(mirror.calendar_id, window=(mirror.covered_from, mirror.covered_until))
        return sorted((each.id, each.etag, *each.during, each.blocks) for each in read.events if not each.cancelled)

    # -- small parts

    def moment(self):
        return at(9) + self.random.randint(0, 6) * DAY + self.random.randint(0, 18) * HOUR / 2

    def _try(self, act):
        try:
            return act()
        except DiaryError:  # that time is taken
            return False

    def _with_appointment(self, act):
        standing = list(Appointment.objects.filter(status__in=HOLDS_TIME).order_by("pk"))
        return self._try(lambda: act(self.random.choice(standing))) if standing else False

    def _one_of_ours(self):
        events = [
            event
            for calendar in (ADA, BEA)
            for event in self.desk.google.get("/google/events", calendar=calendar)["events"]
            if "frontdesk" in event.get("extendedProperties", {}).get("private", {})
        ]
        return self.random.choice(sorted(events, key=lambda each: each["id"])) if events else None

    def _in_google(self, change):
        event = self._one_of_ours()
        return self._patch(event["calendar"], event["id"], change(event)) if event else False

    def _add(self, calendar, event):
        made = self.desk.google.post("/google/events", {"calendar": calendar, "event": {"summary": "Private", **event}})
        self.strangers.append((calendar, made["id"]))

    def _patch(self, calendar, identifier, event):
        self.desk.google.post("/google/events", {"calendar": calendar, "id": identifier, "event": event})

    def _delete(self, calendar, identifier):
        gone = {"calendar": calendar, "id": identifier}
        assert self.desk.google.http.request("DELETE", "/control/google/events", json=gone).is_success


def spans(begins, zone=None):
    named = {"timeZone": zone} if zone else {}
    return {
        "start": {"dateTime": begins.isoformat(), **named},
        "end": {"dateTime": (begins + HOUR / 2).isoformat(), **named},
    }


def start_of(event):
    return dt.datetime.fromisoformat(event["start"]["dateTime"])


def end_of(event):
    return dt.datetime.fromisoformat(event["end"]["dateTime"])
