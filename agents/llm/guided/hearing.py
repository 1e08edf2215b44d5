"""What a message of the patient changes in the story: it answers our question, or changes what is wanted."""

import re

from agents.llm.guided import wants
from agents.llm.guided.agreeing import agrees, beside_what_is_shown, cancels, holds_back, keeps
from agents.llm.guided.changing import replace
from agents.llm.guided.companions import Person
from agents.llm.guided.diary_lines import Appointment, Offer
from agents.llm.guided.goals import drop, hear_goal
from agents.llm.guided.languages import Language, all_languages
from agents.llm.guided.languages.detecting import may_be_in
from agents.llm.guided.one_too import hear_one_too
from agents.llm.guided.places import hear_place, listed
from agents.llm.guided.reading import Reading, beside, chosen, read
from agents.llm.guided.service_names import default_service
from agents.llm.guided.several_days import hear_days
from agents.llm.guided.spelling import LONG as LONG_WORD
from agents.llm.guided.spelling import SHORT as SHORT_WORD
from agents.llm.guided.spelling import mended
from agents.llm.guided.story import Companion, Story, after_speaking, end_of
from agents.llm.guided.tapping import hear_tapped, is_stale
from agents.llm.guided.together import hear_together, is_for_two, is_group, visit_of
from agents.llm.guided.wants import Want
from agents.llm.guided.weekday_figures import day_or_hour, with_hour
from agents.llm.guided.words import unaccented
from agents.types import Entry
from calendar_sync.when import Mention, Wish

EXPECTING = {
    "confirm": "time",
    "confirm_move": "time",
    "when": "date",
    "date": "date",
    "time": "time",
    "choose": "time",
    "change": "time",
    "minutes": "minutes",
    "seats": "seats",
    "times": "times",
    "every": "every",
}

YES_AND_NO = frozenset({"confirm", "confirm_move", "confirm_cancel", "offer_booking", "offer_waitlist", "offer_move"})
SHORTEST_WORD = 3  # letters of a yes with one letter missing
SHORT = 5  # words; in a longer answer to a read-back a bare figure may be anything
_LISTED = re.compile(  # "the 2 please": a number and small words are a place of the list that was shown
    r"^\W*(?:(?:the|number|die|der|den|das|nummer|el|la|los|numero|opcion|le|option|o|a|opcao|n[or°º]\.?)\s+)*#?"
    r"(\d{1,2})(?:(?:st|nd|rd|th|er|e|eme|ere|a|o|º|ª)\b)?\W*(?:(?:one|option|slot|choice|opcion|opcao)\b)?\W*"
    r"(?:please|pls|bitte|por favor|porfa|s'?il vous plait|svp|thanks|danke|gracias|merci|obrigad[oa])?\W*$",
    re.IGNORECASE,
)


_NTH = re.compile(r"\d(?:st|nd|rd|th|er|e|o|º)\W*$")


def after_hearing(story: Story, text: str, about: str = "") -> Story:
    """The story once the patient has written this; `about`: the appointment whose reminder it answers, if any."""
    shown = [each.start for each in (*story.table, *filter(None, [story.proposed]))]
    reading = beside_what_is_shown(replace(_heard(story, text), about=about), shown, story.language.code)
    if story.question == "name" and not reading.name:
        reading = _as_name(story, reading)
    elif _is_late_name(story, reading):
        reading = replace(_as_name(story, reading), relation=story.relation)
    story, reading = hear_one_too(story, reading)
    story = replace(story, heard=(*story.heard, reading), found=(), about=reading.about or story.about)
    tapped = hear_tapped(story, reading)
    if tapped is not None:
        return tapped
    story = hear_goal(story, reading)
    if story.goal in ("late", "undo", "answer"):
        number = story.number if reading.number is None else reading.number
        return replace(story, minutes=reading.minutes or story.minutes, number=number)
    story = _hear_whom(story, reading)
    if story.goal == "cancel" or story.question == "which":
        return _hear_which(story, reading)
    if _answers_service(story, reading):
        return _hear_service_number(story, reading)
    story = hear_together(_hear_details(story, reading), reading)
    story, reading = hear_days(story, reading)
    if story.proposed and story.question in ("confirm", "confirm_move", "change", "name"):
        return _hear_answer(story, reading)
    if story.table:
        return _hear_choice(story, reading)
    return _hear_time(story, reading, base=None)


