"""What a handoff tells the contact: who answers and when. Only what the opening hours bear out."""

import datetime as dt
from zoneinfo import ZoneInfo

from calendar_sync import brief
from tenants.models import Business


def promise(business: Business, now: dt.datetime) -> str:
    """ "I've passed this to the team at Bright Smile. They are open until 17:30 today and will answer you here." """
    return f"I've passed this to the team at {business.name}. {_when(business, now)}"


def _when(business: Business, now: dt.datetime) -> str:
    opening = brief.next_opening(business, now)
    zone = ZoneInfo(business.timezone)
    local = now.astimezone(zone)
    if opening is None:
        return "They will answer you here."
    if opening <= now:
        until = (brief.closing(business, now) or now).astimezone(zone)
        return f"They are open{_until(until, local)} and will answer you here."
    return f"They are back {_day(opening.astimezone(zone), local)} and will answer you here then."


def _until(closing: dt.datetime, local: dt.datetime) -> str:
    """Nothing where it stays open for days."""
    if closing.date() == local.date():
        return f" until {closing:%H:%M} today"
    return f" until {closing:%H:%M} tonight" if closing - local < dt.timedelta(hours=12) else ""


def _day(opening: dt.datetime, local: dt.datetime) -> str:
    days = (opening.date() - local.date()).days
    if days == 0:
        return f"today at {opening:%H:%M}"
    if days == 1:
        return f"tomorrow at {opening:%H:%M}"
    if days < 7:
        return f"on {opening:%A} at {opening:%H:%M}"
    return f"on {opening:%A} {opening.day} {opening:%B} at {opening:%H:%M}"
