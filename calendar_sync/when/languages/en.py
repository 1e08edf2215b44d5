"""English, British and American."""

from calendar_sync.when.language import Language, Words, listed

_WEEKDAYS = (
    ("monday", "mondays", "mon"),
    ("tuesday", "tuesdays", "tue", "tues", "tuseday", "teusday"),
    ("wednesday", "wednesdays", "wed", "weds", "wensday", "wendsday", "wednsday", "wendesday"),
    ("thursday", "thursdays", "thu", "thur", "thurs", "thurday"),
    ("friday", "fridays", "fri"),
    ("saturday", "saturdays", "sat", "satuday"),
    ("sunday", "sundays", "sun"),
)
_MONTHS = (
    ("january", "jan"),
    ("february", "feb", "febuary"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_NUMBERS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)

_WORDS: Words = {
    "W": {word: number for number, words in enumerate(_WEEKDAYS) for word in words},
    "M": {word: number for number, words in enumerate(_MONTHS, 1) for word in words},
    "n": {word: number for number, word in enumerate(_NUMBERS)}
    | _TENS
    | {"couple of": 2, "a couple of": 2, "few": 3, "a few": 3},
    "o": {word: number for number, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30},
    "u": {
        **dict.fromkeys(("minute", "minutes", "min", "mins"), ("minute", 1)),
        **dict.fromkeys(("hour", "hours", "hr", "hrs"), ("hour", 1)),
        **dict.fromkeys(("day", "days"), ("day", 1)),
        **dict.fromkeys(("week", "weeks", "wk", "wks"), ("day", 7)),
        **dict.fromkeys(("fortnight", "fortnights"), ("day", 14)),
        **dict.fromkeys(("month", "months"), ("month", 1)),
        **dict.fromkeys(("year", "years"), ("year", 1)),
        **dict.fromkeys(("weekend", "weekends"), ("weekend", 1)),
    },
    "R": {
        **dict.fromkeys(listed("today todays"), 0),
        "later today": 0,
        "today later": 0,
        **dict.fromkeys(
            listed(
                "tomorrow tommorow tommorrow tomorow tomorrows tomoz tmw tmrw tmr tmrrw 2moro 2morrow 2mrw 2mro"
            ),
            1,
        ),
        "day after tomorrow": 2,
        "the day after tomorrow": 2,
        "overmorrow": 2,
        **dict.fromkeys(listed("yesterday yesterdays"), -1),
        "day before yesterday": -2,
        "the day before yesterday": -2,
    },
    "P": {
        **dict.fromkeys(
            ("morning", "mornings", "morn", "mornin", "early morning", "late morning", "mid morning"), "morning"
        ),
        **dict.fromkeys(
            (
                "afternoon",
                "afternoons",
                "early afternoon",
                "late afternoon",
                "after lunch",
                "arvo",
                "aft",
                "afternoonish",
            ),
            "afternoon",
        ),
        **dict.fromkeys(("lunch time", "lunchtime", "lunch"), "midday"),
        **dict.fromkeys(("evening", "evenings", "eve", "early evening", "late evening", "after work"), "evening"),
        **dict.fromkeys(("night", "nights"), "night"),
    },
    "Z": {
        **dict.fromkeys(("noon", "midday", "mid day", "high noon"), 12),
        **dict.fromkeys(("midnight", "mid night"), 0),
    },
    "a": {"am": "am", "pm": "pm", "ampm": "", "am pm": "", "am or pm": ""},
    "k": ("oclock", "o clock", "hundred hours"),
    "h": ("half",),
    "q": ("quarter", "a quarter", "qtr", "quater"),
    "p": ("past", "gone"),
    "b": {**dict.fromkeys(("to", "through", "thru"), None), **dict.fromkeys(("till", "til", "until"), "until")},
    "t": ("at", "around about at"),
    "O": ("on", "during", "sometime on", "sometime"),
    "F": ("for",),
    "i": {"in": "", **dict.fromkeys(("within", "in the next", "over the next", "within the next"), "within")},
    "f": ("of",),
    "d": ("the",),
    "Q": ("a", "an"),
    "N": {"next": 1, "nxt": 1, "following": 1, "the following": 1, "the next": 1},
    "T": ("this", "current"),
    "L": {"last": 1, "previous": 1, "the last": 1, "the previous": 1},
    "G": {
        **dict.fromkeys(("coming", "this coming", "the coming", "upcoming"), 1),
        **dict.fromkeys(("this past", "just gone"), -1),
    },
    "w": ("from now", "hence", "from today", "away"),
    "g": ("ago",),
    "A": (
        "after",
        "later than",
    ),
    "E": {
        **dict.fromkeys(("before", "earlier than", "prior to"), "before"),
        **dict.fromkeys(("by", "no later than", "not later than", "not after", "up to"), "by"),
    },
    "~": ("around", "about", "roughly", "approximately", "approx", "circa", "ish", "round", "near", "close to"),
    ">": {
        **dict.fromkeys(("from", "starting", "starting from", "as of"), None),
        **dict.fromkeys(("not before", "no earlier than", "not earlier than"), None),
        "since": "since",
    },
    "j": ("onwards", "onward", "or later", "or after", "at the earliest", "and later", "and after", "or thereafter"),
    "B": ("between", "anytime between", "any time between"),
    "&": ("and",),
    "r": ("or", "or maybe", "or even", "or else"),
    "!": (
        *(
            "not",
            "not on",
            "and not",
            "and not on",
            "except",
            "except for",
            "except on",
            "but not",
            "but not on",
            "other than",
            "apart from",
            "instead of",
        ),
        *("any day but", "anything but", "anytime but", "any time but", "cant do", "cant make", "cannot do"),
        *("cannot make", "dont want", "dont like", "cant on", "cannot on", "cant come", "cant come on", "not free"),
        *("not available", "busy", "not free on", "not available on", "busy on", "dont think", "never", "never on"),
        *("not in", "unavailable", "unavailable on", "cant do it on", "cant make it on", "not the", "avoid"),
    ),
    "U": (
        *("wouldnt work", "would not work", "wont do", "not possible", "not an option", "no longer works"),
        *("doesnt work", "does not work", "wont work", "will not work", "is no good", "isnt good", "is not good"),
        *(
            "doesnt suit",
            "does not suit",
            "is bad",
            "is not possible",
            "isnt possible",
            "is out",
            "out",
            "is impossible",
            "no good",
            "isnt great",
            "is tricky",
        ),
        *("does not suit me", "is no good for me", "dont work", "do not work", "are no good", "is not convenient"),
    ),
    "s": (
        *("asap", "as soon as possible", "as soon as you can", "straight away", "right away", "immediately"),
        *("earliest available", "first available", "next available", "soonest", "the soonest", "urgently"),
        *("as early as possible", "the earliest", "earliest", "soon as possible", "whenever is soonest"),
        *("as early as you can", "as quickly as possible", "as quickly as you can", "as fast as possible"),
        *("the soonest you have", "the earliest you have", "soonest you have", "earliest you have", "as soon as i can"),
        *("your earliest", "your soonest", "your next available", "your first available", "the next one you have"),
        *("sooner the better", "the sooner the better", "earlier the better", "the earlier the better"),
    ),
    "S": {
        **dict.fromkeys(("end", "late", "the end", "towards the end"), "end"),
        **dict.fromkeys(("start", "beginning", "early", "the start", "the beginning"), "start"),
        **dict.fromkeys(("middle", "mid", "the middle"), "middle"),
    },
    "X": ("now", "right now", "at this time", "at the present time", "at the moment", "just now"),
    "V": ("every", "each"),
    "K": (
        *("ones", "choice", "slot", "slots", "spot", "time", "times", "suggestion", "on the list", "opening", "offer"),
        *("people", "persons", "person", "patients", "kids", "children", "child", "adults", "visit", "visits"),
        *("appointment", "appointments", "avenue", "street", "grade", "year old", "years old", "percent", "miles"),
        *("pounds", "dollars", "euros", "quid", "stars", "reviews", "places", "dentists", "doctors", "salons"),
    ),
    "#": (
        *("unit", "option", "options", "number", "room", "apt", "apartment", "flat", "suite", "ste", "floor"),
        *("chair", "version", "house", "building", "ref", "reference", "code", "nr", "page", "line"),
    ),
    "<": {
        **dict.fromkeys(("later", "later on", "any later", "a bit later"), 1),
        **dict.fromkeys(("earlier", "any earlier", "sooner", "any sooner", "a bit earlier"), -1),
    },
    "Y": ("move", "moved", "moving", "change", "changed", "reschedule", "rescheduled", "switch", "swap", "shift"),
    "*": (
        *("actually", "no", "nope", "sorry", "i meant", "i mean", "instead", "rather", "make it", "make that"),
        *("change it to", "change that to", "on second thought", "on second thoughts", "scratch that", "wait"),
        *("never mind", "nevermind", "changed my mind", "strike that", "move it to"),
    ),
    "H": {
        **dict.fromkeys(("christmas", "christmas day", "xmas"), (12, 25)),
        **dict.fromkeys(("christmas eve", "xmas eve", "chrimbo eve"), (12, 24)),
        "boxing day": (12, 26),
        **dict.fromkeys(("new years eve", "new year eve"), (12, 31)),
        **dict.fromkeys(("new year", "new year day", "new years day", "new years"), (1, 1)),
        **dict.fromkeys(("valentines", "valentines day", "valentine day"), (2, 14)),
        **dict.fromkeys(("st patricks day", "saint patricks day"), (3, 17)),
        **dict.fromkeys(("saint georges day", "st georges day"), (4, 23)),
        "earth day": (4, 22),
        "burns night": (1, 25),
        "groundhog day": (2, 2),
        "april fools day": (4, 1),
        "may day": (5, 1),
        "cinco de mayo": (5, 5),
        "juneteenth": (6, 19),
        "veterans day": (11, 11),
        "bonfire night": (11, 5),
        "all saints day": (11, 1),
        "remembrance day": (11, 11),
        **dict.fromkeys(("thanksgiving", "thanksgiving day"), (11, 3, 4)),
        "labor day": (9, 0, 1),
        "memorial day": (5, 0, -1),
        "columbus day": (10, 0, 2),
        **dict.fromkeys(("martin luther king day", "mlk day"), (1, 0, 3)),
        "presidents day": (2, 0, 3),
        "fathers day": (6, 6, 3),
        **dict.fromkeys(("pancake day", "shrove tuesday"), -47),
        "ash wednesday": -46,
        "palm sunday": -7,
        "maundy thursday": -3,
        "ascension day": 39,
        **dict.fromkeys(("whit sunday", "pentecost"), 49),
        "independence day": (7, 4),
        **dict.fromkeys(("halloween", "hallowe en"), (10, 31)),
        **dict.fromkeys(("easter", "easter sunday"), 0),
        "good friday": -2,
        "easter monday": 1,
        "whit monday": 50,
    },
    # Greetings, and words that only look like dates.
    "z": (
        *("good morning", "good afternoon", "good evening", "good night", "nice evening", "nice weekend"),
        *("nice day", "great day", "good day", "good weekend", "great weekend", "great evening", "lovely day"),
        *(
            "i sat",
            "we sat",
            "she sat",
            "he sat",
            "they sat",
            "sat down",
            "the sun",
            "sun cream",
            "sun screen",
            "some day",
            "half price",
            "all day",
            "this one",
            "that one",
        ),
        *("why not", "if not", "or not", "not sure", "not bad", "not a problem", "not really", "not yet"),
        *("which one", "any one", "no one", "another one", "last minute", "last time", "next time", "this time"),
        *("a second", "one second", "one moment", "a minute", "right past", "in case", "may i", "may we", "i may"),
        *("we may", "you may", "it may", "at least", "at all", "at home", "for now", "by now", "until now", "ok now"),
        *("same time", "same day", "any time", "anytime", "what time", "what day", "how about", "what about"),
        *(
            "that morning",
            "that afternoon",
            "that evening",
            "that night",
            "days notice",
            "half of",
            "time of the year",
            "all year",
            "time to",
            "on time",
            "in time",
            "any day",
        ),
    ),
}

_PHRASES = {
    "tonight": (("R", 0), ("P", "night")),
    "this morning": (("R", 0), ("P", "morning")),
    **dict.fromkeys(("this afternoon", "this aft", "this arvo"), (("R", 0), ("P", "afternoon"))),
    **dict.fromkeys(("this evening", "this eve"), (("R", 0), ("P", "evening"))),
    **{f"no {name}s": (("!", None), ("W", day)) for day, (name, *_) in enumerate(_WEEKDAYS)},
    "last night": (("R", -1), ("P", "night")),
    **{
        f"end of {the}day {name}": (("P", "afternoon"), ("W", day))
        for day, names in enumerate(_WEEKDAYS)
        for name in names
        for the in ("", "the ")
    },
    "end of today": (("R", 0), ("Z", 24)),
    "the end of today": (("R", 0), ("Z", 24)),
    "end of the day": (("R", 0), ("Z", 24)),
    "week after next": (("N", 2), ("u", ("day", 7))),
    "the week after next": (("N", 2), ("u", ("day", 7))),
    "weekday": (("W", "weekday"),),
    "weekdays": (("W", "weekday"),),
    "working day": (("W", "weekday"),),
    "midweek": (("S", "middle"), ("T", None), ("u", ("day", 7))),
    "half an hour": (("n", 30), ("u", ("minute", 1))),
    "half hour": (("n", 30), ("u", ("minute", 1))),
    "a half hour": (("n", 30), ("u", ("minute", 1))),
    "three quarters of an hour": (("n", 45), ("u", ("minute", 1))),
    "quarter of an hour": (("n", 15), ("u", ("minute", 1))),
    "a quarter of an hour": (("n", 15), ("u", ("minute", 1))),
    "hundred": (("n", 100),),
    **{f"{oh} {word}": (("n", number),) for number, word in enumerate(_NUMBERS[:10]) for oh in ("oh", "o") if number},
    "weekly": (("V", None), ("u", ("day", 7))),
    "fortnightly": (("V", None), ("u", ("day", 14))),
    "every other week": (("V", None), ("u", ("day", 14))),
}

TABLE = Language(
    code="en",
    words=_WORDS,
    phrases=_PHRASES,
    doubtful=frozenset(("may", "march", "eve")),
    often_misspelt=frozenset(
        listed(
            "monday tuesday wednesday thursday friday saturday sunday january february september october november "
            "december tomorrow afternoon"
        )
    ),
)
