"""The public holidays of a business's country as staff choose from them: by name, with their next dates."""

import datetime as dt
from dataclasses import dataclass

from calendar_sync.models import BookingRules, HolidayChoice
from calendar_sync.public_holidays import OBSERVED, holidays_between, is_closed
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class PublicHoliday:
    """`dates`: those ahead, the days on which it is observed instead among them."""

    name: str
    dates: list[dt.date]
    closed: bool


def holiday_list(business: Business, first: dt.date, last: dt.date, rules: BookingRules) -> list[PublicHoliday]:
    """By their first date. Empty for a country that is not known."""
    choices = dict(HolidayChoice.objects.values_list("name", "closed"))
    dates: dict[str, list[dt.date]] = {}
    for day, name in holidays_between(business.country, rules.holiday_region, first, last):
        dates.setdefault(name.split(OBSERVED)[0], []).append(day)
    return [
        PublicHoliday(name=name, dates=days, closed=is_closed(name, choices, rules.closed_on_holidays))
        for name, days in dates.items()
    ]


def regions_of(country: str) -> dict[str, str]:
    """Code → name of the regions that have holidays of their own, by name."""
    import holidays  # half a second, and only this page needs it

    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        return {}
    aliases = getattr(holidays.country_holidays(country), "subdivisions_aliases", None) or {}
    names = {code: name for name, code in aliases.items()}
    return dict(sorted(((code, names.get(code, code)) for code in known[country]), key=lambda each: each[1]))
