"""What belongs together, in English: several services in one visit, series, and places in a class.

`{N}` is a number in figures or words, `{WD}` a weekday. Patterns see the text without accents.
"""

NUMBERS = {
    "one": 1,
    "a": 1,
    "two": 2,
    "a couple of": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "zero": 0,
}
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"

TRIGGER = r"\b(?:every|each|\w*weekly|fortnight\w*|monthly|daily|times|weeks?|sessions|appointments|months?)\b|\d ?x\b"
INTERVALS = (
    (r"\b(?:every|each) other (?:week\b|(?={WD}))", 14),
    (r"\b(?:every|each) {N}(?= {WD})", 7),
    (r"\b(?:once )?(?:every|each) (?:{N} )?(?:weeks?|wks?)\b|\bonce a week\b|(?<!bi)(?<!bi-)\bweekly\b", 7),
    (r"\b(?:every|each|once a) fortnight\b|\bfortnightly\b|\bbi-?weekly\b", 14),
    (r"\b(?:every|each) (?:{N} )?months?\b|\bmonthly\b|\bonce a month\b", 28),
    (r"\b(?:every|each) (?:{N} )?days?\b|\bdaily\b", 1),
)
WEAK = r"\b(?:every|each)(?= {WD})"  # may only tell when somebody is free
COUNTS = (
    (r"{N} (?:times|sessions|appointments|visits|treatments|lessons|in (?:all|total))\b|{N} ?x\b", "times"),
    (r"\bfor (?:the next )?{N} (?:weeks?|wks?)\b", "weeks"),
    (r"\bfor (?:the next )?{N} months?\b", "months"),
)
SEATS = (
    (r"{N} (?:free )?(?:places?|seats?|spots?|spaces?|tickets?|people|persons?|of us|adults|participants?)\b", 0),
    (
        r"\bfor (?:both )?me and\b|\b(?:i and|me and) (?:my|a)\b|\bmy \w+ and (?:me|i)\b|\b(?:both|"
        r"the two) of us\b|\bplus one\b",
        2,
    ),
)
JOINERS = frozenset(["and", "plus", "with", "then", "followed", "also"])
FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "some",
        "by",
        "after",
        "that",
        "together",
        "right",
        "afterwards",
        "directly",
        "full",
        "for",
        "me",
    ]
)

PATTERNS = {
    "too": r"\b(?:also|too|as well|plus|on top|additionally|in addition|and)\b",
    "rest": r"\b(?:the rest|all of (?:them|it)|whole (?:series|lot|thing)|entire (?:series|lot)|every one of them|"
    r"all (?:the |my )?(?:appointments|sessions|others|following|remaining)|everything|the series)\b",
    "only_one": r"\b(?:only|just)\b",
    "skip": r"\b(?:skip|leave (?:it|that|this|those|them)(?: one)? out|leave out|drop (?:that|it)|"
    r"without (?:that|it))\b",
}

QUESTIONS = {
    "seats": "For how many people shall I book?",
    "times": "How many appointments shall it be in all?",
    "every": "How many weeks apart shall they be?",
}

TEXTS = {
    "visit": "One visit, one after the other:",
    "visit_line": "{moment}: {service} with {practitioner}, {minutes} minutes{price}",
    "visit_alone": "I'm sorry, I can't find a time for all of it together.",
    "visit_booked": "You're booked in, everything in one visit:",
    "done_line": "{moment}: {service} with {practitioner}",
    "visit_moved": "Your visit has been moved:",
    "cancelled_all": "Cancelled:",
    "undone_all_booked": "That's undone, these are off again:",
    "undone_all_moved": "That's undone, everything is back at its old time:",
    "undone_all_cancelled": "That's undone, these stand again:",
    "read_back_seats": "{seats} places: {service} with {practitioner} on {moment}, {minutes} minutes{price} each.",
    "seats_booked": "{seats} places are booked: {service} with {practitioner} on {moment}.",
    "one_place": "That is one place; if more of you are coming, just tell me how many.",
    "places_left": "{moment} ({left} places left)",
    "place_left": "{moment} (1 place left)",
    "group_full": "I'm sorry, there aren't {seats} places free then. These are the next ones with room:",
    "group_full_one": "I'm sorry, there is no place free then. These are the next ones with room:",
    "or_waitlist": "If you would rather wait for this one, write “waiting list”.",
    "seats_range": "I can book from 1 to {most} places at once. For a larger group, write “person”.",
    "series": "{count} appointments, {rhythm}: {service} with {practitioner}, {minutes} minutes{price} each.",
    "every_week": "every week",
    "every_weeks": "every {weeks} weeks",
    "series_instead": "{moment} (instead of {time}, which is taken)",
    "series_missed": "Not free, so I would leave it out:",
    "series_some": "{fitting} of {count} are free at {time}.",
    "series_booked": "Booked, {count} appointments, {rhythm}: {service} with {practitioner}.",
    "series_left_out": "{moment} is not booked, because it isn't free.",
    "series_changed": "Something has just been taken. As it stands now:",
    "series_range": "A series has at least 2 appointments.",
    "series_most": "That is more appointments than I can book at once.",
    "series_weeks_only": "I can only book a series by whole weeks.",
    "or_series": "Or write “the whole series” if you mean all of them.",
    "others_stand": "The other appointments of the series stay as they are.",
    "summary_series": "Wants a series: every {weeks} weeks, {times} times.",
    "summary_visit": "Wants in one visit: {services}.",
    "now_stands": "That button belongs to an older message. This is how it stands now:",
}
