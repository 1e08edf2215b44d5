"""Sixteen contacts book one slot in the same moment, again and again."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django_tenants.utils import tenant_context

from bench.cast import new_business
from bench.measure import Row, Sample, figures, row
from calendar_sync import booking, patients, slots, tickets
from calendar_sync.errors import DiaryBusy, SlotTaken
from calendar_sync.models import BookedBy, Service
from tenants import clock, schema

BOOKERS, SLOTS, ROUNDS = 16, 8, 3
TARGET_P99_MS = 50


def measure() -> list[Row]:
    schema.leave()
    business = new_business()
    race = _Race(business)
    with ThreadPoolExecutor(BOOKERS) as pool:
        try:
            race.run(pool, 1)  # opens the connections
            taken = [race.run(pool, SLOTS) for _ in range(ROUNDS)]
        finally:
            race.close(pool)
    found = figures(taken)
    races = 1 + SLOTS * ROUNDS
    return [
        row(
            f"{BOOKERS} bookers of one slot, each",
            found,
            target=f"p99 ≤ {TARGET_P99_MS} ms",
            met=found.p99 <= TARGET_P99_MS,
            note=f"p99 {found.p99:.0f} ms",
        ),
        Row(
            what=f"{BOOKERS} bookers of one slot: winners, told to try again",
            target=f"{race.won} of {races} races, {race.deadlocks} deadlocks",
            met=race.won == races and not race.deadlocks,
        ),
    ]


class _Race:
    def __init__(self, business) -> None:
        self.business = business
        self.won = self.deadlocks = 0
        self._line = threading.Barrier(BOOKERS)
        self._count = threading.Lock()

    def run(self, pool: ThreadPoolExecutor, times: int) -> Sample:
        taken = Sample()
        for _ in range(times):
            slot = self._free_slot()
            taken.wall.extend(pool.map(lambda number, slot=slot: self._book(slot, number), range(1, BOOKERS + 1)))
        return taken

    def close(self, pool: ThreadPoolExecutor) -> None:
        def close(_: int) -> None:
            self._line.wait()
            connection.close()

        list(pool.map(close, range(BOOKERS)))

    def _free_slot(self) -> slots.Slot:
        with tenant_context(self.business):
            tomorrow = clock.now() + dt.timedelta(days=1)
            service = Service.objects.order_by("pk")[0]
            window = (tomorrow, tomorrow + dt.timedelta(days=7))
            return slots.find_slots(self.business, service=service, window=window, limit=1)[0]

    def _book(self, slot: slots.Slot, contact_id: int) -> float:
        """Milliseconds until the booker knows; a loser has three other times to offer then."""
        taken = Sample()
        with tenant_context(self.business):
            patient = patients.patient_for(contact_id, "Anna Whitfield")
            ticket = tickets.issue(self.business, slot, contact_id=contact_id)
            self._line.wait()
            with taken.one():
                outcome = self._try(ticket, contact_id, patient)
        with self._count:
            self.won += outcome == "won"
            self.deadlocks += outcome == "deadlock"
        return taken.wall[0]

    def _try(self, ticket: str, contact_id: int, patient) -> str:
        try:
            with transaction.atomic():
                booking.book(
                    self.business, ticket=ticket, contact_id=contact_id, patient=patient, by=BookedBy.ASSISTANT
                )
        except SlotTaken:
            return "lost"
        except DiaryBusy:
            return "deadlock"
        return "won"
