"""What a reply is held against: what is committed, what the tools returned, what the business publishes.

All moments are naive, on the business's own clock.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.whole_words import any_of
from agents.types import Brief, Entry
from tenants import clock

READS = frozenset(
    {"find_slots", "plan_series", "my_appointments", "about_the_business", "search_knowledge", "hand_over"}
)
"""Skills that change nothing, or nothing that a patient would be told of as done."""
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_UNSPOKEN = frozenset(
    {"slot", "price", "status", "weekday", "services"}
)  # no free text: tickets, figures checked apart


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A time with what happens then: an appointment, or something that was offered."""

    start: dt.datetime
    practitioner: str = ""
    service: str = ""
    reference: str = ""  # "#1042"
    place: str = ""  # name of the location


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that was done lately and still stands; `before` is where it was, `after` where it is."""

    what: Standing  # as it was left
    before: dt.datetime | None = None
    after: dt.datetime | None = None
    before_with: str = ""  # practitioner at `before`, where something was moved; "": not known

    @property
    def ends(self) -> "list[Standing]":
        """Where it is and where it was."""
        now = [replace(self.what, start=self.after)] if self.after else []
        who = self.before_with if self.after else self.what.practitioner
        return now + ([replace(self.what, start=self.before, practitioner=who)] if self.before else [])


@dataclass(frozen=True, kw_only=True)
class Committed:
    """What is so for this contact: the appointments that are coming, and what was done lately.

    `moved` and `cancelled`: changes that stand, undoings too (an undone booking is cancelled).
    """

    coming: Sequence[Standing] = ()
    moved: Sequence[Change] = ()
    cancelled: Sequence[Change] = ()
    undone: bool = False
    names: Sequence[str] = ()  # of the contact and of whom they write for


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the model could know: the brief and the transcript. `said`: its draft, still with placeholders."""

    brief: Brief
    transcript: Sequence[Entry] = ()
    said: str = ""
    tools: Sequence[str] = ()  # names of the skills
    secret: Sequence[str] = ()  # texts that are never told, such as our instructions to the model