def _heard(story: Story, text: str) -> Reading:
    """What was tapped or written; words that say nothing in the language of the conversation may do so in another."""
    choice, words = chosen(text)
    if choice in ("yes", "no"):
        return Reading(text=words, wish=Wish(), choice=choice, yes=choice == "yes", no=choice == "no")
    if is_stale(choice):
        return Reading(text=words, wish=Wish(), choice=choice)
    listed = _place_in_list(story, words)
    if listed:
        return Reading(text=words, wish=Wish(), choice=choice, number=listed)
    words = with_hour(story, words)
    expecting = _expecting(story, words)
    if story.question != "name":
        asked = story.question in YES_AND_NO
        words = mended(words, story.language, shortest=SHORT_WORD if asked else LONG_WORD)
    own = _as_yes_or_no(story, words) or read(words, brief=story.brief, language=story.language, expecting=expecting)
    if not (own.clear or own.more_than_polite or story.question == "name"):
        closer = mended(words, story.language, shortest=SHORT_WORD)
        if closer != words:
            own = read(closer, brief=story.brief, language=story.language, expecting=expecting)
    if not (own.clear or own.more_than_polite or story.question == "name"):
        for language in all_languages(story.brief.language):
            if not may_be_in(language.code, words, story.language.code):
                continue
            other = read(words, brief=story.brief, language=language, expecting=expecting)
            if other.clear:
                own = other
                break
    if "others" in own.acts:
        own = replace(own, wish=Wish(), acts=own.acts - {"book", "list"})  # of times that others have
    return replace(day_or_hour(story, words, own), choice=choice)


def _as_yes_or_no(story: Story, text: str) -> Reading | None:
    """A single word after a question for a yes is one, if a slip of the finger makes it so: "sue" is "sure"."""
    if story.question not in YES_AND_NO or len(text.split()) != 1:
        return None
    closer = mended(text, story.language, shortest=SHORTEST_WORD)
    reading = read(closer, brief=story.brief, language=story.language) if closer != text else None
    return reading if reading is not None and (reading.yes or reading.no) else None


def _place_in_list(story: Story, text: str) -> int:
    """Which line of our list is named by its number and nothing else; 0 for none."""
    shown = len(story.table)
    if story.question == "which":
        shown = len(story.appointments or ())
    elif story.question == "place":
        shown = len(listed(story))
    elif story.question == "service" and story.services_listed:
        shown = len(story.brief.services)
    match = _LISTED.match(unaccented(text))
    days = {each.start.day for each in story.table}
    if match and any(letter.isalpha() for letter in match[0]) and int(match[1]) in days and _NTH.search(match[0]):
        return 0  # "the 24th" may be the day
    return int(match[1]) if match and 1 <= int(match[1]) <= shown else 0


def _expecting(story: Story, text: str) -> str:
    """What a lone figure would answer; one that numbers a listed time is a choice."""
    figure = text.strip(" .,!#")
    choices = len(story.table) or (1 if story.proposed else 0)
    if figure.isdigit() and 1 <= int(figure) <= choices:
        return ""
    if story.proposed and len(text.split()) > SHORT:
        return ""
    if story.last_made and story.language.words["move"].search(text):
        return "time"  # "change it to 10"
    return EXPECTING.get(story.question, "")


def after_staff(story: Story, entry: Entry) -> Story:
    """A colleague has written: our question is no longer the last word, what is wanted stays."""
    return replace(after_speaking(story, entry), misses=0)


def _is_late_name(story: Story, reading: Reading) -> bool:
    """Whether the name that we asked for before may be what stands in the answer to a read-back."""
    nameless = bool(story.relation) and not story.patient_name
    return nameless and story.question == "confirm" and not (reading.yes or reading.no) and reading.acts <= {"place"}


def _as_name(story: Story, reading: Reading) -> Reading:
    """The answer to "What is their name?" is a name, if it can be one."""
    words = story.language.words
    bare = unaccented(reading.text)
    match = words["named"].search(bare) or words["bare_name"].search(bare)
    name = reading.text[match.start(1) : match.end(1)] if match else ""
    agreed = read(name, brief=story.brief, language=story.language)
    if not name or agreed.yes or agreed.no:  # "Yes, confirm."
        return reading
    return replace(reading, name=name, yes=False, no=False, acts=frozenset())


def _hear_whom(story: Story, reading: Reading) -> Story:
    if reading.seats is not None and is_group(story, reading.service or story.service):
        return story  # "for me and my friend": two places
    if is_for_two(reading.service or story.service or story.service_asked) and len(reading.party.people) < 2:
        with_me = story.language.words["with_me"].search(unaccented(reading.text))
        if with_me or not (reading.relation and reading.name):  # "for my daughter Hannah" is hers alone
            return story  # "my husband and I", for a couples session
    whom = reading.also_for or (reading.relative if story.last_made and not reading.relation else "")
    if whom and (story.goal == "book" or not (story.goal or story.last_made)):
        return _hear_companion(story, reading, whom)
    named = _hear_name_of_companion(story, reading)
    if named is not None:
        return named
    if reading.name and not (reading.relation or story.question == "name"):
        return story
    if reading.name:
        return replace(story, patient_name=reading.name, relation=reading.relation or story.relation)
    return replace(story, relation=reading.relation) if reading.relation else story


