"""Acts without effect: each skill runs for real in a transaction of its own that is rolled back.

So that what follows an act sees it (booked, then listed), every later transaction first does the earlier acts again.
What that does not give: an act done again takes a new number, which is translated back to the one that was told
(#1042); times that somebody else takes meanwhile are really gone; and numbers of sequences are used up.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction

from agents.errors import AssistantError
from agents.models import Step
from agents.runtime.tool_runner import SkillLike
from agents.types import Entry, SkillContext, ToolResult, Veil
from calendar_sync import undo
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment, AppointmentChange, BookedBy
from calendar_sync.wanted import Actor
from tenants.models import Business

log = structlog.get_logger(__name__)
READS = frozenset(
    {"find_slots", "plan_series", "my_appointments", "about_the_business", "search_knowledge", "hand_over"}
)
_REFERENCE = re.compile(r"#\d+")


@dataclass(frozen=True, kw_only=True)
class Act:
    """A skill that would have changed something, with what the model was told of it."""

    name: str
    arguments: Mapping[str, Any]  # redacted
    content: Mapping[str, Any]


def acts_in(entries: Sequence[Entry]) -> list[Act]:
    """The acts of a stretch of transcript that succeeded, in order."""
    calls = {call.id: call for entry in entries for call in entry.calls}
    done = [outcome for entry in entries for outcome in entry.outcomes if not outcome.is_error]
    return [
        Act(name=each.name, arguments=calls[each.call_id].arguments, content=each.content)
        for each in done
        if each.call_id in calls
    ]


class Pretence:
    """What has been acted so far without effect: `before`, and the steps of this rehearsal. `bind` it before use."""

    def __init__(
        self,
        before: Sequence[Act],
        steps: Callable[[], Sequence[Step]],
        *,
        as_it_was: Callable[[], object] = lambda: None,
    ) -> None:
        """`as_it_was` brings the diary to where the rehearsal begins, in every transaction anew."""
        self._as_it_was = as_it_was
        self._before = before
        self._steps = steps
        self._now: dict[str, str] = {}  # number told → number that it has in the present transaction
        self._skills: Mapping[str, SkillLike] = {}

    def bind(self, skills: Mapping[str, SkillLike], context: SkillContext, veil: Veil) -> Mapping[str, SkillLike]:
        """The skills as a rehearsal has them: without `before`, which may call vendors."""
        self._skills, self._context, self._veil = skills, context, veil
        return {name: _Pretended(skill, self) for name, skill in skills.items()}

    @contextmanager
    def without_effect(self) -> Iterator[None]:
        """A transaction in which all acts so far stand; what is done in it is rolled back, its bells too."""
        with transaction.atomic():
            try:
                self._as_it_was()
                self._again()
                yield
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what would be refused at the commit is refused
            finally:
                transaction.set_rollback(True)

    def told(self, value: Any) -> Any:
        """A result of the present transaction with the numbers that the model knows."""
        return _renamed(value, {now: told for told, now in self._now.items()})

    def meant(self, value: Any) -> Any:
        """A model's arguments with the numbers of the present transaction."""
        return _renamed(value, self._now)

    def _again(self) -> None:
        self._now = {}
        done = [
            Act(name=step.name, arguments=step.input, content=step.output)
            for step in self._steps()
            if step.kind == Step.Kind.TOOL and step.status == Step.Status.OK
        ]
        for act in (*self._before, *done):
            if act.name not in READS and act.name in self._skills:
                try:
                    with transaction.atomic():
                        self._now |= dict(_pairs(act.content, self._act(act).data))
                except (AssistantError, DatabaseError, ValueError) as error:
                    log.info("rehearsal.act_is_gone", skill=act.name, kind=type(error).__name__)

    def _act(self, act: Act) -> ToolResult:
        skill = self._skills[act.name]
        arguments = skill.parse(self._veil.show_arguments(dict(act.arguments)))
        result: ToolResult = skill.act(self._context, **self.meant(arguments))
        return result


def take_back_turns(business: Business, turn_ids: Sequence[int | None]) -> None:
    """Within a transaction that is rolled back: undo what turns changed in the diary, in the order that is given."""
    for turn_id in turn_ids:
        if turn_id is not None:
            _take_back_turn(business, turn_id)


def _take_back_turn(business: Business, turn_id: int) -> None:
    """Newest change first."""
    changes = AppointmentChange.objects.filter(turn_id=turn_id, part_of__isnull=True, undoes__isnull=True)
    for change in changes.order_by("-pk"):
        try:
            with transaction.atomic():
                undo.take_back(business, change, Actor(by=BookedBy.STAFF))
        except DiaryError as error:
            log.info("rehearsal.change_stands", kind=type(error).__name__)
    made = {"changes__turn_id": turn_id, "changes__act": AppointmentChange.Act.BOOKED}
    Appointment.objects.filter(**made).update(ticket=None)  # its ticket had not been used yet


class _Pretended:
    before = None

    def __init__(self, skill: SkillLike, pretence: Pretence) -> None:
        self._skill = skill
        self._pretence = pretence

    def parse(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._skill.parse(arguments)

    def act(self, context: SkillContext, **arguments: Any) -> ToolResult:
        result: ToolResult = self._skill.act(context, **self._pretence.meant(arguments))
        told = self._pretence.told
        return replace(result, data=told(dict(result.data)), message=told(result.message))


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if not names:
        return value
    if isinstance(value, str):
        return _REFERENCE.sub(lambda found: names.get(found[0], found[0]), value)
    if isinstance(value, Mapping):
        return {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(item, names) for item in value]
    return value


def _pairs(told: Any, now: Any) -> Iterator[tuple[str, str]]:
    """Numbers that stand in the same place of both."""
    if isinstance(told, Mapping) and isinstance(now, Mapping):
        for key in told.keys() & now.keys():
            yield from _pairs(told[key], now[key])
    elif isinstance(told, list | tuple) and isinstance(now, list | tuple):
        for one, other in zip(told, now, strict=False):
            yield from _pairs(one, other)
    elif told != now and _is_reference(told) and _is_reference(now):
        yield told, now


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None
