"""Texts for again and again, reached by "/" in the reply box; names in braces are filled in for the contact."""

import re
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db.models import Q
from django.utils import formats, timezone, translation
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import HOLDS_TIME, Appointment
from conversations.models import Conversation
from escalations.models import SavedReply
from tenants import clock
from tenants.folding import fold
from tenants.models import Business, User

PLACES = {
    "contact": _("the contact’s name"),
    "me": _("your first name"),
    "business": _("the name of the business"),
    "next_appointment": _("day and time of their next appointment"),
}
_PLACE = re.compile(r"\{([a-z_]+)\}")
SHOWN = 8


def unknown_in(text: str) -> list[str]:
    """Names in braces that can't be filled in."""
    return sorted({name for name in _PLACE.findall(text) if name not in PLACES})


def fitting(typed: str) -> Sequence[SavedReply]:
    """Those whose shortcut begins with what was typed, then those whose text holds it."""
    rows = list(SavedReply.objects.filter(deleted_at__isnull=True))
    wanted = fold(typed)
    first = [each for each in rows if each.shortcut.startswith(wanted)]
    return (first + [each for each in rows if each not in first and wanted in fold(each.text)])[:SHOWN]


def values_for(business: Business, conversation: Conversation, user: User) -> Mapping[str, str]:
    """What the names in braces stand for here; what is not known stays as it is, to be written by hand."""
    now = clock.now()
    coming = Appointment.objects.filter(
        Q(during__endswith__gt=now), contact_id=conversation.contact_id, status__in=HOLDS_TIME
    )
    next_one = coming.order_by("during").first()
    with translation.override(settings.LANGUAGE_CODE):  # it goes to the patient, whatever language the desk speaks
        when = formats.date_format(timezone.localtime(next_one.starts_at), "l j F, H:i") if next_one else ""
    known = {
        "contact": conversation.contact.display_name,
        "me": user.get_short_name(),
        "business": business.name,
        "next_appointment": when,
    }
    return {name: value for name, value in known.items() if value}


def filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: values.get(match[1], match[0]), text)
