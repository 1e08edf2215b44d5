"""The dates and times of a reply: each must be one that a tool returned, that stands, or that the house publishes."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agents.runtime.outgoing import claims as claiming
from agents.runtime.outgoing.company import named_with
from agents.runtime.outgoing.facts import Ground, Standing
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.general import WEEKDAYS
from agents.runtime.outgoing.kinds_of_words import (
    BEFORE,
    HOURS,
    INSTEAD,
    LOOKS,
    OPEN,
    REOPENS,
    ROOM,
    SEEKS,
    STAYS,
    THAT_DAY,
    TOO,
    UNDOES,
    WAS,
    WHETHER,
)
from agents.runtime.outgoing.moments import Moment, moments
from agents.runtime.outgoing.opening import is_open_at
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.wording import all_wordings


@dataclass(frozen=True)
class Fault:
    """What nothing bears out. `net`: which of the checks found it."""

    kind: str
    net: str


@dataclass
class Times:
    """Where a reading of a reply is, and what it thinks of a moment there."""

    ground: Ground
    text: str
    day: Moment | None = None  # the date that times without one belong to
    under_offers: bool = False  # lines of a list of offers
    proposes: bool = False  # a clause of this sentence offers, and none claims
    tells_a_day: bool = False  # "It's in three days", and no more
    bare: bool = False  # this sentence, the first, only names times and people
    waits: bool = False  # this sentence, or one beside it, says that it waits for a yes
    gone: bool = False  # this sentence tells of what was cancelled
    repeats: bool = False  # somebody's words are repeated in this sentence
    harmless: bool = False  # this sentence claims nothing, as the examples know it
    tells_the_end: bool = False  # this sentence tells when a visit is over
    faults: list[Fault] = field(default_factory=list)

    def _fault(self, kind: str, net: str) -> None:
        self.faults.append(Fault(kind, net))

    def _is_end(self, moment: Moment) -> bool:
        """When a visit is over, said so, or beside when it begins: "from 9:30 to 10:20"."""
        if self.tells_the_end:
            return bool(moment.times & (self.ground.ends | self.ground.ends_of_offers))
        starts = {each.start.time() for each in self.ground.coming}
        return self.harmless and bool(moment.times & self.ground.ends) and bool(moment.times & starts)

    def _borne_by(self, moment: Moment, pool: Iterable[Standing]) -> bool:
        times, day = moment.times, moment if moment.date else self.day
        if not times:
            return any(moment.on(each.start.date()) for each in pool)
        return any(each.start.time() in times and (day is None or day.on(each.start.date())) for each in pool)

    def _came_from(self, moment: Moment, said: Sequence[Said]) -> bool:
        """ "From Tuesday at 2 to Wednesday at 3": where it was, beside where it is."""
        if any(TOO.search(each.clause.text) for each in said):
            return False
        others = [m for part in said for m in part.moments if m is not moment and (m.times or m.names_a_day)]
        return self._borne_by(moment, self.ground.changed) and any(
            self._borne_by(m, self.ground.coming) for m in others
        )

    def _is_of_before(self, moment: Moment, each: Said, sentence: Sentence) -> bool:
        """ "Originally it was Tuesday at 14:00", of what was moved or cancelled."""
        if not self._borne_by(moment, self.ground.changed):
            return False
        words = each.clause.text
        return bool(BEFORE.match(sentence.folded)) or bool(
            (WAS.search(words) or INSTEAD.search(words)) and not STAYS.search(words)
        )

    def _with_whom(self, moment: Moment, sentence: Sentence, said: Sequence[Said], pool: Sequence[Standing]) -> None:
        """Who is named with a time is who it is with."""
        who = named_with(moment, sentence, [m for each in said for m in each.moments], self.ground)
        there = [each for each in pool if self._borne_by(moment, [each])]
        if (
            who
            and there
            and any(each.practitioner for each in there)
            and not {each.practitioner for each in there} & set(who)
        ):
            self._fault("practitioner", "names")

    def _time(self, moment: Moment, each: Said, said: Sequence[Said], sentence: Sentence, proposed: bool) -> None:
        ground = self.ground
        if WHETHER.search(self.text[: moment.start].lower()) and (each.wishes or each.offers):
            return
        looks_back = each.clause.asked or each.refuses or each.wishes or self._came_from(moment, said)
        if LOOKS.search(each.clause.text) and not claiming.is_free(each.clause.text):
            return
        looks_back = looks_back or self._is_of_before(moment, each, sentence)
        gone = (self.bare or self.harmless or self.gone) and bool(ground.committed.cancelled)
        looks_back = looks_back or (proposed and bool(ground.committed.moved) and bool(UNDOES.search(sentence.folded)))
        # "The check-up on Tuesday at 14:00", which was cancelled
        if self._borne_by(moment, [*ground.coming, *(ground.changed if looks_back or gone else ())]):
            self._with_whom(moment, sentence, said, [*ground.coming, *ground.changed, *ground.offered])
            return
        if ground.heard is None or self._are_hours(moment, each) or self._is_end(moment):
            return
        dateless = sentence.question and moment.date is None  # "Shall I book 10:30?", whatever day was told last
        anywhere = dateless and any(each.start.time() in moment.times for each in (*ground.offered, *ground.held))
        if anywhere or self._borne_by(moment, [*ground.offered, *ground.held]):
            self._with_whom(moment, sentence, said, ground.offered)
            listed = sentence.item or self.under_offers or self.proposes
            bare = self.bare and self._borne_by(moment, ground.held or ground.offered)
            said_no = any(part.refuses for part in said)  # "9:00 and 15:30 aren't held"
            said_no |= bool(_FOUND.search(sentence.folded))
            waits = self.waits and not each.claims and self._borne_by(moment, ground.held)
            if not (waits or proposed or listed or bare or each.offers or each.wishes or said_no):
                self._fault("time", "times")
            return
        sentence_moments = [m for part in said for m in part.moments]
        hours = bool(HOURS.search(sentence.folded)) or (moment.time is not None and moment.time.kind == "between")
        if self._is_a_duration(moment) or (OPEN.search(each.clause.text) and is_open_at(moment, ground)):
            return
        general = self._may_be_hours(sentence) and (
            hours
            or (moment.date is None and not any(m.date for m in sentence_moments))
            or not (any(part.offers for part in said) or proposed or sentence.item)
        )
        if general and not claiming.is_free(each.clause.text) and self._written(moment, self._published_for(moment)):
            return
        if each.refuses and not claiming.is_free(each.clause.text):
            return
        repeats = sentence.question or each.wishes or each.refuses or self.repeats
        if repeats and self._written(moment, ground.patients_words):
            return
        if moment.time is not None and moment.time.kind == "between" and each.clause.asked:
            return
        if sentence.question and _NOON & moment.times and not re.search(r"\d", self.text[moment.start : moment.end]):
            return
        self._fault("time", "times")

    def _is_wrong_farewell(self, moment: Moment, sentence: Sentence) -> bool:
        """ "See you on Wednesday!", when nothing is coming then."""
        coming = {each.start.date() for each in self.ground.coming}
        begins = fold(self.text[sentence.start : moment.end])
        rest = self.text[moment.end : sentence.end].split()
        if sentence.question or moment.date is None or len(rest) > FEW or not _UNTIL_THEN.match(begins):
            return False
        return bool(coming or self.ground.committed.cancelled) and not coming & {
            reading.last for reading in moment.date.readings
        }

    def _may_be_hours(self, sentence: Sentence) -> bool:
        """No time of an appointment is known, or hours are spoken of or asked for."""
        ground = self.ground
        if not (ground.offered or ground.coming or ground.changed):
            return True
        texts = (sentence.folded, *(fold(each) for each in ground.patients_words[-1:]))
        return any(pattern.search(text) for pattern in (HOURS, OPEN) for text in texts)

    def _is_a_duration(self, moment: Moment) -> bool:
        """ "72 €, 1h30": as long as one of the services."""
        told = _LASTING.fullmatch(self.text[moment.start : moment.end].strip().lower())
        if told is None or moment.date is not None or self.ground.heard is None:
            return False
        minutes = int(told[1]) * 60 + int(told[2] or 0)
        return any(minutes == each.minutes for each in self.ground.heard.brief.services)

    def _in_figures(self, moment: Moment, sentence: Sentence) -> bool:
        return bool(HOURS.search(sentence.folded) or re.search(r"\d", self.text[moment.start : moment.end]))

    def _are_hours(self, moment: Moment, each: Said) -> bool:
        """ "Friday 14:00–18:00" in the week's hours, also where a time at 14:00 was offered."""
        stretch = moment.time is not None and moment.time.kind == "between"
        return stretch and not claiming.is_free(each.clause.text) and self._written(moment, self._published_for(moment))

    def _tells_hours(self, sentence: Sentence, found: Sequence[Moment]) -> bool:
        """ "We welcome you Monday to Friday, 8:30 to 17:30": stretches that are the published hours."""
        timed = [each for each in found if each.times]
        if REOPENS.match(sentence.folded) and self.ground.nothing_done and not self.ground.offered:
            return bool(timed) and all(self._written(each, self._published_for(each)) for each in timed)
        stretches = all(each.time is not None and each.time.kind == "between" for each in timed)
        if not timed or not stretches or self.ground.heard is None:
            return False
        return all(self._written(each, self._published_for(each)) for each in timed)

    def _hours(self, moment: Moment) -> None:
        """ "Open until 20:00 on Thursdays"; "after 16:00"."""
        ground = self.ground
        known = [*ground.coming, *ground.offered, *ground.held, *ground.changed]
        if ground.heard is None or self._borne_by(moment, known) or self._is_end(moment):
            return
        if not self._written(moment, [*self._published_for(moment), *ground.patients_words]):
            self._fault("time", "times")

    def _published_for(self, moment: Moment) -> list[str]:
        """Texts that may name its time: not the opening hours of other weekdays."""
        ground = self.ground
        texts = [*ground.published, *ground.told_by_tools, *ground.said_before]
        if moment.date is None:
            return texts
        days = {day.weekday() for reading in moment.date.readings for day in (reading.first, reading.last)}
        others = {day for place, day in enumerate(WEEKDAYS) if place not in days}
        return [each for each in texts if each.split(" ", 1)[0] not in others]

    def _date(self, moment: Moment, each: Said) -> None:
        """A day on which something is said to be free is a day for which a tool returned something."""
        single = moment.date is not None and moment.date.readings[0].single
        if _NOT_THEN.search(self.text[: moment.start].lower()) or _THEN_NOT.match(self.text[moment.end :].lower()):
            return
        if self.tells_a_day and single and self._on_no_day_of_theirs(moment):
            self._fault("date", "times")
        free = claiming.is_free(each.clause.text) or ROOM.search(each.clause.text)
        if self.ground.heard is None or not single or not free:
            return
        if each.clause.asked or each.refuses or each.wishes or HOURS.search(each.clause.text):
            return
        known = (*self.ground.offered, *self.ground.coming, *self.ground.changed)
        if not SEEKS.match(each.clause.text) and not any(moment.on(slot.start.date()) for slot in known):
            self._fault("date", "times")

    def _on_no_day_of_theirs(self, moment: Moment) -> bool:
        """ "On Thursday", alone, when what stands is on Tuesday."""
        ground = self.ground
        known = [*ground.coming, *ground.held, *ground.offered, *(ground.changed if ground.committed.cancelled else ())]
        return bool(ground.coming) and not moment.on(ground.now.date()) and not self._borne_by(moment, known)

    def _opens_that_day(self, said: Sequence[Said]) -> bool:
        """ "Yes, we're open that day", of a day that the patient named and on which the house is closed."""
        about = [each for each in said if THAT_DAY.search(each.clause.text) and OPEN.search(each.clause.text)]
        if not about or self.ground.heard is None or not self.ground.patients_words:
            return False
        words = self.ground.patients_words[-1]
        codes = tuple(wording.code for wording in all_wordings())
        return any(
            self._open_though_closed(moment, each)
            for moment in moments(words, codes, self.ground.now)
            for each in about
        )

    def _open_though_closed(self, moment: Moment, each: Said) -> bool:
        if self.ground.heard is None or moment.date is None or not moment.date.readings[0].single or not each.asserts:
            return False
        day = moment.date.readings[0].first
        special = {each.date: each.hours for each in self.ground.heard.brief.special_days}
        weekly = f"{WEEKDAYS[day.weekday()]} closed" in self.ground.heard.brief.opening_hours
        closed = not special[day] if day in special else weekly
        return closed and bool(OPEN.search(each.clause.text))

    def _written(self, moment: Moment, texts: Iterable[str]) -> bool:
        """Whether one of the texts names this time of day."""
        wanted = [{max(way)} for way in moment.ways if way] if moment.until else moment.ways
        codes = tuple(wording.code for wording in all_wordings())
        for text in texts:
            named = {dt.time(int(match[1]), int(match[2])) for match in _CLOCK.finditer(text)}
            if any(each <= named for each in wanted):
                return True
            for code in codes:
                told = set().union(*(each.times for each in moments(text, (code,), self.ground.now)))
                if any(each <= told for each in wanted):
                    return True
        return False


_NOT_THEN = re.compile(r"(?<!\w)(?:not|nicht|no|pas|não|nao)(?: on| am| el| le| na)? $")
_THEN_NOT = re.compile(r" (?:no|not|nicht|pas|não)\W")
_FOUND = re.compile(
    r"(?<!\w)(?:i found|i saw|gefunden|gesehen|encontr(?:e|ei|ado)|vi|trouve|earliest|latest|fruheste\w*"
    r"|spateste\w*)(?!\w)"
)
FEW = 2  # words after the day of a farewell
_UNTIL_THEN = re.compile(
    r"\W*(?:[^,;:.!?]{1,28}[,!]\W+)?(?:(?:so|then|ok|entao|alors|entonces|also|dann)\W+)*(?:see you(?: on)?|bis"
    r"|hasta(?: el)?|à|ate|até)(?!\w)"
)
_LASTING = re.compile(r"([123]) ?h ?([0-5]\d)?")
_NOON = {dt.time(12), dt.time(0)}  # "rather around noon?"
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)\b")