def _hear_companion(story: Story, reading: Reading, whom: str) -> Story:
    """ "For me and my son", "and one for my son too": after the one who is being booked, or was just booked."""
    same_time = "same_time" in reading.acts
    made = story.last_made
    people = reading.party.people or (Person(relation=whom),)
    if len(people) == 1:
        people = (replace(people[0], name=people[0].name or reading.name),)
    first = people[0]
    rest = tuple(Companion(relation=each.relation, name=each.name, same_time=same_time) for each in people)
    if made is None or story.relation:
        if reading.party.people and not reading.party.writer:
            return replace(story, relation=first.relation, patient_name=first.name, also=rest[1:])
        return replace(story, also=rest)
    story = replace(story, relation=first.relation, patient_name=first.name, also=rest[1:])
    story = replace(story, service=story.service or made.service)
    if reading.wish:
        return story
    return replace(story, want=Want(options=(wants.at(made.start if same_time else end_of(made, story.brief)),)))


def _hear_name_of_companion(story: Story, reading: Reading) -> Story | None:
    """ "My mum is Ann": of one who waits for the first appointment to be booked."""
    if not reading.name or story.question == "name":
        return None
    whose = reading.relative or reading.relation
    nameless = [each for each in story.also if not each.name and whose in ("", each.relation)]
    if not nameless or whose == story.relation != "":
        return None
    also = tuple(replace(each, name=reading.name) if each is nameless[0] else each for each in story.also)
    return replace(story, also=also)


def _hear_which(story: Story, reading: Reading) -> Story:
    """Which of several appointments is meant, and whether it is to be cancelled."""
    known = story.appointments or ()
    if story.question == "confirm_cancel" and story.appointment:
        if keeps(reading, story.language.code):
            return drop(story)
        return replace(story, accepted=cancels(reading))
    meant = _meant(known, reading) if story.question == "which" else None
    if meant is not None:
        return replace(story, appointment=meant, question="")
    if "rest" in reading.besides:
        story = replace(story, rest=True)
    if story.goal == "cancel":
        return replace(story, want=wants.merged(story.want, reading.wish, base=None)) if reading.wish else story
    return _hear_time(story, reading, base=None)


def _meant(known: tuple[Appointment, ...], reading: Reading) -> Appointment | None:
    if reading.number is not None:
        place = reading.number - 1 if reading.number > 0 else len(known) - 1
        return known[place] if 0 <= place < len(known) else None
    if reading.wish.options or reading.wish.taken_back:
        fitting = [each for each in known if is_meant(each, reading)]
        return fitting[0] if len(fitting) == 1 else None
    fitting = [each for each in known if each.service == reading.service]
    return fitting[0] if len(fitting) == 1 else None


def is_meant(appointment: Appointment, reading: Reading) -> bool:
    """Whether the times of a message name this appointment ("move my Tuesday one to Thursday": what it takes back)."""
    wish = replace(reading.wish, options=reading.wish.taken_back or reading.wish.options)
    return wish.rank(appointment.start) is not None


def _answers_service(story: Story, reading: Reading) -> bool:
    return story.services_listed and story.question == "service" and reading.number is not None


def _hear_service_number(story: Story, reading: Reading) -> Story:
    services = story.brief.services
    place = (reading.number or 0) - 1 if (reading.number or 0) > 0 else len(services) - 1
    if 0 <= place < len(services):
        story = replace(story, goal="book", service=services[place].name, service_guessed=False)
    return _hear_time(story, reading, base=None)


def _hear_details(story: Story, reading: Reading) -> Story:
    """Service and practitioner; a change of either makes the offers of before void."""
    before = (story.service, story.practitioner, story.place, story.visit)
    if reading.asked_service not in ("", "?"):
        story = replace(story, service_asked=reading.asked_service)
    if reading.service and story.goal in ("book", "waitlist"):
        general = default_service(story.brief)
        plain = general is not None and reading.service == general.name and reading.service not in story.visit
        if not (story.service and plain and not story.service_guessed) or reading.visit:
            story = replace(visit_of(story, reading), service_guessed=False)
    if "anyone" in reading.acts:
        story = replace(story, practitioner="")
    if reading.practitioner and not (reading.topics and not reading.about_booking):
        story = replace(story, practitioner=reading.practitioner)
    story = hear_place(story, reading) if story.brief.places else story
    if (story.service, story.practitioner, story.place, story.visit) == before or story.goal != "book":
        return story
    kept = Want(options=(wants.at(story.proposed.start),)) if story.proposed else story.want
    return replace(story, want=kept, proposed=None, table=())


