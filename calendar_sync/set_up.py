"""The diary's set-up: services, people, hours, rooms, rules. It is read at every booking and edited once a month.

    with reading_once():        # around one act
        ...                     # functions marked `kept` remember their answers
        look_again(lock, …)     # takes the locks; what was edited until then counts

An act within an act is part of it. One query tells whether any of its rows has changed (`stamp`); as long as none has,
answers of an earlier act serve again, in this process and for this business only. Outside of `reading_once` nothing is
remembered.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.apps import apps

from tenants import schema
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, keep_answer, row, several

RESTS_ON = (
    *("Service", "Service.practitioners", "Practitioner", "Location", "OpeningHours", "WorkingHours", "OwnDuration"),
    *("HoursException", "HolidayChoice", "BookingRules", "ServiceNeed", "Resource", "ResourceKind"),
    "PractitionerCalendar",
)
KEPT = 2048  # answers of each function, of all businesses in this process
Answer = TypeVar("Answer")


@dataclass
class _Act:
    """What one act takes the set-up for; asked for with the first answer that is kept."""

    schema: str
    stamp: str = ""

    def standing(self) -> tuple[str, str]:
        self.stamp = self.stamp or stamp()
        return self.schema, self.stamp


_act: ContextVar[_Act | None] = ContextVar("act", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within it, what is `kept` is asked of the database only when the set-up was edited since the last asking."""
    known = _act.get()
    if known is not None and known.schema == schema.current():
        yield
        return
    before = _act.set(_Act(schema.current()))
    try:
        yield
    finally:
        _act.reset(before)


def look_again(*first: Question, ahead: Sequence[Question] = ()) -> None:
    """`first`: statements before it, in the same round trip; `ahead`: what will be asked after it."""
    act = _act.get()
    asked = (*first, *ahead, *([question()] if act is not None else []))
    if not asked:
        return
    answers = several(*asked)
    for each, answer in zip(ahead, answers[len(first) :], strict=False):
        keep_answer(each, answer)
    if act is not None:
        act.stamp = str(answers[-1][0][0])


def kept(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """For a function of ids and dates that reads nothing but tables of RESTS_ON. Its answers are never changed."""
    remembered = lru_cache(maxsize=KEPT)(lambda _standing, *given: function(*given))

    @wraps(function)
    def ask(*given: Any) -> Answer:
        act = _act.get()
        return function(*given) if act is None else remembered(act.standing(), *given)

    return ask


def standing() -> str:
    """The stamp of the act that is going on; outside of one, today's."""
    act = _act.get()
    return stamp() if act is None else act.standing()[1]


def stamp() -> str:
    """Differs whenever a row was added, removed or written: a new version of a row has another place or writer."""
    found = row(*question())
    assert found is not None
    return str(found[0])


def question() -> Question:
    """What `stamp` asks."""
    return _question(), ()


@lru_cache(maxsize=1)
def _question() -> str:
    parts = (
        f"(SELECT count(*) || '.' || coalesce(sum(hashtextextended(xmin::text || ctid::text, 0)), 0) FROM {each})"  # noqa: S608
        for each in map(_table, RESTS_ON)
    )
    return Prepared(f"SELECT md5(concat_ws(' ', {', '.join(parts)}))")


def _table(name: str) -> str:
    model, _, field = name.partition(".")
    found: Any = apps.get_model("calendar_sync", model)
    return f'"{(getattr(found, field).through if field else found)._meta.db_table}"'
