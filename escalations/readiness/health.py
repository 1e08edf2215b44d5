"""What is broken or in the way, why it matters, and where it is mended. Each rule looks at the standing alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from escalations.readiness.standing import Standing
from tenants.formats import Words
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`title` may hold %(n)s, how many of them there are."""

    when: Callable[[Standing], int]  # how many; 0: well
    tone: str  # bad: patients feel it; warn: they may
    title: Words
    text: Words  # why it matters, and what to do
    url_name: str
    action: Words


@dataclass(frozen=True, kw_only=True)
class Finding:
    tone: str
    title: Words
    text: Words
    url_name: str
    action: Words


@dataclass(frozen=True, kw_only=True)
class Area:
    name: Words
    icon: str
    well: Words  # what holds while nothing is found
    findings: tuple[Finding, ...]


def areas_of(business: Business, standing: Standing) -> list[Area]:
    areas = [
        Area(
            name=name,
            icon=icon,
            well=well,
            findings=tuple(_finding(rule, count) for rule in rules if (count := rule.when(standing))),
        )
        for name, icon, well, rules in AREAS.values()
    ]
    if business.suspended:
        areas[0] = replace(areas[0], findings=(SUSPENDED, *areas[0].findings))
    return areas


def worst(areas: list[Area]) -> str:
    tones = {finding.tone for area in areas for finding in area.findings}
    return "bad" if "bad" in tones else "warn" if "warn" in tones else "good"


def _finding(rule: Rule, count: int) -> Finding:
    return Finding(
        tone=rule.tone,
        title=rule.title % {"n": count},
        text=rule.text,
        url_name=rule.url_name,
        action=rule.action,
    )


def _missed_flags(now: Standing) -> int:
    done = now.trial is not None and now.trial["status"] == "done"
    return int(str(now.trial["red_flags_missed"] or 0)) if done and now.trial else 0