def _hear_answer(story: Story, reading: Reading) -> Story:
    """The answer to a read-back: yes, no, or another time."""
    proposed = story.proposed
    assert proposed is not None
    reading = beside(reading, proposed.start)
    wish = reading.wish
    changes = bool(wish.shift or wish.asap or wish.conflict or wish.past) or (
        bool(wish) and not wants.names(wish, proposed.start)
    )
    if changes:
        return _hear_time(story, reading, base=proposed.start)
    if story.question == "name":
        return replace(story, accepted=False)
    if "none" in reading.acts:
        return replace(story, declined=True)
    if agrees(reading, story.language.code):
        return replace(story, accepted=True, declined=False)
    declined = reading.no or holds_back(reading, story.language.code)
    return replace(story, declined=declined, accepted=story.accepted and not declined)


def _hear_choice(story: Story, reading: Reading) -> Story:
    """A choice from the listed times: by number, place, time, practitioner; or another wish."""
    table, wish = story.table, wants.beyond(reading.wish, [each.start for each in story.table], reading.text)
    reading = replace(reading, wish=wish)
    picked: Offer | None = None
    both = _place_or_day(table, reading, story.language)
    if len(both) > 1:
        return replace(story, table=both)
    if both:
        picked = both[0]
    elif reading.number is not None and not wish.options:
        place = reading.number - 1 if reading.number > 0 else len(table) - 1
        picked = table[place] if 0 <= place < len(table) else None
    elif wish.options and not (story.want in (Want(), Want(asap=True)) and _is_open(wish)):
        ranked = [(wish.rank(each.start), each) for each in table if wants.names(wish, each.start)]
        best = [each for rank, each in ranked if rank == min(rank for rank, _ in ranked if rank is not None)]
        picked = best[0] if len(best) == 1 else _on_weekday(table, wish)
    elif "any" in reading.acts or wish.asap or (reading.yes and len(table) == 1):
        picked = table[0]
    elif reading.practitioner:
        theirs = [each for each in table if each.practitioner == reading.practitioner]
        picked = theirs[0] if len(theirs) == 1 else None
    if picked is not None:
        return replace(story, proposed=picked, table=(), accepted=False, declined=False)
    if wish or wish.past:
        return _hear_time(story, reading, base=None)
    if "none" in reading.acts or (reading.no and not reading.topics):
        return replace(story, declined=True, table=(), want=Want())
    return story


def _place_or_day(table: tuple[Offer, ...], reading: Reading, language: Language) -> tuple[Offer, ...]:
    """ "A segunda" is the second one, or Monday: the times of the list that it may mean."""
    match = language.words["place_or_day"].search(unaccented(reading.text).lower())
    if match is None or len(reading.wish.options) > 1 or reading.wish.times:
        return ()
    place = language.ordinals[match[1]]
    that_day = [each for each in table if place - 2 == each.start.weekday()]
    return tuple(dict.fromkeys([*table[place - 1 : place], *that_day]))


def _is_open(wish: Wish) -> bool:
    """A day, or a stretch of it: of times that we chose ourselves, the one within it is not what was asked for."""
    return not any(each.time and each.time.kind == "at" for each in wish.options)


def _on_weekday(table: tuple[Offer, ...], wish: Wish) -> Offer | None:
    """ "The Monday one" is that of the list, in whatever week."""
    days = {each.weekday for each in wish.dates}
    if len(days) != 1 or None in days or wish.times:
        return None
    found = [each for each in table if each.start.weekday() in days]
    return found[0] if len(found) == 1 else None


def _hear_time(story: Story, reading: Reading, *, base: object) -> Story:
    """A new wish about the time goes into what is wanted, and makes older offers void."""
    wish = wants.as_listed(_with_same_day(story, reading), {each.start.date() for each in story.table})
    if not wish or not story.goal:
        return story
    if story.goal == "move" and wish.taken_back and story.appointment is None and not wish.options:
        return story
    start = base or (story.appointment.start if story.appointment and story.want == Want() else None)
    last = max((each.start for each in story.table), default=None)
    if wish.shift and wish.shift.sign < 0:
        last = min((each.start for each in story.table), default=None)
    want = wants.merged(story.want, wish, base=start, last=last)  # type: ignore[arg-type]
    return replace(story, want=want, proposed=None, accepted=False, declined=False, table=())


def _with_same_day(story: Story, reading: Reading) -> Wish:
    """ "At 10 the same day": the day of the appointment that was made or talked about last."""
    known = story.proposed or story.appointment or story.last_made
    wish = reading.wish
    if not reading.same_day or wish.dates or known is None:
        return wish
    day = wants.at(known.start).date
    return replace(wish, options=tuple(replace(each, date=day) for each in wish.options or (Mention(date=day),)))
