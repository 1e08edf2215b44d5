"""Whether 3/12 is in December or in March: the country tells, and a timezone tells the country (CLDR, short dates)."""

from tenants import places

MONTH_FIRST = frozenset(("US", "AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "VI"))
BOTH_IN_USE = frozenset(("CA",))
_OLD_NAMES = {"US/": "US", "Canada/": "CA"}  # links of the tz database that its table of zones leaves out


def day_first_in(country: str, language: str = "en") -> bool | None:
    """True for day first, False for month first, None where people write both; other languages keep their own."""
    if not language.lower().startswith("en"):
        return True
    return None if country in BOTH_IN_USE else country not in MONTH_FIRST


def day_order(*, timezone: str | None, language: str) -> bool | None:
    """The same by a timezone; None in English where there is none to tell the country."""
    if timezone is None and language.lower().startswith("en"):
        return None
    return day_first_in(_country_of(timezone or ""), language)


def _country_of(timezone: str) -> str:
    old = (country for prefix, country in _OLD_NAMES.items() if timezone.startswith(prefix))
    return places.timezones().get(timezone) or next(old, "")
