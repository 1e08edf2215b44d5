"""The voice of a simulated patient: the same wish in ever other words, more or less careful, with typos."""

import datetime as dt
import random
import re

from conversations.evaluation.phrases import Phrases, phrases_of

PART_FROM = {"morning": dt.time(0), "afternoon": dt.time(12)}
PART_UNTIL = {"morning": dt.time(11, 59), "afternoon": dt.time(17, 59)}
WAKING = range(7, 21)  # hours at which somebody may want to come
TYPO_IN = 0.2  # of messages
_GAPS = re.compile(r"(\{\w+\})")
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class Voice:
    """One way of writing: language, care, haste. `random` is of the repeat, so that each repeat sounds different."""

    def __init__(self, language: str, rng: random.Random, *, day_first: bool = True) -> None:
        self.phrases: Phrases = phrases_of(language)
        self.rng = rng
        self._day_first = day_first
        self._lower = rng.random() < 0.3
        self._sloppy = rng.random() < 0.5
        self.taps = rng.random() < 0.3

    def say(self, name: str, **values: str) -> str:
        """One of the phrases of that name, with a typo now and then in what is not a value."""
        template = self.rng.choice(self.phrases.said[name])
        parts = _GAPS.split(template)
        if self._sloppy and self.rng.random() < TYPO_IN:
            place = self.rng.randrange(0, len(parts), 2)
            parts[place] = self._with_typo(parts[place])
        text = "".join(parts).format(**values)
        text = re.sub(r"([ßäöüa-z]) ([?!,])", r"\1\2", text) if self.phrases.code != "fr" else text
        return text.lower() if self._lower and not values else text

    def greeted(self, text: str) -> str:
        """With or without a greeting before it."""
        if self.rng.random() < 0.5:
            return text[:1].upper() + text[1:] if not self._lower else text
        return f"{self.say('hello')}, {text}"

    def service(self, name: str) -> str:
        """As it is listed, or as people call it in this language."""
        own = self.phrases.services.get(name.casefold())
        return own if own and self.rng.random() < 0.5 else name

    def when(self, start: dt.datetime, now: dt.datetime) -> str:
        """ "on Thursday at 3 pm": this start and no other."""
        time = self.time(start)
        return f"{self.day(start.date(), now.date())}{', ' if time[0].isdigit() else ' '}{time}"

    def day(self, day: dt.date, today: dt.date) -> str:
        ahead = (day - today).days
        values = {
            "weekday": self.phrases.weekdays[day.weekday()],
            "day": str(day.day),
            "th": _ORDINALS.get(day.day, "th"),
            "month": self.phrases.months[day.month - 1],
            "number": str(day.month),
        }
        forms = [each for each in self.phrases.days if self._day_first or "{number}" not in each]
        forms = [each for each in forms if ahead < 25 or "{month}" in each or "{number}" in each]
        if ahead in self.phrases.near:
            forms = [*self.phrases.near[ahead] * 2, *forms]
        elif 2 < ahead < 7:
            forms = [*self.phrases.this_week * 2, *forms]
        return self.rng.choice(forms).format(**values)

    def time(self, start: dt.datetime) -> str:
        forms = (*self.phrases.sharp, *self.phrases.clock) if start.minute == 0 else self.phrases.clock
        other = (start.hour + 12) % 24
        if other in WAKING:  # "8 o'clock" may be the evening
            forms = tuple(each for each in forms if "{half}" in each or "{hh}:" in each)
        return self.rng.choice(forms).format(
            h=start.hour,
            hh=f"{start.hour:02}",
            h12=start.hour % 12 or 12,
            half="am" if start.hour < 12 else "pm",
            mm=f"{start.minute:02}",
        )

    def part_of_day(self, day: dt.date, today: dt.date, part: str) -> str:
        """ "tomorrow in the morning" """
        if day == today:
            return self.phrases.same_part[part]
        return f"{self.day(day, today)} {self.rng.choice(self.phrases.parts[part])}"

    def _with_typo(self, text: str) -> str:
        words = list(re.finditer(r"[^\W\d_]{4,}", text))
        if not words:
            return text
        word = self.rng.choice(words)
        place = self.rng.randrange(word.start() + 1, word.end() - 1)
        kind = self.rng.choice(("swap", "drop", "double"))
        if kind == "swap":
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        return text[:place] + text[place + 1 :] if kind == "drop" else text[:place] + text[place] + text[place:]


def in_part(start: dt.datetime, part: str) -> bool:
    return PART_FROM[part] <= start.time() <= PART_UNTIL[part]