@dataclass
class Ground:
    """The facts, sorted by what they can bear out."""

    committed: Committed
    heard: Heard | None
    now: dt.datetime = field(init=False)

    def __post_init__(self) -> None:
        now = self.heard.brief.now if self.heard else clock.now()
        self.now = now.replace(tzinfo=None)

    @property
    def coming(self) -> Sequence[Standing]:
        return self.committed.coming

    @cached_property
    def changed(self) -> list[Standing]:
        """Where something was and where it went, of all that was done lately."""
        changes = (*self.committed.moved, *self.committed.cancelled)
        return [end for each in changes for end in each.ends]

    @cached_property
    def _walked(self) -> tuple[list[Standing], list[str], set[str]]:
        slots: list[Standing] = []
        texts: list[str] = []
        done: set[str] = set()
        for entry in self.heard.transcript if self.heard else ():
            for outcome in entry.outcomes:
                _walk(outcome.content, slots, texts)
                if not outcome.is_error:
                    done.add(outcome.name)
        return slots, texts, done

    @property
    def offered(self) -> list[Standing]:
        return self._walked[0]

    @property
    def told_by_tools(self) -> list[str]:
        return self._walked[1]

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Bare numbers in what the tools returned: minutes, seats."""
        entries = self.heard.transcript if self.heard else ()
        return frozenset(
            number for entry in entries for outcome in entry.outcomes for number in _numbers(outcome.content)
        )

    @property
    def tools_done(self) -> set[str]:
        return self._walked[2]

    @property
    def nothing_done(self) -> bool:
        """Nothing is committed, held or changed, and no skill of this conversation has done anything."""
        return not (self.coming or self.changed or self.held or self.tools_done - READS)

    @cached_property
    def held(self) -> list[Standing]:
        """What hold_slot keeps: the offers with its ticket."""
        tickets = {
            str(outcome.content.get("slot"))
            for entry in (self.heard.transcript if self.heard else ())
            for outcome in entry.outcomes
            if outcome.name == "hold_slot" and not outcome.is_error
        }
        return [slot for ticket, slot in self._with_tickets if ticket in tickets]

    @cached_property
    def held_until(self) -> frozenset[dt.time]:
        """When what is held is given up."""
        entries = self.heard.transcript if self.heard else ()
        told = [
            str(outcome.content.get("held_until", ""))
            for entry in entries
            for outcome in entry.outcomes
            if outcome.name == "hold_slot" and not outcome.is_error
        ]
        return frozenset(dt.datetime.fromisoformat(each[:16]).time() for each in told if _ISO.match(each))

    @cached_property
    def _with_tickets(self) -> list[tuple[str, Standing]]:
        found: list[tuple[str, Standing]] = []
        for entry in self.heard.transcript if self.heard else ():
            for outcome in entry.outcomes:
                found += [(str(line["slot"]), _standing(line)) for line in _lines(outcome.content) if "slot" in line]
        return found

    @cached_property
    def published(self) -> list[str]:
        """What the business itself says in words."""
        if self.heard is None:
            return []
        brief = self.heard.brief
        special = [f"{each.date.isoformat()} {each.hours} {each.reason}" for each in brief.special_days]
        about = [text for service in brief.services for text in (service.description,) if text]
        places = [line for each in brief.places for line in (each.name, *each.opening_hours)]
        return [*brief.opening_hours, *places, *special, *about, *filter(None, (brief.instructions, *brief.rules))]

    @cached_property
    def ends(self) -> frozenset[dt.time]:
        """When what is coming will be over, and those times rounded up to a quarter of an hour."""
        return self._ends_of(self.coming)

    @cached_property
    def ends_of_offers(self) -> frozenset[dt.time]:
        return self._ends_of(self.offered)

    def lasts(self, each: Standing) -> int:
        """Minutes of a visit; 0 where its service is none of the house's."""
        services = self.heard.brief.services if self.heard else ()
        return next((service.minutes for service in services if service.name == each.service), 0)

    def _ends_of(self, standing: Sequence[Standing]) -> frozenset[dt.time]:
        minutes = {each.name: each.minutes for each in self.heard.brief.services} if self.heard else {}
        known = [each for each in standing if each.service in minutes]
        exact = [each.start + dt.timedelta(minutes=minutes[each.service]) for each in known]
        rounded = [each + dt.timedelta(minutes=-each.minute % 15) for each in exact]
        return frozenset(each.time() for each in (*exact, *rounded))

    @cached_property
    def said_before(self) -> list[str]:
        """By the team, by reminders, by the assistant itself: it was checked when it was said."""
        entries = self.heard.transcript if self.heard else ()
        return [each.text for each in entries if each.role in ("staff", "assistant") and each.text]

    @cached_property
    def patients_words(self) -> list[str]:
        entries = self.heard.transcript if self.heard else ()
        return [each.text for each in entries if each.role == "patient"]

    @cached_property
    def practitioners(self) -> tuple[str, ...]:
        named = [each.practitioner for each in (*self.coming, *self.changed, *self.offered)]
        listed = list(self.heard.brief.practitioners) if self.heard else []
        of_services = [who for each in (self.heard.brief.services if self.heard else ()) for who in each.practitioners]
        return tuple(dict.fromkeys(filter(None, [*listed, *of_services, *named])))

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """Names of people and services, which may hold words for days."""
        listed = [each.name for each in self.heard.brief.services] if self.heard else []
        business = [self.heard.brief.business] if self.heard else []
        found = sorted({*self.practitioners, *listed, *business, *self.committed.names}, key=len, reverse=True)
        return re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in found if each)) if found else None

    @cached_property
    def their_people(self) -> frozenset[str]:
        """Words, folded, of the names of patients and of what patients wrote."""
        texts = [*self.committed.names, *self.patients_words]
        return frozenset(word for text in texts for word in re.findall(r"[^\W\d_]+", fold(text)))

    @cached_property
    def patients_names(self) -> frozenset[str]:
        """Words, folded, of the names of patients: who has one in common with a practitioner is not them."""
        return frozenset(word for name in self.committed.names for word in re.findall(r"[^\W\d_]+", fold(name)))

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Words, folded, of the names of practitioners and patients."""
        named = " ".join([*self.practitioners, *self.committed.names])
        return frozenset(re.findall(r"[^\W\d_]{2,}", fold(named)))

    @property
    def answers_from_knowledge(self) -> bool:
        """A skill returned passages: a reply may tell whatever stands in them, in another language too."""
        return bool(self.told_by_tools) and bool(self.tools_done & {"search_knowledge", "about_the_business"})

    @cached_property
    def named_things(self) -> re.Pattern[str]:
        """Names, folded, of the house, its assistant, its people and services."""
        brief = self.heard.brief if self.heard else None
        listed = (
            [brief.business, brief.assistant, brief.address, *(each.name for each in brief.services)] if brief else []
        )
        names = (*listed, *self.practitioners)
        return any_of(frozenset(word for name in names for word in re.findall(r"[^\W\d_]{3,}", fold(name))))

    @cached_property
    def references(self) -> set[str]:
        known = {each.reference for each in (*self.coming, *self.changed, *self.offered)}
        written = re.findall(r"#\d+", " ".join([*self.patients_words, *self.said_before, *self.told_by_tools]))
        return known | set(written)


def _standing(line: dict[str, Any], service: str = "") -> Standing:
    """`service`: of the list that the line stands in."""
    return Standing(
        start=dt.datetime.fromisoformat(str(line["start"])[:16]),
        practitioner=str(line.get("practitioner") or ""),
        service=str(line.get("service") or service),
        reference=str(line.get("appointment") or ""),
    )


def _lines(value: Any) -> Iterator[dict[str, Any]]:
    """Every dict with a start, however deep."""
    if isinstance(value, dict):
        if _ISO.match(str(value.get("start", ""))):
            yield value
        for each in value.values():
            yield from _lines(each)
    elif isinstance(value, list):
        for each in value:
            yield from _lines(each)


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _numbers(each)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value


def _walk(value: Any, slots: list[Standing], texts: list[str], key: str = "", service: str = "") -> None:
    if isinstance(value, dict):
        service = str(value.get("service") or service)
        if _ISO.match(str(value.get("start", ""))):
            slots.append(_standing(value, service))
        for name, each in value.items():
            _walk(each, slots, texts, name, service)
    elif isinstance(value, list):
        for each in value:
            _walk(each, slots, texts, key, service)
    elif isinstance(value, str):
        if _ISO.fullmatch(value) and key != "start":
            slots.append(Standing(start=dt.datetime.fromisoformat(value)))
        elif key not in _UNSPOKEN and key != "start" and value:
            texts.append(value)
