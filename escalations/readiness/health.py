"""What is broken or in the way, why it matters, and where it is mended. Each rule looks at the standing alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from escalations.readiness.standing import Standing
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`title` and `text` may hold {n}, how many of them there are, and {s}, the plural's ending."""

    when: Callable[[Standing], int]  # how many; 0: well
    tone: str  # bad: patients feel it; warn: they may
    title: str
    text: str  # why it matters, and what to do
    url_name: str
    action: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    tone: str
    title: str
    text: str
    url_name: str
    action: str


@dataclass(frozen=True, kw_only=True)
class Area:
    name: str
    icon: str
    well: str  # what holds while nothing is found
    findings: tuple[Finding, ...]


def areas_of(business: Business, standing: Standing) -> list[Area]:
    areas = [
        Area(
            name=name,
            icon=icon,
            well=well,
            findings=tuple(_finding(rule, count) for rule in rules if (count := rule.when(standing))),
        )
        for name, (icon, well, rules) in AREAS.items()
    ]
    if business.suspended:
        areas[0] = replace(areas[0], findings=(SUSPENDED, *areas[0].findings))
    return areas


def worst(areas: list[Area]) -> str:
    tones = {finding.tone for area in areas for finding in area.findings}
    return "bad" if "bad" in tones else "warn" if "warn" in tones else "good"


def _finding(rule: Rule, count: int) -> Finding:
    words = {"n": count, "s": "" if count == 1 else "s"}
    return Finding(
        tone=rule.tone,
        title=rule.title.format(**words),
        text=rule.text.format(**words),
        url_name=rule.url_name,
        action=rule.action,
    )


def _missed_flags(now: Standing) -> int:
    done = now.trial is not None and now.trial["status"] == "done"
    return int(str(now.trial["red_flags_missed"] or 0)) if done and now.trial else 0


