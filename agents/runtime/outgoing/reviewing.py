"""One reading of a reply: what each of its sentences claims, with its times, people and services."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.runtime.outgoing import mentions
from agents.runtime.outgoing.accomplished import is_short
from agents.runtime.outgoing.answers import (
    are_not_all_with,
    asks_what_is_off,
    is_with_another_than_asked,
    is_with_them,
    moments_asked,
)
from agents.runtime.outgoing.bare import is_bare, only_names
from agents.runtime.outgoing.beyond import is_beyond_us
from agents.runtime.outgoing.claims import takes_back
from agents.runtime.outgoing.company import is_told_absent, is_with_another, replaced
from agents.runtime.outgoing.denying import (
    affirms_what_is_not,
    denies_the_list,
    denies_what_stands,
    keeps_the_old,
    says_it_failed,
)
from agents.runtime.outgoing.ending import (
    ends_otherwise,
    forgets_the_yes,
    holds_for_hours,
    holds_more,
    is_when_given_up,
    keeps_longer,
    tells_the_end,
)
from agents.runtime.outgoing.explained import unexplained
from agents.runtime.outgoing.facts import Standing
from agents.runtime.outgoing.general import is_closed_day, is_general, is_of_the_house
from agents.runtime.outgoing.gone import denies_what_was_found, is_full_unsearched
from agents.runtime.outgoing.kinds_of_words import INVITES, OFF, PENDING, STAYS
from agents.runtime.outgoing.moments import Moment, named_weekday
from agents.runtime.outgoing.naming import adds_a_service, is_another_of_ours
from agents.runtime.outgoing.nothing_there import says_nothing_is_there
from agents.runtime.outgoing.numbers import names_an_untold_number
from agents.runtime.outgoing.opinion import (
    CERTAIN,
    FAMILIAR,
    NO_CLAIM,
    VAGUE,
    besides,
    claimed_alone,
    is_anything,
    is_joining,
    nearest,
    weigh,
)
from agents.runtime.outgoing.people import hidden, practitioners_named
from agents.runtime.outgoing.pools import at_its_time, count, pool
from agents.runtime.outgoing.queueing import tells_the_queue
from agents.runtime.outgoing.rota import is_with_nobody_then, tells_the_rota
from agents.runtime.outgoing.said import Said, read, under_conditions
from agents.runtime.outgoing.sentences import Sentence
from agents.runtime.outgoing.times import Fault, Times
from agents.runtime.outgoing.treatments import is_for_another
from agents.runtime.outgoing.whole_words import by_itself

_NONE = re.compile(  # what was cancelled, told as standing
    r"(?<!\w)(?:none|nothing|stays?|still|booked|confirmed|keine\w*|nichts|bleib\w*|noch|gebucht|ningun\w*|nada|sigue"
    r"|queda|confirmad\w*|reservad\w*|aucune?|rien|toujours|reste|reserve\w*|confirme\w*|nenhum\w*|continua"
    r"|mantem\w*|ainda|marcad\w*)(?!\w)"
)
ASKED_WITHIN = 3  # sentences after a proposal in which it is asked whether it suits


@dataclass(kw_only=True)
class Review(Times):
    """From the first sentence to the last."""

    sentences: list[Sentence]  # without the names of services
    whole: list[Sentence]
    carried: set[str] = field(default_factory=set)  # claims whose date or time may still follow

    def acts_and_times(self) -> list[Fault]:
        for place, sentence in enumerate(self.sentences):
            self._sentence(place, sentence)
        if self.whole and affirms_what_is_not(self.whole[0], self.ground):
            self._fault("stands", "denials")
        if self.whole and is_with_another_than_asked(self.whole[0], self.ground):
            self._fault("practitioner", "answers")
        if forgets_the_yes(self.whole, self.ground):
            self._fault("reserved", "ending")
        if self.ground.heard is not None and not set(re.findall(r"#\d{3,}", self.text)) <= self.ground.references:
            self._fault("reference", "references")
        return self.faults

    def _sentence(self, place: int, sentence: Sentence) -> None:
        found, said = read(sentence, self.text, self.ground.now, self.ground.names)
        bare = is_bare(sentence, found, self.ground)
        self.bare = self._goes_on_bare(place, found, bare=bare)
        self.tells_a_day = is_bare(sentence, found, self.ground, copulas=True)
        plain = bare or self._asked_for(sentence, said) or is_joining(said, self.ground)
        likely = NO_CLAIM if plain else nearest(sentence, said, self.ground, self.whole[place].low)
        self._names_weekday(sentence, found)
        under_conditions(said, sentence.wordings)
        general = is_general(sentence.folded, sentence.wordings) and not any(each.names_a_day for each in found)
        closed = is_closed_day(sentence.folded, found, self.ground.heard)
        of_the_house = is_of_the_house(sentence, self.ground) or self._tells_hours(sentence, found)
        if general or closed or of_the_house:
            for each in said:
                each.claims.clear()
        ends = tells_the_end(sentence, found, self.ground)
        for each in said if ends else ():
            each.claims -= VAGUE
        self.tells_the_end, self.harmless = ends, ends or not is_anything(likely)
        asked = any(later.question for later in self.sentences[place + 1 : place + 1 + ASKED_WITHIN])
        stays = self._stays(sentence, found, said)
        self.gone, self.waits = self._told_gone(place), self._told_waiting(place)
        missed = weigh(likely, said, self.ground, followed=asked, stays=stays, gone=self.gone)
        if missed in FAMILIAR and not claimed_alone(sentence, said, self.ground, self.whole[place].low):
            missed = None
        missed = missed or besides(sentence, said, self.ground, self.whole[place].low, likely)
        offers = self._is_offer(place, found) or self._is_choice(found) or self._heads_offers(place)
        if missed and not ends and not closed and not of_the_house and not offers:
            self._fault(missed, "examples")
        self._nets(self.whole[place], found, said, surely=likely["booked"] > CERTAIN)
        claims = any(each.claims or any(m.times for m in each.moments) for each in said)
        if not claims and is_anything(likely) and not self._asked_soon(place) and self._says_more(place):
            self._fault("acted", "explained")
        if not sentence.question and any(is_short(sentence.low, code) for code in sentence.codes):
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
        self._carry(sentence, found, said)

    def _carry(self, sentence: Sentence, found: Sequence[Moment], said: Sequence[Said]) -> None:
        """What was claimed without its time, for the time that may follow."""
        whole = any(each.date and each.times for each in found)
        made = set().union(*(each.claims for each in said))
        if made or (whole and not sentence.item):
            self.carried = set() if whole else made

    def _nets(self, sentence: Sentence, found: Sequence[Moment], said: Sequence[Said], *, surely: bool) -> None:
        """What a sentence (with the names of services) may say wrong whatever it claims. `surely`: it books."""
        ground = self.ground
        wrong = {
            ("waiting", "denials"): denies_the_list(sentence, ground),
            ("denied", "denials"): denies_what_stands(sentence, found, ground)
            or says_it_failed(sentence, ground)
            or keeps_the_old(sentence, said, ground)
            or says_nothing_is_there(not sentence.start, sentence, found, ground),
            ("number", "numbers"): names_an_untold_number(sentence, found, ground),
            ("waiting", "queueing"): tells_the_queue(sentence, found, ground),
            ("taken", "gone"): denies_what_was_found(sentence, found, said, ground),
            ("full", "gone"): is_full_unsearched(sentence, ground),
            ("beyond", "beyond"): is_beyond_us(sentence, ground),
            ("practitioner", "rota"): tells_the_rota(sentence, found, said, ground)
            or is_with_nobody_then(sentence, found, said, ground)
            or are_not_all_with(sentence, found, ground)
            or is_with_them(sentence, found, ground),
            ("practitioner", "company"): is_with_another(sentence, said, ground, surely=surely)
            or is_told_absent(sentence, ground),
            ("reserved", "ending"): holds_for_hours(sentence, ground) or holds_more(sentence, found, ground),
            ("time", "ending"): ends_otherwise(sentence, found, ground),
            ("time", "days"): self._opens_that_day(said),
            ("service", "treatments"): is_for_another(sentence, said, ground, surely=surely)
            or is_another_of_ours(sentence, said, ground)
            or adds_a_service(sentence, said, ground),
        }
        for (kind, net), is_so in wrong.items():
            if is_so:
                self._fault(kind, net)

    def _names_weekday(self, sentence: Sentence, found: Sequence[Moment]) -> None:
        is_a = (wording.pattern("is_a") for wording in sentence.wordings if not sentence.question)
        if any(named_weekday(found, sentence.folded, pattern) for pattern in is_a):
            self._fault("weekday", "times")

    def _goes_on_bare(self, place: int, found: Sequence[Moment], *, bare: bool) -> bool:
        """Up to here, only times and people were named."""
        return (bare or (not found and only_names(self.whole[place], self.ground))) and (not place or self.bare)

    def _asked_for(self, sentence: Sentence, said: Sequence[Said]) -> bool:
        """A line of what a patient is asked for: "Could you tell me:", "• the day that suits you"."""
        return sentence.item and self.under_offers and not any(each.claims or each.moments for each in said)

    def _told_waiting(self, place: int) -> bool:
        """ "It's on hold, and one word from you is enough", of what is held."""
        near = self.sentences[max(0, place - 1) : place + 2] if self.ground.held else ()
        return any(PENDING.search(each.folded) for each in near)

    def _told_gone(self, place: int) -> bool:
        """ "It was with Dr Silva, on Tuesday at 14:00. It is cancelled now", of what was cancelled."""
        if not self.ground.committed.cancelled or self.ground.coming or self.sentences[place].question:
            return False
        near = self.sentences[max(0, place - 1) : place + 2]
        if not place and asks_what_is_off(self.ground) and not _NONE.search(self.sentences[place].folded):
            return True
        if STAYS.search(self.sentences[place].folded) or any(takes_back(each.folded, each.wordings) for each in near):
            return False
        return any(OFF.search(each.folded) and not each.question for each in near)

    def _stays(self, sentence: Sentence, found: Sequence[Moment], said: Sequence[Said]) -> bool:
        """ "Your appointment tomorrow at 14:00 stays as it is", of what is coming."""
        named = [each for each in found if each.times or each.names_a_day]
        if not named or not STAYS.search(sentence.folded) or any(each.claims - {"stands", "booked"} for each in said):
            return False
        return all(self._borne_by(each, self.ground.coming) for each in named)

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
                    self._fault(kind, "acts")

    def _is_replaced(self, said: Sequence[Said]) -> bool:
        """ "Tuesday at 2 is off", of what was moved from there."""
        before = [end for each in self.ground.committed.moved for end in each.ends if end.start == each.before]
        named = [moment for each in said for moment in each.moments]
        return bool(before) and any(self._borne_by(each, before) for each in named or moments_asked(self.ground))

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
        who = [name for name in practitioners_named(words, self.ground) if name not in replaced(sentence, self.ground)]
        numbers = set(re.findall(r"#\d{3,}", words))
        services = [
            each.name
            for each in self.ground.heard.brief.services
            if by_itself(each.name.casefold()).search(words.casefold())
        ]
        return (
            all(
                any(name == each.practitioner for each in pool)
                or not any(each.practitioner for each in pool)
                or (kind == "replaced" and any(not each.practitioner for each in pool))
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
            self._fault("weekday", "times")
            return
        if moment.date is not None:
            self.day = moment
            if self._open_though_closed(moment, each):
                self._fault("time", "times")
                return
        if self._is_wrong_farewell(moment, sentence):
            self._fault("date", "days")
            return
        if each.asserts and not each.claims and self._of_no_appointment(moment, sentence):
            self._fault("stands", "mentions")
            return
        if is_when_given_up(moment, sentence, self.ground):
            return
        if keeps_longer(moment, sentence, self.ground) and not excused:
            self._fault("reserved", "ending")
            return
        owners = self._owners(each, said)
        if owners:
            if not any(self._borne_by(moment, at_its_time(self.ground, kind)) for kind in owners):
                stands = not each.claims and self._borne_by(moment, self.ground.coming)
                was = self._is_of_before(moment, each, sentence)
                if stands or was or self._is_end(moment) or self._came_from(moment, said):
                    return
                self._fault(sorted(owners)[0], "times")
            else:
                self._with_whom(moment, sentence, said, [s for kind in owners for s in pool(self.ground, kind)])
            return
        if moment.exact or (moment.times and moment.time is not None and moment.time.kind == "between"):
            self._time(moment, each, said, sentence, proposed)
        elif moment.times and not excused and self._in_figures(moment, sentence):
            self._hours(moment)
        elif moment.date is not None and not moment.times:
            self._date(moment, each)

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
