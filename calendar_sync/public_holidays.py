"""Public holidays of the business's country. The library is loaded on first use: it takes half a second."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

OBSERVED = " ("  # "Boxing Day (observed)" is kept as Boxing Day is


def holidays_between(country: str, region: str, first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """In order, English names; several a day are possible. None for a country that the library doesn't know.

    country: ISO 3166; region: its subdivision as the library codes it, or "" (an unknown one counts as none).
    """
    years = range(first.year, last.year + 1)
    return [each for year in years for each in _of_year(country, region, year) if first <= each[0] <= last]


def is_closed(name: str, choices: Mapping[str, bool], otherwise: bool) -> bool:
    """By the business's choice for this name, else for the holiday that it stands in for, else by the house rule."""
    for called in (name, name.split(OBSERVED)[0]):
        if called in choices:
            return choices[called]
    return otherwise


@lru_cache(maxsize=256)
def _of_year(country: str, region: str, year: int) -> tuple[tuple[dt.date, str], ...]:
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        return ()
    found = holidays.country_holidays(
        country,
        subdiv=region if region in known[country] else None,
        years=year,
        language=_english(country),
    )
    return tuple((day, name) for day in sorted(found) for name in found.get_list(day) if day.year == year)


def _english(country: str) -> str | None:
    """The process's own language must not decide: staff choose holidays by these names. None: the only one."""
    import holidays

    default = holidays.country_holidays(country).default_language
    spoken = holidays.list_localized_countries(include_aliases=False).get(country, [])
    if default and default.startswith("en"):
        return default
    return "en_US" if "en_US" in spoken else default
