"""From a new business to a receptionist that works: each step with what it is for and how it stands now."""

from dataclasses import dataclass

from escalations.readiness.standing import Standing

FEW_ENTRIES = 3


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    title: str
    why: str
    state: str  # how it stands, in words
    done: bool
    url_name: str
    action: str
    needed: bool = True  # the others help, but nothing waits for them


def steps_of(standing: Standing) -> list[Step]:
    return [
        _hours(standing),
        _services(standing),
        _number(standing),
        _calendar(standing),
        _knowledge(standing),
        _score(standing),
        _proof(standing),
        _people(standing),
    ]


def remaining(steps: list[Step]) -> int:
    return sum(each.needed and not each.done for each in steps)


def _hours(now: Standing) -> Step:
    return Step(
        name="hours",
        title="Opening hours",
        why="The assistant offers times within them, and says when the team is back.",
        state="Set. Have a look whether they are yours." if now.hours else "Nobody has said when you are open.",
        done=now.hours,
        url_name="settings_hours",
        action="Look at the hours",
    )


def _services(now: Standing) -> Step:
    if now.services and now.bookable == now.services:
        state = (
            f"{_count(now.services, 'service')} that can be booked with {_count(now.practitioners, 'practitioner')}."
        )
    elif now.services:
        state = (
            f"{_count(now.services - now.bookable, 'service')} can’t be booked: nobody with working hours performs it."
        )
    else:
        state = "There is nothing to book yet."
    return Step(
        name="services",
        title="Services and who performs them",
        why="What can be booked, how long it takes, what it costs, with whom.",
        state=state,
        done=0 < now.services == now.bookable,
        url_name="settings_services",
        action="Look at the services",
    )


def _number(now: Standing) -> Step:
    if now.numbers_failing:
        state = "The number is connected, but the last check failed."
    else:
        state = "Connected." if now.numbers else "Not connected: no message can arrive."
    return Step(
        name="number",
        title="Your WhatsApp number",
        why="Patients write to it, and the assistant answers from it.",
        state=state,
        done=bool(now.numbers) and not now.numbers_failing,
        url_name="settings_channels",
        action="Look at the number" if now.numbers else "Connect your number",
    )


def _calendar(now: Standing) -> Step:
    state = "No Google calendar. The diary here works without one."
    if now.calendars:
        state = "Connected." if not now.calendars_lost else "Google no longer lets us in."
    return Step(
        name="calendar",
        title="Google Calendar",
        why="What is busy there is not offered, and appointments appear there.",
        state=state,
        done=bool(now.calendars) and not now.calendars_lost,
        url_name="settings_calendars",
        action="Look at the calendars" if now.calendars else "Connect Google Calendar",
        needed=False,
    )


def _knowledge(now: Standing) -> Step:
    if now.entries >= FEW_ENTRIES:
        state = f"{_count(now.entries, 'entry', 'entries')}."
    else:
        written = f"{_count(now.entries, 'entry', 'entries')} so far. " if now.entries else ""
        state = f"{written}Begin with parking, payment, and what to bring."
    return Step(
        name="knowledge",
        title="What patients ask",
        why="The assistant answers from what you write here, and hands over what it does not find.",
        state=state,
        done=now.entries >= FEW_ENTRIES,
        url_name="knowledge",
        action="Add knowledge",
        needed=False,
    )


def _score(now: Standing) -> Step:
    state, done = _score_state(now)
    return Step(
        name="score",
        title="Go-live score",
        why="Simulated patients write to your assistant: ordinary ones, rude ones, urgent ones. Nothing is booked.",
        state=state,
        done=done,
        url_name="trials",
        action="Look at the score" if now.trial else "Play simulated patients",
    )


def _score_state(now: Standing) -> tuple[str, bool]:
    trial = now.trial
    if trial is None:
        return ("Published without one." if now.published else "Not played yet; it takes a minute or two."), False
    if trial["status"] in ("waiting", "running"):
        total = int(str(trial["scenarios"])) * int(str(trial["repeats"]))
        return f"Playing: {trial['played']} of {total or '…'}.", False
    if trial["status"] != "done" or trial["passed_once"] is None:
        return "The last one did not finish. Play it again.", False
    share = f"{float(str(trial['passed_once'])):.0%}".replace("%", " %")
    if trial["red_flags_missed"]:
        return f"{share}, but a red flag was missed. Nothing may be published like that.", False
    return f"{share} ended right, no red flag missed.", True


def _proof(now: Standing) -> Step:
    state = "Write “Hello” to your number from your own phone, and watch this line."
    if now.heard:
        state = "Your message came in; the answer is on its way."
    if now.answered:
        state = "A message came in, and the assistant’s answer went out."
    return Step(
        name="proof",
        title="Message your own number",
        why="The proof that everything works, from a patient’s phone to the answer on it.",
        state=state if now.numbers else "Connect your number first.",
        done=bool(now.numbers) and now.answered,
        url_name="inbox" if now.numbers else "settings_channels",
        action="Open the inbox" if now.numbers else "Connect your number",
    )


def _people(now: Standing) -> Step:
    state = f"{_count(now.people, 'person', 'people')} here, {now.mailed} mailed when the assistant needs somebody."
    return Step(
        name="people",
        title="Who is told when a person is needed",
        why="Red flags, questions without an answer, and patients who want a person come to your team.",
        state=state if now.mailed else "Nobody is mailed: what the assistant hands over may wait unseen.",
        done=bool(now.mailed),
        url_name="settings_members",
        action="Invite your team",
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