SUSPENDED = Finding(
    tone="bad",
    title=_("This business is suspended"),
    text=_("Nothing is answered or sent. Please contact us to reopen it."),
    url_name="settings_business",
    action=_("Look at the business"),
)
WHATSAPP = (
    Rule(
        when=lambda now: not now.numbers,
        tone="bad",
        title=_("No WhatsApp number is connected"),
        text=_("No message can arrive. Connect the number that patients know."),
        url_name="settings_channels",
        action=_("Connect your number"),
    ),
    Rule(
        when=lambda now: now.numbers_failing,
        tone="bad",
        title=_("WhatsApp refuses a connected number"),
        text=_("The last check failed: replies may not go out. The number’s card says what WhatsApp answered."),
        url_name="settings_channels",
        action=_("Check the number"),
    ),
    Rule(
        when=lambda now: now.undelivered,
        tone="warn",
        title=ngettext_lazy(
            "%(n)s message of the last day could not be delivered",
            "%(n)s messages of the last day could not be delivered",
            "n",
        ),
        text=_(
            "Each says why in its conversation. A number without WhatsApp is the usual reason: call those patients."
        ),
        url_name="inbox",
        action=_("Open the inbox"),
    ),
    Rule(
        when=lambda now: now.templates_refused,
        tone="warn",
        title=ngettext_lazy("WhatsApp refused %(n)s message template", "WhatsApp refused %(n)s message templates", "n"),
        text=_(
            "What should go out by itself waits for you instead, a day after the patient’s last message. Change the "
            "words and hand them in again."
        ),
        url_name="settings_messages",
        action=_("Look at the templates"),
    ),
    Rule(
        when=lambda now: bool(now.numbers) and not now.templates_approved,
        tone="warn",
        title=_("No message template is approved"),
        text=_(
            "Reminders reach only patients who wrote within the last day. Hand the templates in; WhatsApp usually "
            "answers within a day."
        ),
        url_name="settings_messages",
        action=_("Look at the templates"),
    ),
)
DIARY = (
    Rule(
        when=lambda now: not now.hours,
        tone="bad",
        title=_("You have no opening hours"),
        text=_("The assistant can’t offer a time, and can’t say when the team is back."),
        url_name="settings_hours",
        action=_("Set the hours"),
    ),
    Rule(
        when=lambda now: not now.services,
        tone="bad",
        title=_("There is no service to book"),
        text=_("Add what patients come for, with its length and price."),
        url_name="settings_services",
        action=_("Add a service"),
    ),
    Rule(
        when=lambda now: now.services - now.bookable,
        tone="bad",
        title=ngettext_lazy("%(n)s service can’t be booked", "%(n)s services can’t be booked", "n"),
        text=_("Nobody who performs it has working hours. Choose who does, or remove it from the services."),
        url_name="settings_services",
        action=_("Look at the services"),
    ),
    Rule(
        when=lambda now: now.idle,
        tone="warn",
        title=ngettext_lazy(
            "%(n)s practitioner without working hours", "%(n)s practitioners without working hours", "n"
        ),
        text=_("Nothing is offered with them."),
        url_name="settings_practitioners",
        action=_("Set their hours"),
    ),
)
GOOGLE = (
    Rule(
        when=lambda now: now.calendars_lost,
        tone="bad",
        title=ngettext_lazy(
            "Google no longer lets us into %(n)s account", "Google no longer lets us into %(n)s accounts", "n"
        ),
        text=_("The times of whoever uses it are not offered, so that nothing is booked twice. Connect it again."),
        url_name="settings_calendars",
        action=_("Connect again"),
    ),
    Rule(
        when=lambda now: now.calendars_failing,
        tone="warn",
        title=ngettext_lazy(
            "%(n)s Google calendar can’t be read just now", "%(n)s Google calendars can’t be read just now", "n"
        ),
        text=_("We keep trying, and offer none of those times meanwhile. It usually passes by itself within minutes."),
        url_name="settings_calendars",
        action=_("Look at the calendars"),
    ),
    Rule(
        when=lambda now: now.differences,
        tone="warn",
        title=ngettext_lazy(
            "%(n)s difference between diary and Google Calendar",
            "%(n)s differences between diary and Google Calendar",
            "n",
        ),
        text=_("The daily comparison found them. Decide for each which one is right."),
        url_name="calendar_truth",
        action=_("Mend them"),
    ),
    Rule(
        when=lambda now: now.proposals,
        tone="warn",
        title=ngettext_lazy(
            "%(n)s change made in Google wait for your answer", "%(n)s changes made in Google wait for your answer", "n"
        ),
        text=_("An appointment was moved or deleted there. The patient knows nothing of it yet."),
        url_name="google_changes",
        action=_("Answer"),
    ),
)
ASSISTANT = (
    Rule(
        when=_missed_flags,
        tone="bad",
        title=ngettext_lazy(
            "The last go-live score missed %(n)s red flag", "The last go-live score missed %(n)s red flags", "n"
        ),
        text=_("Look at what the simulated patient wrote, and add its words to the red flags."),
        url_name="trials",
        action=_("Look at the score"),
    ),
    Rule(
        when=lambda now: now.gaps,
        tone="warn",
        title=ngettext_lazy("%(n)s question without an answer", "%(n)s questions without an answer", "n"),
        text=_("Patients asked what nobody has written down. Each answer becomes knowledge in two clicks."),
        url_name="knowledge_gaps",
        action=_("Answer"),
    ),
)
PEOPLE = (
    Rule(
        when=lambda now: not now.mailed,
        tone="bad",
        title=_("Nobody is mailed when a person is needed"),
        text=_("What the assistant hands over may wait unseen overnight."),
        url_name="settings_notifications",
        action=_("Turn it on"),
    ),
)
BEHIND = (
    Rule(
        when=lambda now: now.late,
        tone="bad",
        title=ngettext_lazy(
            "%(n)s piece of work should have been done minutes ago",
            "%(n)s pieces of work should have been done minutes ago",
            "n",
        ),
        text=_("Answers, reminders or calendar entries. Nothing is lost. If this stays, please contact us."),
        url_name="inbox",
        action=_("Open the inbox"),
    ),
    Rule(
        when=lambda now: now.parked,
        tone="warn",
        title=ngettext_lazy(
            "%(n)s piece of work failed again and again", "%(n)s pieces of work failed again and again", "n"
        ),
        text=_("What concerned a patient was handed over to you. Please contact us about the cause."),
        url_name="escalations",
        action=_("Open the escalations"),
    ),
    Rule(
        when=lambda now: now.webhooks_paused,
        tone="warn",
        title=ngettext_lazy("%(n)s webhook paused", "%(n)s webhooks paused", "n"),
        text=_("Your other program is not told of news. The log says what it answered."),
        url_name="webhooks",
        action=_("Look at the webhooks"),
    ),
)
AREAS: dict[str, tuple[Words, str, Words, tuple[Rule, ...]]] = {
    "whatsapp": (_("WhatsApp"), "brand-whatsapp", _("The number is connected, and messages go out."), WHATSAPP),
    "diary": (_("Diary"), "calendar", _("Every service can be booked."), DIARY),
    "google_calendar": (_("Google Calendar"), "brand-google", _("Nothing to mend."), GOOGLE),
    "assistant": (
        _("Assistant"),
        "robot",
        _("No red flag was missed, and no question waits for an answer."),
        ASSISTANT,
    ),
    "people": (_("People"), "users", _("Somebody is told when a person is needed."), PEOPLE),
    "behind_the_scenes": (_("Behind the scenes"), "activity", _("Everything that was due is done."), BEHIND),
}