SUSPENDED = Finding(
    tone="bad",
    title="This business is suspended",
    text="Nothing is answered or sent. Please contact us to reopen it.",
    url_name="settings_business",
    action="Look at the business",
)
WHATSAPP = (
    Rule(
        when=lambda now: not now.numbers,
        tone="bad",
        title="No WhatsApp number is connected",
        text="No message can arrive. Connect the number that patients know.",
        url_name="settings_channels",
        action="Connect your number",
    ),
    Rule(
        when=lambda now: now.numbers_failing,
        tone="bad",
        title="WhatsApp refuses a connected number",
        text="The last check failed: replies may not go out. The number’s card says what WhatsApp answered.",
        url_name="settings_channels",
        action="Check the number",
    ),
    Rule(
        when=lambda now: now.undelivered,
        tone="warn",
        title="{n} message{s} of the last day could not be delivered",
        text="Each says why in its conversation. A number without WhatsApp is the usual reason: call those patients.",
        url_name="inbox",
        action="Open the inbox",
    ),
    Rule(
        when=lambda now: now.templates_refused,
        tone="warn",
        title="WhatsApp refused {n} message template{s}",
        text="What should go out by itself waits for you instead, a day after the patient’s last message. Change the "
        "words and hand them in again.",
        url_name="settings_messages",
        action="Look at the templates",
    ),
    Rule(
        when=lambda now: bool(now.numbers) and not now.templates_approved,
        tone="warn",
        title="No message template is approved",
        text="Reminders reach only patients who wrote within the last day. Hand the templates in; WhatsApp usually "
        "answers within a day.",
        url_name="settings_messages",
        action="Look at the templates",
    ),
)
DIARY = (
    Rule(
        when=lambda now: not now.hours,
        tone="bad",
        title="You have no opening hours",
        text="The assistant can’t offer a time, and can’t say when the team is back.",
        url_name="settings_hours",
        action="Set the hours",
    ),
    Rule(
        when=lambda now: not now.services,
        tone="bad",
        title="There is no service to book",
        text="Add what patients come for, with its length and price.",
        url_name="settings_services",
        action="Add a service",
    ),
    Rule(
        when=lambda now: now.services - now.bookable,
        tone="bad",
        title="{n} service{s} can’t be booked",
        text="Nobody who performs it has working hours. Choose who does, or remove it from the services.",
        url_name="settings_services",
        action="Look at the services",
    ),
    Rule(
        when=lambda now: now.idle,
        tone="warn",
        title="{n} practitioner{s} without working hours",
        text="Nothing is offered with them.",
        url_name="settings_practitioners",
        action="Set their hours",
    ),
)
GOOGLE = (
    Rule(
        when=lambda now: now.calendars_lost,
        tone="bad",
        title="Google no longer lets us into {n} account{s}",
        text="The times of whoever uses it are not offered, so that nothing is booked twice. Connect it again.",
        url_name="settings_calendars",
        action="Connect again",
    ),
    Rule(
        when=lambda now: now.calendars_failing,
        tone="warn",
        title="{n} Google calendar{s} can’t be read just now",
        text="We keep trying, and offer none of those times meanwhile. It usually passes by itself within minutes.",
        url_name="settings_calendars",
        action="Look at the calendars",
    ),
    Rule(
        when=lambda now: now.differences,
        tone="warn",
        title="{n} difference{s} between diary and Google Calendar",
        text="The daily comparison found them. Decide for each which one is right.",
        url_name="calendar_truth",
        action="Mend them",
    ),
    Rule(
        when=lambda now: now.proposals,
        tone="warn",
        title="{n} change{s} made in Google wait for your answer",
        text="An appointment was moved or deleted there. The patient knows nothing of it yet.",
        url_name="google_changes",
        action="Answer",
    ),
)
ASSISTANT = (
    Rule(
        when=_missed_flags,
        tone="bad",
        title="The last go-live score missed {n} red flag{s}",
        text="Look at what the simulated patient wrote, and add its words to the red flags.",
        url_name="trials",
        action="Look at the score",
    ),
    Rule(
        when=lambda now: now.gaps,
        tone="warn",
        title="{n} question{s} without an answer",
        text="Patients asked what nobody has written down. Each answer becomes knowledge in two clicks.",
        url_name="knowledge_gaps",
        action="Answer",
    ),
)
PEOPLE = (
    Rule(
        when=lambda now: not now.mailed,
        tone="bad",
        title="Nobody is mailed when a person is needed",
        text="What the assistant hands over may wait unseen overnight.",
        url_name="settings_notifications",
        action="Turn it on",
    ),
)
BEHIND = (
    Rule(
        when=lambda now: now.late,
        tone="bad",
        title="{n} piece{s} of work should have been done minutes ago",
        text="Answers, reminders or calendar entries. Nothing is lost. If this stays, please contact us.",
        url_name="inbox",
        action="Open the inbox",
    ),
    Rule(
        when=lambda now: now.parked,
        tone="warn",
        title="{n} piece{s} of work failed again and again",
        text="What concerned a patient was handed over to you. Please contact us about the cause.",
        url_name="escalations",
        action="Open the escalations",
    ),
    Rule(
        when=lambda now: now.webhooks_paused,
        tone="warn",
        title="{n} webhook{s} paused",
        text="Your other program is not told of news. The log says what it answered.",
        url_name="webhooks",
        action="Look at the webhooks",
    ),
)
AREAS: dict[str, tuple[str, str, tuple[Rule, ...]]] = {
    "WhatsApp": ("brand-whatsapp", "The number is connected, and messages go out.", WHATSAPP),
    "Diary": ("calendar", "Every service can be booked.", DIARY),
    "Google Calendar": ("brand-google", "Nothing to mend.", GOOGLE),
    "Assistant": ("robot", "No red flag was missed, and no question waits for an answer.", ASSISTANT),
    "People": ("users", "Somebody is told when a person is needed.", PEOPLE),
    "Behind the scenes": ("activity", "Everything that was due is done.", BEHIND),
}
