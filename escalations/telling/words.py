"""What a notice says, without a word of a patient: it is read on locked screens and in mail."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from escalations.models import Notice
from tenants.formats import Words
from tenants.models import Business

Kind = Notice.Kind


@dataclass(frozen=True, kw_only=True)
class Said:
    text: Words
    icon: str
    setting: Words  # how the page of settings calls it


KINDS = {
    Kind.ESCALATION: Said(
        text=_("A conversation needs a person."), icon="alert-triangle", setting=_("A conversation needs a person")
    ),
    Kind.RED_FLAG: Said(
        text=_("A red flag came up: somebody may be in danger."), icon="flag", setting=_("A red flag came up")
    ),
    Kind.ASSIGNED: Said(
        text=_("A conversation was given to you."), icon="user-check", setting=_("One was given to me")
    ),
    Kind.LATE: Said(text=_("An answer is nearly late."), icon="clock", setting=_("An answer is nearly late")),
    Kind.OVERDUE: Said(text=_("An answer is late."), icon="alert-circle", setting=_("An answer is late")),
    Kind.MENTION: Said(
        text=_("A colleague named you in a note."), icon="note", setting=_("A colleague names me in a note")
    ),
    Kind.PROMISE: Said(text=_("Something that was promised is due."), icon="checks", setting=_("A promise is due")),
    Kind.PROBLEM: Said(text=_("Something is broken."), icon="plug", setting=_("Something is broken")),
    Kind.LOW_RATING: Said(
        text=_("Somebody rated how they were looked after as bad."),
        icon="star",
        setting=_("Somebody gives a low rating"),
    ),
    Kind.STRAGGLER: Said(
        text=_("Somebody is out, and a patient of theirs needs a person."),
        icon="calendar-off",
        setting=_("A patient of somebody who is out needs me"),
    ),
    Kind.UNREACHED: Said(
        text=_("A reminder reaches nobody: note whether the patient agreed to messages on WhatsApp, or call."),
        icon="bell-off",
        setting=_("A reminder reaches nobody"),
    ),
}
WEBHOOK_PAUSED = _("A webhook was paused: its program has not answered for days.")


def text_of(notice: Notice) -> str:
    """In the language that is active (tenants.languages.in_language_of)."""
    return str(WEBHOOK_PAUSED if "webhook" in notice.ways else KINDS[Kind(notice.kind)].text)


def path_of(business: Business, notice: Notice) -> str:
    """Below the business's path, so that it can be made outside of a request, too."""
    if "webhook" in notice.ways:
        return f"{business.path}settings/webhooks/{notice.ways['webhook']}/"
    if "campaign" in notice.ways:
        return f"{business.path}diary/out/{notice.ways['campaign']}/"
    if "patient" in notice.ways:
        return f"{business.path}diary/patients/{notice.ways['patient']}/#reached"
    if notice.conversation_id is not None:
        return f"{business.path}conversations/{notice.conversation_id}/"
    return f"{business.path}notices/"


def icon_of(notice: Notice) -> str:
    return KINDS[Kind(notice.kind)].icon
