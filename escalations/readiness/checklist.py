"""From a new business to a receptionist that works: each step with what it is for and how it stands now."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

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
        title=gettext("Opening hours"),
        why=gettext("The assistant offers times within them, and says when the team is back."),
        state=gettext("Set. Have a look whether they are yours.")
        if now.hours
        else gettext("Nobody has said when you are open."),
        done=now.hours,
        url_name="settings_hours",
        action=gettext("Look at the hours"),
    )


def _services(now: Standing) -> Step:
    if now.services and now.bookable == now.services:
        state = gettext("%(services)s that can be booked with %(practitioners)s.") % {
            "services": ngettext("%(n)s service", "%(n)s services", now.services) % {"n": now.services},
            "practitioners": ngettext("%(n)s practitioner", "%(n)s practitioners", now.practitioners)
            % {"n": now.practitioners},
        }
    elif now.services:
        state = ngettext(
            "%(n)s service can’t be booked: nobody with working hours performs it.",
            "%(n)s services can’t be booked: nobody with working hours performs it.",
            now.services - now.bookable,
        ) % {"n": now.services - now.bookable}
    else:
        state = gettext("There is nothing to book yet.")
    return Step(
        name="services",
        title=gettext("Services and who performs them"),
        why=gettext("What can be booked, how long it takes, what it costs, with whom."),
        state=state,
        done=0 < now.services == now.bookable,
        url_name="settings_services",
        action=gettext("Look at the services"),
    )


def _number(now: Standing) -> Step:
    if now.numbers_failing:
        state = gettext("The number is connected, but the last check failed.")
    else:
        state = gettext("Connected.") if now.numbers else gettext("Not connected: no message can arrive.")
    return Step(
        name="number",
        title=gettext("Your WhatsApp number"),
        why=gettext("Patients write to it, and the assistant answers from it."),
        state=state,
        done=bool(now.numbers) and not now.numbers_failing,
        url_name="settings_channels",
        action=gettext("Look at the number") if now.numbers else gettext("Connect your number"),
    )


def _calendar(now: Standing) -> Step:
    state = gettext("No Google calendar. The diary here works without one.")
    if now.calendars:
        state = gettext("Connected.") if not now.calendars_lost else gettext("Google no longer lets us in.")
    return Step(
        name="calendar",
        title=gettext("Google Calendar"),
        why=gettext("What is busy there is not offered, and appointments appear there."),
        state=state,
        done=bool(now.calendars) and not now.calendars_lost,
        url_name="settings_calendars",
        action=gettext("Look at the calendars") if now.calendars else gettext("Connect Google Calendar"),
        needed=False,
    )


def _knowledge(now: Standing) -> Step:
    if now.entries >= FEW_ENTRIES:
        state = ngettext("%(n)s entry.", "%(n)s entries.", now.entries) % {"n": now.entries}
    elif now.entries:
        state = ngettext(
            "%(n)s entry so far. Begin with parking, payment, and what to bring.",
            "%(n)s entries so far. Begin with parking, payment, and what to bring.",
            now.entries,
        ) % {"n": now.entries}
    else:
        state = gettext("Begin with parking, payment, and what to bring.")
    return Step(
        name="knowledge",
        title=gettext("What patients ask"),
        why=gettext("The assistant answers from what you write here, and hands over what it does not find."),
        state=state,
        done=now.entries >= FEW_ENTRIES,
        url_name="knowledge",
        action=gettext("Add knowledge"),
        needed=False,
    )


def _score(now: Standing) -> Step:
    state, done = _score_state(now)
    return Step(
        name="score",
        title=gettext("Go-live score"),
        why=gettext(
            "Simulated patients write to your assistant: ordinary ones, rude ones, urgent ones. Nothing is booked."
        ),
        state=state,
        done=done,
        url_name="trials",
        action=gettext("Look at the score") if now.trial else gettext("Play simulated patients"),
    )


def _score_state(now: Standing) -> tuple[str, bool]:
    trial = now.trial
    if trial is None:
        return (
            gettext("Published without one.") if now.published else gettext("Not played yet; it takes a minute or two.")
        ), False
    if trial["status"] in ("waiting", "running"):
        total = int(str(trial["scenarios"])) * int(str(trial["repeats"]))
        return gettext("Playing: %(trial)s of %(total)s.") % {"trial": trial["played"], "total": total or "…"}, False
    if trial["status"] != "done" or trial["passed_once"] is None:
        return gettext("The last one did not finish. Play it again."), False
    share = f"{float(str(trial['passed_once'])) * 100:.0f} %"
    if trial["red_flags_missed"]:
        return gettext("%(share)s, but a red flag was missed. Nothing may be published like that.") % {
            "share": share
        }, False
    return gettext("%(share)s ended right, no red flag missed.") % {"share": share}, True


def _proof(now: Standing) -> Step:
    state = gettext("Write “Hello” to your number from your own phone, and watch this line.")
    if now.heard:
        state = gettext("Your message came in; the answer is on its way.")
    if now.answered:
        state = gettext("A message came in, and the assistant’s answer went out.")
    return Step(
        name="proof",
        title=gettext("Message your own number"),
        why=gettext("The proof that everything works, from a patient’s phone to the answer on it."),
        state=state if now.numbers else gettext("Connect your number first."),
        done=bool(now.numbers) and now.answered,
        url_name="inbox" if now.numbers else "settings_channels",
        action=gettext("Open the inbox") if now.numbers else gettext("Connect your number"),
    )


def _people(now: Standing) -> Step:
    state = ngettext(
        "%(n)s person here, %(mailed)s mailed when the assistant needs somebody.",
        "%(n)s people here, %(mailed)s mailed when the assistant needs somebody.",
        now.people,
    ) % {"n": now.people, "mailed": now.mailed}
    return Step(
        name="people",
        title=gettext("Who is told when a person is needed"),
        why=gettext("Red flags, questions without an answer, and patients who want a person come to your team."),
        state=state if now.mailed else gettext("Nobody is mailed: what the assistant hands over may wait unseen."),
        done=bool(now.mailed),
        url_name="settings_members",
        action=gettext("Invite your team"),
    )
