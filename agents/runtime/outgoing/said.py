"""A clause with what the tables of words find in it."""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agents.runtime.outgoing import claims as claiming
from agents.runtime.outgoing.moments import Moment, moments
from agents.runtime.outgoing.sentences import Clause, Sentence
from agents.runtime.outgoing.wording import Wording


@dataclass
class Said:
    """A clause with its claims and moments."""

    clause: Clause
    claims: set[str]
    moments: list[Moment]
    offers: bool
    wishes: bool
    refuses: bool
    conditional: bool  # it offers what would follow: "I can look, and if something fits, move it"

    @property
    def asserts(self) -> bool:
        """Nothing in it says that it is no claim."""
        return not (self.clause.asked or self.offers or self.wishes or self.refuses)


def read(
    sentence: Sentence, text: str, now: dt.datetime, names: re.Pattern[str] | None = None
) -> tuple[list[Moment], list[Said]]:
    """The moments of a sentence, by their place in it, and its clauses, by their place in the reply (`text`).

    `names`: of people and services, which may hold words for days.
    """
    found = list(moments(text[sentence.start : sentence.end], sentence.codes, now, names))
    placed = [each.shifted(sentence.start) for each in found]
    parts = [part for each in found for part in (each.date, each.time) if part]
    spans = [(part.start + sentence.start, part.end + sentence.start) for part in parts]
    return found, [_said(clause, sentence.wordings, placed) for clause in sentence.clauses(spans)]


def _said(clause: Clause, wordings: Sequence[Wording], placed: Sequence[Moment]) -> Said:
    own = [each for each in placed if clause.start <= each.start < clause.end]
    return Said(
        clause=clause,
        claims=claiming.claims_in(clause, wordings, has_moment=bool(own)),
        moments=own,
        offers=claiming.says(clause, wordings, "offers"),
        wishes=claiming.says(clause, wordings, "wishes"),
        refuses=claiming.takes_back(_REMINDS.sub("", clause.text), wordings),
        conditional=claiming.says(clause, wordings, "offers") and claiming.says(clause, wordings, "conditions"),
    )


_REMINDS = re.compile(  # no refusal: "don't be late"
    r"(?<!\w)(?:(?:please )?do(?:n't| not) (?:be|forget|worry|hesitate|miss|panic|stress)"
    r"|nicht (?:vergessen|zu spat kommen|verpassen)"
    r"|vergiss (?:es |das )?nicht|vergessen sie (?:es |das )?nicht|keine (?:sorge|panik)|kein stress"
    r"|no (?:olvides?|se olvide|te olvides|llegues? tarde|te preocupes|se preocupe|faltes?|tardes)"
    r"|n'oubli\w+ pas|ne (?:t'|vous )?inquiet\w+ pas|(?:ne )?soyez pas en retard|pas de (?:souci|stress|panique)"
    r"|nao (?:se |te )?(?:esque[cç]\w+|preocupe\w*|atrase\w*|falte\w*))(?!\w)"
)


def under_conditions(said: Sequence[Said], wordings: Sequence[Wording]) -> None:
    """ "If you tell me a day, I book it": what follows such a clause is no claim."""
    waiting = False
    for before, after in itertools.pairwise(said):
        begins = before.clause.text.strip()
        about_them = _YOU.search(begins) or not _I.search(begins)
        waiting = waiting or bool(about_them and any(w.pattern("conditions").match(begins) for w in wordings))
        if waiting and begins.endswith(","):
            after.claims.clear()
            after.offers = after.wishes = True
            waiting = False


_I = re.compile(r"\b(?:i|we|ich|wir|j|je|nous|yo|eu|he|hemos)\b")
_YOU = re.compile(r"\b(?:you|sie|mir|vous|usted|me|voce|nos|uns|us)\b")
