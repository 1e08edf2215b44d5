"""Times as people read them, in the timezone that is active (a business's own below /b/<slug>/)."""

import datetime as dt

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tenants import clock
from tenants.formats import number, plainly

register = template.Library()


@register.filter
def short_time(moment: dt.datetime | None) -> str:
    """09:42 today, Yesterday, Mon within a week, else 12 Nov (12 Nov 2025 in another year)."""
    if moment is None:
        return ""
    local, today = timezone.localtime(moment), timezone.localtime(clock.now()).date()
    age = (today - local.date()).days
    if age == 0:
        return plainly(local, "H:i")
    if age == 1:
        return gettext("Yesterday")
    if 1 < age < 7:
        return plainly(local, "D")
    return plainly(local, "j M" if local.year == today.year else "j M Y")


@register.filter
def day_heading(moment: dt.datetime | dt.date | None) -> str:
    """Today, Yesterday, Tomorrow, else Thu 26 November (with the year when it is another one)."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, dt.datetime) else moment
    today = timezone.localtime(clock.now()).date()
    near = {-1: gettext("Yesterday"), 0: gettext("Today"), 1: gettext("Tomorrow")}.get((day - today).days)
    return near or plainly(day, "D j F" if day.year == today.year else "D j F Y")


@register.filter
def age(moment: dt.datetime | None) -> str:
    """How long ago, in one unit: just now, 4 min, 3 h, 2 d. static/js/ages.js keeps it true on open pages."""
    if moment is None:
        return ""
    minutes = max(0, int((clock.now() - moment).total_seconds() // 60))
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return gettext("%(n)s min") % {"n": minutes}
    if minutes < 48 * 60:
        return gettext("%(n)s h") % {"n": minutes // 60}
    return gettext("%(n)s d") % {"n": minutes // (24 * 60)}


@register.filter
def seconds(milliseconds: float | None) -> str:
    """A duration in milliseconds as people read it: 84 ms, 1.04 s."""
    if milliseconds is None:
        return ""
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{number(milliseconds / 1000, 2)} s"


@register.filter
def moment(text: str) -> dt.datetime:
    """A moment that came out of JSON, ISO 8601 with its offset."""
    return dt.datetime.fromisoformat(text)


@register.simple_tag
def time_of(at: dt.datetime | None, style: str = "full") -> SafeString:
    """components/time.html as a piece of a sentence: {% time_of at "day" as when %}, then say {{ when }} in it."""
    return SafeString(render_to_string("components/time.html", {"at": at, "style": style}).strip())
