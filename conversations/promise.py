"""What a handoff tells the contact, in their language: who answers and when. Only what the opening hours and who of
the team is there bear out: no answer today that no hour of today is left for.
"""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from calendar_sync.availability import Period
from calendar_sync.brief import periods_ahead
from calendar_sync.open_time import due_in
from conversations.promise_texts import PASSED_ON, SAID, WAITING, Said
from conversations.team import Team, team_of
from tenants.models import Business

SMALL_DAYS = ("es", "fr", "pt")  # weekdays and months begin small there; Django's Portuguese ones don't


def promise(business: Business, now: dt.datetime, language: str = "en") -> str:
    """ "I've passed this to the team at Bright Smile. They are open until 17:30 today and will answer you here." """
    return f"{SAID[language].passed.format(business=business.name)} {when(business, now, language)}"


def still_waiting(business: Business, now: dt.datetime, language: str, *, passed_on: bool) -> str:
    """For somebody whom nobody has answered: an apology, whether somebody else has it now, and when they are there."""
    said = [WAITING[language], *([PASSED_ON[language]] if passed_on else []), when(business, now, language)]
    return " ".join(said)


def when(business: Business, now: dt.datetime, language: str) -> str:
    """When the team answers. With everybody away it is the first opening after somebody is back; where nobody said
    when, or no hours are known, no time is named."""
    team, zone = team_of(business, now), ZoneInfo(business.timezone)
    ahead = periods_ahead(business, now) if team.there_from is not None else []
    there = [each for each in ahead if team.there_from is not None and team.there_from < each.ends_at]
    if not there or team.there_from is None:
        return SAID[language].whenever
    begins = max(there[0].starts_at, team.there_from)
    if begins <= now:
        return _now(there, team, now, zone, language)
    return _back(begins.astimezone(zone), now.astimezone(zone), language)


def _now(there: Sequence[Period], team: Team, now: dt.datetime, zone: ZoneInfo, language: str) -> str:
    """They are there. No time where it stays open for days; a second one where today may not suffice."""
    said, closing, local = SAID[language], there[0].ends_at.astimezone(zone), now.astimezone(zone)
    if closing.date() != local.date():
        return said.tonight.format(at=f"{closing:%H:%M}") if closing - local < dt.timedelta(hours=12) else said.now
    ready = due_in(there, now, team.reply_minutes)
    if ready is not None and ready <= there[0].ends_at:
        return said.until.format(at=f"{closing:%H:%M}")
    if len(there) < 2:  # nothing is known beyond it
        return said.now
    back = _from(there[1].starts_at.astimezone(zone), local, language)
    return said.or_else.format(until=f"{closing:%H:%M}", back=back)


def _back(opening: dt.datetime, local: dt.datetime, language: str) -> str:
    said = SAID[language]
    return _dated((said.today, said.tomorrow, said.on_day), opening, local, language)


def _from(opening: dt.datetime, local: dt.datetime, language: str) -> str:
    said: Said = SAID[language]
    return _dated((said.from_today, said.from_tomorrow, said.from_day), opening, local, language)


def _dated(texts: tuple[str, str, str], opening: dt.datetime, local: dt.datetime, language: str) -> str:
    """Today's, tomorrow's or another day's text; a weekday within a week, with its date beyond."""
    days, at = (opening.date() - local.date()).days, f"{opening:%H:%M}"
    if days < 2:
        return texts[days].format(at=at)
    with translation.override(language):
        day = date_format(opening, "l" if days < 7 else SAID[language].far)
    return texts[2].format(day=day.lower() if language in SMALL_DAYS else day, at=at)
