"""Every claim of a reply, held against the facts.

A claim of an act needs the act. A time that is offered must come from a tool. What nobody has said and no tool has
returned is unfounded, however it is worded: the tables only tell what is no claim.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agents.runtime.outgoing import claims as claiming
from agents.runtime.outgoing import mentions
from agents.runtime.outgoing.accomplished import is_short
from agents.runtime.outgoing.company import is_with_another, named_with
from agents.runtime.outgoing.delays import wrong_delays
from agents.runtime.outgoing.ending import keeps_longer, tells_the_end
from agents.runtime.outgoing.explained import unexplained
from agents.runtime.outgoing.facts import Committed, Ground, Heard, Standing
from agents.runtime.outgoing.figures import wrong_prices
from agents.runtime.outgoing.general import WEEKDAYS, is_closed_day, is_general, is_of_the_house
from agents.runtime.outgoing.house import contradicts_the_house
from agents.runtime.outgoing.kinds_of_words import HOURS, INSTEAD, INVITES, OPEN, SEEKS, STAYS, TOO, WHETHER
from agents.runtime.outgoing.moments import Moment, moments, named_weekday
from agents.runtime.outgoing.opinion import CERTAIN, VAGUE, besides, is_anything, opinion, weigh
from agents.runtime.outgoing.people import hidden, practitioners_named, strangers
from agents.runtime.outgoing.places import wrong_places
from agents.runtime.outgoing.pools import at_its_time, count, pool
from agents.runtime.outgoing.quantities import wrong_quantities
from agents.runtime.outgoing.said import Said, read, under_conditions
from agents.runtime.outgoing.secrets import leaked
from agents.runtime.outgoing.sentences import Sentence, sentences
from agents.runtime.outgoing.service_words import without_names
from agents.runtime.outgoing.treatments import is_for_another
from agents.runtime.outgoing.wording import all_wordings

ASKED_WITHIN = 3  # sentences after a proposal in which it is asked whether it suits


def unfounded(text: str, committed: Committed, heard: Heard | None = None) -> list[str]:
    """The kinds of what the text claims and nothing bears out, each once; [] when all of it is so."""
    ground = Ground(committed, heard)
    services = [each.name for each in heard.brief.services] if heard else []
    whole = sentences(text)
    review = _Review(ground=ground, sentences=sentences(without_names(text, services)), whole=whole, text=text)
    found = review.acts_and_times()
    if heard is not None:
        found += wrong_prices(text, whole, ground)
        found += strangers(text, whole, ground)
        found += wrong_places(heard.said or text, ground)
        found += wrong_delays(text, ground)
        found += wrong_quantities(whole, ground)
        found += contradicts_the_house(whole, ground)
        found += leaked(text, heard)
    return list(dict.fromkeys(found))


@dataclass
class _Review:
    """One reading of a reply, from its first sentence to its last."""

    ground: Ground
    sentences: list[Sentence]  # without the names of services
    whole: list[Sentence]
    text: str
    carried: set[str] = field(default_factory=set)  # claims whose date or time may still follow
    day: Moment | None = None  # the date that times without one belong to
    under_offers: bool = False  # lines of a list of offers
    proposes: bool = False  # a clause of this sentence offers, and none claims
    repeats: bool = False  # somebody's words are repeated in this sentence
    harmless: bool = False  # this sentence claims nothing, as the examples know it
    faults: list[str] = field(default_factory=list)

    def acts_and_times(self) -> list[str]:
        for place, sentence in enumerate(self.sentences):
            self._sentence(place, sentence)
        if self.ground.heard is not None and not set(re.findall(r"#\d{3,}", self.text)) <= self.ground.references:
            self.faults.append("reference")
        return self.faults

    def _sentence(self, place: int, sentence: Sentence) -> None:
        languages = tuple(wording.code for wording in sentence.wordings)
        found, said = read(sentence, self.text, self.ground.now, self.ground.names)
        likely = opinion(sentence, said, self.ground, self.whole[place].low)
        is_a = (wording.pattern("is_a") for wording in sentence.wordings if not sentence.question)
        if any(named_weekday(found, sentence.folded, pattern) for pattern in is_a):
            self.faults.append("weekday")
        under_conditions(said, sentence.wordings)
        general = is_general(sentence.folded, sentence.wordings) and not any(each.names_a_day for each in found)
        closed = is_closed_day(sentence.folded, found, self.ground.heard)
        of_the_house = is_of_the_house(sentence, self.ground)
        if general or closed or of_the_house:
            for each in said:
                each.claims.clear()
        ends = tells_the_end(sentence, found, self.ground)
        for each in said if ends else ():
            each.claims -= VAGUE
        self.harmless = ends or not is_anything(likely)
        asked = any(later.question for later in self.sentences[place + 1 : place + 1 + ASKED_WITHIN])
        missed = weigh(likely, said, self.ground, asked=asked)
        missed = missed or besides(sentence, said, self.ground, self.whole[place].low, likely)
        offers = self._is_offer(place, found) or self._is_choice(found) or self._heads_offers(place)
        if missed and not ends and not closed and not of_the_house and not offers:
            self.faults.append(missed)
        if is_with_another(sentence, said, self.ground, surely=likely["booked"] > CERTAIN):
            self.faults.append("practitioner")
        if is_for_another(self.whole[place], said, self.ground):
            self.faults.append("service")
        claims = any(each.claims or any(m.times for m in each.moments) for each in said)
        if not claims and is_anything(likely) and not self._asked_soon(place) and self._says_more(place):
            self.faults.append("acted")
        if not sentence.question and any(is_short(sentence.low, code) for code in languages):
            said[0].claims.add("done")
        if not sentence.item:
            self.under_offers = sentence.header and any(each.offers or each.refuses for each in said)
            if not sentence.header and not any(each.moments for each in said):
                self.day = None
        perhaps = self.harmless and self._asked_next(place)
        proposed = sentence.question or self._asked_soon(place) or self._is_choice(found) or perhaps
        self.repeats = any(each.wishes for each in said)
        self.proposes = any(each.offers for each in said) and not any(each.claims for each in said)
        self._claims(sentence, said)
        for each in said:
            for moment in each.moments:
                self._moment(moment, each, said, sentence, proposed)
        whole = any(each.date and each.times for each in found)
        made = set().union(*(each.claims for each in said))
        if made or (whole and not sentence.item):
            self.carried = set() if whole else made

    def _says_more(self, place: int) -> bool:
        """While nothing is done: a sentence that neither asks, offers, refuses nor tells about the house."""
        ground = self.ground
        if not ground.nothing_done or ground.answers_from_knowledge:
            return False
        people = ground.their_people | hidden(self.text, ground.heard.said if ground.heard else "")
        return unexplained(self.whole[place], ground.named_things, people)

    def _is_offer(self, place: int, found: Sequence[Moment]) -> bool:
        """Times that a tool returned, and then a question."""
        item = self.sentences[place].item
        named = [each for each in found if each.exact or (item and each.names_a_day)]
        asked = self._asked_soon(place) or item
        return bool(named) and asked and all(self._borne_by(m, self.ground.offered) for m in named)

    def _heads_offers(self, place: int) -> bool:
        """ "I found three times for your check-up:", and its list."""
        listed = any(each.item for each in self.sentences[place + 1 : place + 2])
        return bool(self.ground.offered) and self.sentences[place].header and listed

    def _is_choice(self, found: Sequence[Moment]) -> bool:
        """Two or more of the offered times in one sentence: "I have Tuesday at 9 and at 10:30"."""
        return sum(each.exact and self._borne_by(each, self.ground.offered) for each in found) > 1

    def _asked_soon(self, place: int) -> bool:
        """Whether one of the next sentences asks if it suits; few words may tell its language only with this one's."""
        own = self.sentences[place].wordings
        for later in self.sentences[place + 1 : place + 1 + ASKED_WITHIN]:
            wordings = {*own, *later.wordings}
            asks = later.question and any(each.pattern("asks").search(later.folded) for each in wordings)
            if asks or INVITES.search(later.folded):
                return True
        return False

    def _asked_next(self, place: int) -> bool:
        return place + 1 < len(self.sentences) and self.sentences[place + 1].question

    def _claims(self, sentence: Sentence, said: Sequence[Said]) -> None:
        """Acts that nothing was done for, whatever their time."""
        for each in said:
            for kind in sorted(each.claims):
                there = pool(self.ground, kind)
                counted = count(each.clause.text, sentence.wordings)
                if kind == "cancelled" and not there and self._is_replaced(said):
                    continue
                if counted > len(there) or not self._of_named_things(sentence, said, kind, there):
                    self.faults.append(kind)

    def _is_replaced(self, said: Sequence[Said]) -> bool:
        """ "Tuesday at 2 is off", of what was moved from there."""
        before = [end for each in self.ground.committed.moved for end in each.ends if end.start == each.before]
        return any(self._borne_by(moment, before) for each in said for moment in each.moments)

    def _of_named_things(self, sentence: Sentence, said: Sequence[Said], kind: str, pool: Sequence[Standing]) -> bool:
        """The service, the practitioner and the number that a sentence names belong to what was done."""
        if (
            kind in ("waiting", "done", "acted")
            or self.ground.heard is None
            or any(each.offers for each in said if not each.claims)
            or any(self._came_from(moment, said) for each in said for moment in each.moments)
        ):
            return True
        words = self.text[sentence.start : sentence.end]
        who = practitioners_named(words, self.ground)
        numbers = set(re.findall(r"#\d{3,}", words))
        services = [
            each.name
            for each in self.ground.heard.brief.services
            if re.search(rf"(?<!\w){re.escape(each.name.casefold())}(?!\w)", words.casefold())
        ]
        return (
            all(
                any(name == each.practitioner for each in pool) or not any(each.practitioner for each in pool)
                for name in who
            )
            and (
                not numbers
                or bool(numbers & {each.reference for each in pool})
                or not any(each.reference for each in pool)
            )
            and (
                not services or any(each.service in services for each in pool) or not any(each.service for each in pool)
            )
        )

    def _moment(self, moment: Moment, each: Said, said: Sequence[Said], sentence: Sentence, proposed: bool) -> None:
        excused = each.clause.asked or each.refuses or each.wishes
        if moment.wrong_weekday and not excused:
            self.faults.append("weekday")
            return
        if moment.date is not None:
            self.day = moment
        if each.asserts and not each.claims and self._of_no_appointment(moment, sentence):
            self.faults.append("stands")
            return
        if keeps_longer(moment, sentence, self.ground) and not excused:
            self.faults.append("reserved")
            return
        owners = self._owners(each, said)
        if owners:
            if not any(self._borne_by(moment, at_its_time(self.ground, kind)) for kind in owners):
                stands = not each.claims and self._borne_by(moment, self.ground.coming)
                if stands or self._is_end(moment) or self._came_from(moment, said):
                    return
                self.faults.append(sorted(owners)[0])
            else:
                self._with_whom(moment, sentence, said, [s for kind in owners for s in pool(self.ground, kind)])
            return
        if moment.exact or (moment.times and moment.time is not None and moment.time.kind == "between"):
            self._time(moment, each, said, sentence, proposed)
        elif moment.times and not excused and self._in_figures(moment, sentence):
            self._hours(moment)
        elif moment.date is not None and not moment.times:
            self._date(moment, each)

    def _is_end(self, moment: Moment) -> bool:
        return self.harmless and bool(moment.times & self.ground.ends)

    def _of_no_appointment(self, moment: Moment, sentence: Sentence) -> bool:
        """ "Your visit on Friday": they have none that day, and none was spoken of."""
        before = sentence.folded[: moment.start - sentence.start]
        ground = self.ground
        if not (moment.times or moment.names_a_day):
            return False
        known = [*ground.coming, *ground.changed, *ground.offered, *ground.held]
        return mentions.is_theirs(before, sentence.wordings) and not self._borne_by(moment, known)

    def _owners(self, each: Said, said: Sequence[Said]) -> set[str]:
        """Whose date or time it is: its own clause's claim, else the one before it, else the next of the sentence."""
        if each.claims:
            return each.claims
        if not each.asserts:
            return set()
        place = said.index(each)
        for other in (*reversed(said[:place]), *said[place + 1 :]):
            if other.claims:
                return other.claims
            if other.offers and other in said[:place]:
                return set()
        return self.carried

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
            self.faults.append("practitioner")

    def _time(self, moment: Moment, each: Said, said: Sequence[Said], sentence: Sentence, proposed: bool) -> None:
        ground = self.ground
        if WHETHER.search(self.text[: moment.start].lower()) and (each.wishes or each.offers):
            return
        looks_back = each.clause.asked or each.refuses or each.wishes or self._came_from(moment, said)
        looks_back = looks_back or bool(INSTEAD.search(each.clause.text) and not STAYS.search(each.clause.text))
        if self._borne_by(moment, [*ground.coming, *(ground.changed if looks_back else ())]):
            self._with_whom(moment, sentence, said, [*ground.coming, *ground.changed, *ground.offered])
            return
        if ground.heard is None or self._are_hours(moment, each) or self._is_end(moment):
            return
        if self._borne_by(moment, [*ground.offered, *ground.held]):
            self._with_whom(moment, sentence, said, ground.offered)
            listed = sentence.item or self.under_offers or self.proposes
            if not (proposed or listed or each.offers or each.wishes or each.refuses):
                self.faults.append("time")
            return
        sentence_moments = [m for part in said for m in part.moments]
        hours = bool(HOURS.search(sentence.folded)) or (moment.time is not None and moment.time.kind == "between")
        general = (
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
        self.faults.append("time")

    def _in_figures(self, moment: Moment, sentence: Sentence) -> bool:
        return bool(HOURS.search(sentence.folded) or re.search(r"\d", self.text[moment.start : moment.end]))

    def _are_hours(self, moment: Moment, each: Said) -> bool:
        """ "Friday 14:00–18:00" in the week's hours, also where a time at 14:00 was offered."""
        stretch = moment.time is not None and moment.time.kind == "between"
        return stretch and not claiming.is_free(each.clause.text) and self._written(moment, self._published_for(moment))

    def _hours(self, moment: Moment) -> None:
        """ "Open until 20:00 on Thursdays"; "after 16:00"."""
        ground = self.ground
        known = [*ground.coming, *ground.offered, *ground.held, *ground.changed]
        if ground.heard is None or self._borne_by(moment, known):
            return
        if not self._written(moment, [*self._published_for(moment), *ground.patients_words]):
            self.faults.append("time")

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
        if self._open_though_closed(moment, each):
            self.faults.append("time")
        single = moment.date is not None and moment.date.readings[0].single
        if self.ground.heard is None or not single or not claiming.is_free(each.clause.text):
            return
        if each.clause.asked or each.refuses or each.wishes or HOURS.search(each.clause.text):
            return
        known = (*self.ground.offered, *self.ground.coming, *self.ground.changed)
        if not SEEKS.match(each.clause.text) and not any(moment.on(slot.start.date()) for slot in known):
            self.faults.append("date")

    def _open_though_closed(self, moment: Moment, each: Said) -> bool:
        if self.ground.heard is None or moment.date is None or not moment.date.readings[0].single or not each.asserts:
            return False
        day = moment.date.readings[0].first
        special = {each.date for each in self.ground.heard.brief.special_days if each.hours}
        closed = f"{WEEKDAYS[day.weekday()]} closed" in self.ground.heard.brief.opening_hours and day not in special
        return closed and bool(OPEN.search(each.clause.text))

    def _written(self, moment: Moment, texts: Iterable[str]) -> bool:
        """Whether one of the texts names this time of day."""
        wanted = moment.ways
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


_NOON = {dt.time(12), dt.time(0)}  # "rather around noon?"
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)\b")
