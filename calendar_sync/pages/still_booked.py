"""After hours were changed: which appointments lie outside of them now."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from calendar_sync.models import Appointment
from tenants.formats import shown

NAMED = 3


def warn_of(request: HttpRequest, left: Sequence[Appointment]) -> None:
    """Nothing where there are none."""
    if not left:
        return
    named = [
        f"{shown(each.starts_at, 'D j M, H:i')} {each.patient.name} ({each.practitioner.name})" for each in left[:NAMED]
    ]
    more = [gettext("… and more")] if len(left) > NAMED else []
    said = ngettext(
        "%(count)s appointment is outside of hours now: %(which)s. It stands until you move or cancel it.",
        "%(count)s appointments are outside of hours now: %(which)s. They stand until you move or cancel them.",
        len(left),
    )
    messages.warning(request, said % {"count": len(left), "which": "; ".join([*named, *more])})
