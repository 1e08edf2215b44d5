"""A simulated patient: knows what they want, reads what is answered, refuses what is wrong, gives up in the end."""

from collections.abc import Sequence

from conversations.evaluation.replies import Heard, Option
from conversations.evaluation.saying import Voice
from conversations.evaluation.scenario import Plan, Said


class SimulatedPerson:
    """A deterministic function of the plan, the voice's seed and what was answered.

    first = person.begins(); then person.answers(heard) until it returns None.
    """

    def __init__(self, plan: Plan, voice: Voice, services: Sequence[str]) -> None:
        self.plan = plan
        self._voice = voice
        self._services = services
        self._goals = list(plan.goals)
        self._goal = self._goals.pop(0)
        self._script = list(self._goal.opening)
        self._changes = list(plan.changes)
        self._asides = list(plan.asides)
        self._said = 0
        self._agreed = False
        self._wordings = 0
        self._again = list(self._goal.again)

    def begins(self) -> Said:
        return self._saying(self._script.pop(0))

    def answers(self, heard: Heard) -> Said | None:
        """None: there is nothing more to say, or the patience is used up."""
        if self._said >= self.plan.patience:
            return None
        if self._script:
            return self._saying(self._script.pop(0))
        if self._agreed and not self._is_asked_again(heard):
            return self._goes_on()
        answer = self._aside(heard) or self._answer(heard)
        return self._saying(answer) if answer is not None else self._goes_on()

    def _saying(self, said: Said) -> Said:
        self._said += 1
        return said

    def _is_asked_again(self, heard: Heard) -> bool:
        """What was agreed to is done, unless it is read back or offered once more."""
        again = bool(heard.options or heard.asks_name) or (heard.asks_yes and bool(heard.moments))
        self._agreed = self._agreed and not again
        return again

    def _goes_on(self) -> Said | None:
        if not self._goals:
            return None
        self._goal, self._agreed, self._wordings = self._goals.pop(0), False, 0
        self._script, self._again = list(self._goal.opening), list(self._goal.again)
        return self._saying(self._script.pop(0)) if self._script else None

    def _aside(self, heard: Heard) -> Said | None:
        """A question of their own first, or another wish, when something is put to them."""
        offered = bool(heard.moments or any(each.start for each in heard.options)) and heard.asks
        if offered and self._changes:
            text, self._goal = self._changes.pop(0)
            self._wordings = 0
            return Said(text=text)
        return Said(text=self._asides.pop(0)) if heard.asks and self._asides else None

    def _answer(self, heard: Heard) -> Said | None:
        goal = self._goal
        if not (heard.asks or heard.options):
            return None
        if goal.act == "late" and self._asks_minutes(heard):
            return Said(text=str(goal.minutes))
        if goal.again and not heard.moments and not heard.asks_yes and not any(each.start for each in heard.options):
            return Said(text=self._again.pop(0)) if self._again else None
        if goal.act in ("none", "late"):
            return None
        if heard.asks_name and goal.name and not heard.asks_yes:
            return Said(text=self._voice.say("their_name", n=goal.name))
        if heard.options:
            return self._chosen(heard)
        if heard.asks_yes:
            return self._agreeing(heard)
        return self._wishing() if goal.act != "cancel" else None

    def _asks_minutes(self, heard: Heard) -> bool:
        return "minut" in heard.text.casefold() and not heard.asks_yes

    def _chosen(self, heard: Heard) -> Said | None:
        timed = [each for each in heard.options if each.start]
        own = self._goal.own
        if own is not None and any(each.start == own.start for each in timed):
            return self._number(heard, next(each for each in timed if each.start == own.start))
        if timed:
            fitting = [each for each in timed if each.start in self._goal.starts and self._is_with(each.text)]
            if self._goal.act != "waitlist" and fitting:
                self._agreed = False
                return self._number(heard, fitting[0])
            return self._wishing()
        named = [each for each in heard.options if each.text.casefold() == self._goal.service.casefold()]
        named = named or [each for each in heard.options if self._goal.service.casefold() in each.text.casefold()]
        return self._number(heard, named[0]) if named else self._wishing()

    def _number(self, heard: Heard, option: Option) -> Said:
        choice = f"slot:{option.number}"
        if self._voice.taps and heard.tap(choice):
            return Said(text=heard.tap(choice), choice=choice)
        return Said(text=self._voice.say("number", n=str(option.number)))

    def _agreeing(self, heard: Heard) -> Said | None:
        """The answer to a question for a yes."""
        goal = self._goal
        if goal.act == "waitlist":
            return self._yes(heard)
        if not heard.moments:
            return self._wishing() if goal.starts else self._no(heard)
        if goal.act == "cancel":
            right = goal.own is not None and goal.own.start in heard.moments
            return self._yes(heard) if right else self._no(heard)
        if self._names_other_service(heard.text):
            return Said(text=self._voice.say("book_vague", s=goal.service_said))
        if heard.moments[-1] in goal.starts and self._is_with(heard.text):
            return self._yes(heard)
        return Said(text=self._voice.say("rather", w=self._next_wording()))

    def _yes(self, heard: Heard) -> Said:
        self._agreed = True
        return self._tapped(heard, "yes") or Said(text=self._voice.say("yes"))

    def _no(self, heard: Heard) -> Said:
        self._agreed = True
        return self._tapped(heard, "no") or Said(text=self._voice.say("no"))

    def _tapped(self, heard: Heard, choice: str) -> Said | None:
        title = heard.tap(choice)
        return Said(text=title, choice=choice) if self._voice.taps and title else None

    def _wishing(self) -> Said | None:
        """What they want, said again in other words; whoever is easy asks for the next best."""
        goal = self._goal
        if goal.act == "waitlist":
            return Said(text=self._voice.say("waitlist"))
        if goal.easy and self._wordings:
            return Said(text=self._voice.say("asap"))
        if not goal.wordings:
            return None
        return Said(text=self._voice.say("wish", w=self._next_wording()))

    def _next_wording(self) -> str:
        wording = self._goal.wordings[self._wordings % len(self._goal.wordings)]
        self._wordings += 1
        return f"{wording} {self._voice.say('with', p=self._goal.practitioner)}" if self._goal.practitioner else wording

    def _is_with(self, text: str) -> bool:
        return not self._goal.practitioner or self._goal.practitioner in text

    def _names_other_service(self, text: str) -> bool:
        plain = text.casefold()
        if not self._goal.service or self._goal.service.casefold() in plain:
            return False
        return any(each.casefold() in plain for each in self._services)
