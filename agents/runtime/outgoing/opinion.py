"""The second opinion on a sentence: what it claims to have been done, learned from examples (see `learned`).

Tables of words know what they were told; what is learned knows what sounds alike. A claim leaves when both miss it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from agents.runtime.outgoing.accomplished import harmless, is_short
from agents.runtime.outgoing.answers import moments_asked
from agents.runtime.outgoing.claims import is_free
from agents.runtime.outgoing.explained import courtesy, of_the_house, unexplained
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.general import is_general
from agents.runtime.outgoing.kinds_of_words import HOURS, INSTEAD, INVITES, PENDING, STAYS
from agents.runtime.outgoing.learned.features import features, glosses_of
from agents.runtime.outgoing.learned.weights import KINDS, likelihoods
from agents.runtime.outgoing.pools import pool
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence

CLEARLY_NOTHING = 0.25  # likelihood of any claim below which the tables are not believed
HARDLY_ANYTHING = 0.35  # … below which their vaguest kinds are not
CERTAIN = 0.8  # likelihood of a kind above which the examples know it better than the tables
SURE = 0.95  # … that words of offering don't weaken
QUITE_LIKELY = 0.5  # … of what no skill of ours can do
LIKELY = 0.35  # likelihood of what nothing bears out, above which it is a claim that the tables missed
TOLD = 0.45  # … above which it is one beside what the tables found and facts bear out
BESIDES = 0.7  # likelihood of what a clause alone claims beside what is so
INTERJECTION, EVEN = 2, 0.5  # words that alone say little, where they more likely claim nothing
FEW = 3  # words that tell no kind: "Done, all good!"
VAGUE = frozenset({"done", "acted"})
_BESIDES = frozenset({"moved", "cancelled", "waiting", "undone", "beyond"})
_ACTS = frozenset({"moved", "cancelled", "undone", "waiting"})
_TIMED = frozenset({"booked", "held", "cancelled"})
_HOLDING, _MORE_THAN_HOLDING = frozenset({"HELD", "HOLD"}), frozenset({"CONFIRMED", "APPT", "NAME"})
FAMILIAR = frozenset({"booked", "held", "moved", "cancelled", "waiting", "undone"})
NO_CLAIM: Mapping[str, float] = {kind: float(kind == "none") for kind in KINDS}
_OF_WHAT_IS_GONE = frozenset({"booked", "stands", "moved", "changed"})
_LIKE_A_BOOKING = frozenset({"booked", "reserved", "stands", "waiting"})
_POOLS = {"held": "reserved"}  # where the kind is called otherwise in `pools`

_ON_THE_LIST = re.compile(r"(?<!\w)(?:list|liste|lista)(?!\w)")
_FIELDS = ("denials", "conditions", "noun", "costs", "free", "where", "asks")
_FIGURE = re.compile(r"[£€$]|https?:|@|\d{4,}")
_EVERYBODY = {"hours": HOURS, "instead": INSTEAD, "stays": STAYS, "invites": INVITES}


def opinion(sentence: Sentence, said: Sequence[Said], ground: Ground, low: str) -> Mapping[str, float]:
    """Kind of claim → how likely the sentence makes it; "none": that it makes none.

    `low`: the sentence with the names of services, which are crossed out elsewhere.
    """
    found = frozenset(signs(sentence, said, ground.named_things, ground.their_people))
    names = ground.name_words & frozenset(re.findall(r"[^\W\d_]+", sentence.folded))
    return _opinion(low, names, found)


def nearest(sentence: Sentence, said: Sequence[Said], ground: Ground, low: str) -> Mapping[str, float]:
    """The opinion on a sentence; on its one claiming clause, where the rest of a long sentence hides the claim."""
    whole = opinion(sentence, said, ground, low)
    claiming = [each for each in said if each.claims and each.asserts and len(each.clause.text.split()) > FEW]
    if any(wording.pattern("conditions").search(sentence.folded) for wording in sentence.wordings):
        return whole
    if is_anything(whole) or len(claiming) != 1 or len(said) < 2 or not ground.nothing_done:
        return whole
    alone = _alone(sentence, claiming[0], ground, low)
    return alone if alone["none"] < CLEARLY_NOTHING else whole


def besides(
    sentence: Sentence, said: Sequence[Said], ground: Ground, low: str, whole: Mapping[str, float]
) -> str | None:
    """The kind of what one of its clauses claims and nothing bears out, beside what is so.

    "You're booked for Thursday, and I've called your doctor": the sentence as a whole sounds like a booking.
    """
    if ground.nothing_done or len(said) < 2 or sentence.question or not is_anything(whole):
        return None
    if any(wording.pattern("conditions").search(sentence.folded) for wording in sentence.wordings):
        return None
    for each in said:
        if not each.asserts or len(each.clause.text.split()) < FEW:
            continue
        likely = _alone(sentence, each, ground, low)
        bare = {kind: much for kind, much in likely.items() if kind in _BESIDES and not _borne_out(kind, ground)}
        if ground.committed.moved and _was(said, ground):
            bare.pop("cancelled", None)
        if sum(bare.values()) > BESIDES:
            return max(bare, key=lambda kind: bare[kind])
    return None


def _alone(sentence: Sentence, each: Said, ground: Ground, low: str) -> Mapping[str, float]:
    begin, end = each.clause.start - sentence.start, each.clause.end - sentence.start
    clause = replace(
        sentence,
        start=each.clause.start,
        end=each.clause.end,
        folded=sentence.folded[begin:end],
        low=sentence.low[begin:end],
    )
    return opinion(clause, [each], ground, low[begin:end])


def is_anything(likely: Mapping[str, float]) -> bool:
    """Whether it may be a claim at all."""
    return 1.0 - likely["none"] >= HARDLY_ANYTHING


def claimed_alone(sentence: Sentence, said: Sequence[Said], ground: Ground, low: str) -> bool:
    """Whether a claim stands in what is asserted, not in what is offered beside it: "It's cancelled, but I can try…".

    Only where each assertion is one that the tables know and facts bear out.
    """
    spoken = [each for each in said if each.clause.text.strip(" ,.;:!")]
    asserting = [each for each in spoken if each.asserts]
    so = all(any(pool(ground, kind) for kind in each.claims) for each in asserting)
    if not asserting or len(asserting) == len(spoken) or not so or ground.nothing_done:
        return True
    alone = (_alone(sentence, each, ground, low) for each in asserting)
    bare = (
        sum(much for kind, much in each.items() if not _borne_out(kind, ground) and kind != "none") for each in alone
    )
    return any(much > LIKELY for much in bare)


def weigh(
    likely: Mapping[str, float],
    said: Sequence[Said],
    ground: Ground,
    *,
    followed: bool = False,
    stays: bool = False,
    gone: bool = False,
) -> str | None:
    """Take claims back that the examples know better, or name the kind that the tables missed and nothing bears out.

    `followed`: a question follows ("from Tuesday to Thursday. Shall I move it?"). `stays`: what is coming stays as it
    is. `gone`: it tells of what was cancelled, and that it was.
    """
    if not is_anything(likely):
        for each in said:
            each.claims -= each.claims if 1.0 - likely["none"] < CLEARLY_NOTHING else VAGUE
    waits = bool(ground.held) and any(PENDING.search(each.clause.text) for each in said)
    if likely["beyond"] > QUITE_LIKELY and not waits:
        return "beyond"
    timeless = not any(each.moments for each in said) and likely["waiting"] > likely["booked"]
    if pool(ground, "waiting") and (timeless or _is_of_the_list(said, ground)):
        likely = {**likely, "waiting": likely["waiting"] + likely["booked"], "booked": 0.0}
        for each in said:
            each.claims = {"waiting" if kind in _LIKE_A_BOOKING else kind for kind in each.claims}
    likely = _as_cancelled(said, likely) if gone else likely
    if ground.held and not ground.coming and _keeps(said):
        held = likely["held"]
        likely = {**likely, "held": held + likely["booked"], "booked": 0.0}
        meant = {"booked", "stands"} if held > CERTAIN else {"booked"}
        for each in said:
            each.claims = {"reserved" if kind in meant else kind for kind in each.claims}
    _correct(said, likely, ground)
    claims = set().union(*(each.claims for each in said))
    if not claims and not followed:
        claims = _believe(said, likely, ground)
    bare = {kind: much for kind, much in likely.items() if kind != "none" and not _borne_out(kind, ground)}
    if any(pool(ground, claim) for claim in claims & _ACTS):
        bare.pop("booked", None)  # what was done is told with the appointment that it was done to
    if ground.committed.moved and _was(said, ground):
        bare.pop("cancelled", None)  # "Tuesday's is off, it's Wednesday now"
    if stays:
        bare = {kind: much for kind, much in bare.items() if kind == "beyond"}
    if ground.nothing_done and not claims and words_of(said) <= INTERJECTION and likely["none"] > EVEN:
        return None  # "Wunderbar!"
    milder = any(each.refuses or each.clause.asked or each.wishes or each.conditional for each in said)
    milder = milder or (followed and any(each.offers for each in said) and not ground.held)
    least = TOLD if claims else CERTAIN if milder else LIKELY
    return max(bare, key=lambda kind: bare[kind]) if sum(bare.values()) > least else None


_PUT_ON = re.compile(
    r"(?<!\w)(?:added|put you (?:on|down)|signed you up|eingetragen|(?:drauf|rauf)gesetzt|aufgenommen|apuntad[oa]"
    r"|apuntar\w*"
    r"|apunte|anadid[oa]|anadir\w*|anadi|inscrit\w*|inscrire|ajoute\w*|adicion\w+|inscrev\w+|coloquei)(?!\w)"
)
_A_SENTENCE = 9  # words


def _puts_on_the_list(said: Sequence[Said], ground: Ground) -> bool:
    """ "I've just added you", of somebody who has joined it and has nothing else."""
    if not pool(ground, "waiting") or ground.coming or ground.offered or any(each.moments for each in said):
        return False
    text = " ".join(each.clause.text for each in said)
    people = ground.name_words & frozenset(re.findall(r"[^\W\d_]+", text))
    return words_of(said) <= _A_SENTENCE and not people and _PUT_ON.search(text) is not None and not _DIARY.search(text)


_DIARY = re.compile(
    r"(?<!\w)(?:appointment|diary|calendar|booked|in for|termin\w*|kalender|gebucht|cita|agenda|reserva\w*|rendez-vous"
    r"|rdv|reserve\w*|consulta|marca\w*|doctor\w*|colour|color)(?!\w)"
)


def is_joining(said: Sequence[Said], ground: Ground) -> bool:
    """Whether it tells that they were put on the list, and they were: whatever the examples think of it."""
    if not _puts_on_the_list(said, ground):
        return False
    for each in said:
        each.claims = {"waiting"} if each.claims else set()
    return True


def _is_of_the_list(said: Sequence[Said], ground: Ground) -> bool:
    """It speaks of the waiting list, or the patient does while nothing is booked: "You're down, yes"."""
    asked = () if ground.coming else (fold(each) for each in ground.patients_words[-1:])
    return any(_ON_THE_LIST.search(text) for text in (*(each.clause.text for each in said), *asked))


def _as_cancelled(said: Sequence[Said], likely: Mapping[str, float]) -> Mapping[str, float]:
    """What was cancelled is told with its time, and sounds like a booking; not where something is booked anew."""
    anew = any(each.moments and "booked" in each.claims and "cancelled" not in each.claims for each in said)
    if anew and any("cancelled" in each.claims for each in said):
        return likely
    for each in said:
        each.claims = {"cancelled" if kind in _OF_WHAT_IS_GONE else kind for kind in each.claims}
    much = likely["cancelled"] + likely["booked"] + likely["moved"]
    return {**likely, "cancelled": much, "booked": 0.0, "moved": 0.0}


def words_of(said: Sequence[Said]) -> int:
    return sum(len(each.clause.text.split()) for each in said)


def _keeps(said: Sequence[Said]) -> bool:
    """ "10:30 is reserved for you" is so of what is held, and sounds like a booking."""
    if any(PENDING.search(each.clause.text) for each in said):
        return True
    words = [word.strip(".,;:!?") for each in said for word in each.clause.low.split()]
    meanings = {gloss for word in words for gloss in glosses_of(word)}
    return bool(meanings & _HOLDING) and not meanings & _MORE_THAN_HOLDING


def _believe(said: Sequence[Said], likely: Mapping[str, float], ground: Ground) -> set[str]:
    """A claim that only the examples know, and that something bears out: its times must be borne out, too."""
    kind = max(likely, key=lambda each: likely[each])
    timed = [each for each in said if each.moments]
    if (
        kind in _TIMED
        and likely[kind] > CERTAIN
        and _borne_out(kind, ground)
        and len(timed) == 1
        and _stands_by(timed[0], likely[kind])
    ):
        timed[0].claims = {_POOLS.get(kind, kind)}
        return timed[0].claims
    return set()


def _stands_by(each: Said, much: float) -> bool:
    """Nothing in it says that it is no claim, or hardly anything can."""
    return each.asserts or (much > SURE and not (each.clause.asked or each.refuses))


def _was(said: Sequence[Said], ground: Ground) -> bool:
    """One of its times is where something was before it was moved."""
    before = [each.before for each in ground.committed.moved if each.before]
    named = [moment for each in said for moment in each.moments] or (moments_asked(ground) if before else [])
    return any(
        moment.on(when.date()) if not moment.times else when.time() in moment.times
        for moment in named
        for when in before
    )


def _correct(said: Sequence[Said], likely: Mapping[str, float], ground: Ground) -> None:
    """ "You're on the list": the tables take it for a booking. "It's back in": they only tell that it is done."""
    kind = max(likely, key=lambda each: likely[each])
    claims = set().union(*(each.claims for each in said))
    wrong = bool(claims) and claims <= _LIKE_A_BOOKING and not any(pool(ground, claim) for claim in claims)
    vague = bool(claims) and claims <= VAGUE and words_of(said) > FEW
    certain = kind not in ("none", "done") and likely[kind] > CERTAIN
    if certain and (vague or (wrong and _borne_out(kind, ground))):
        for each in said:
            each.claims = {_POOLS.get(kind, kind)} if each.claims else set()


def _borne_out(kind: str, ground: Ground) -> bool:
    return kind != "beyond" and bool(pool(ground, _POOLS.get(kind, kind)))


@lru_cache(maxsize=2048)
def _opinion(low: str, names: frozenset[str], found: frozenset[str]) -> Mapping[str, float]:
    return likelihoods(features(low, names, found))


def signs(
    sentence: Sentence, said: Sequence[Said], things: re.Pattern[str], people: Collection[str]
) -> Collection[str]:
    """What the tables say of a sentence, the same words for all languages."""
    folded = sentence.folded
    told = {
        "question": sentence.question,
        "asked": any(each.clause.asked for each in said),
        "offers": any(each.offers for each in said),
        "wishes": any(each.wishes for each in said),
        "refuses": any(each.refuses for each in said),
        "asserts": all(each.asserts for each in said),
        "one": len(said) == 1,
        "item": sentence.item,
        "header": sentence.header,
        "general": is_general(folded, sentence.wordings),
        "free_time": is_free(folded),
        "short": any(is_short(sentence.low, wording.code) for wording in sentence.wordings),
        "harmless": any(harmless(sentence.low, wording.code) for wording in sentence.wordings),
        "unexplained": unexplained(sentence, things, people),
        "greets": courtesy(folded),
        "house": of_the_house(folded),
        "figure": bool(_FIGURE.search(folded)),
        "day": any(moment.date is not None for each in said for moment in each.moments),
        "time": any(moment.times for each in said for moment in each.moments),
        "few_words": len(folded.split()) < 4,
        "many_words": len(folded.split()) > 11,
    }
    told |= {name: bool(pattern.search(folded)) for name, pattern in _EVERYBODY.items()}
    told |= {each: any(w.pattern(each).search(folded) for w in sentence.wordings) for each in _FIELDS}
    found = [name for name, is_so in told.items() if is_so]
    claims = {f"claims_{kind}" for each in said for kind in each.claims}
    return [*found, *sorted(claims or {"claims_nothing"})]
