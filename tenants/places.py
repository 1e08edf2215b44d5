"""Countries, their timezones and currencies, from the tz database in the tzdata package."""

from functools import cache
from importlib.resources import files

CURRENCIES = {
    "GB": "GBP", "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "CH": "CHF", "SE": "SEK", "NO": "NOK",
    "DK": "DKK", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON", "IN": "INR", "ZA": "ZAR", "SG": "SGD",
    "HK": "HKD", "JP": "JPY", "AE": "AED", "BR": "BRL", "MX": "MXN", "TR": "TRY", "IL": "ILS", "NG": "NGN",
    "KE": "KES", "IM": "GBP", "JE": "GBP", "GG": "GBP",
}  # fmt: skip
EURO = frozenset(
    ["AT", "BE", "BG", "HR", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "IE", "IT", "LT", "LU", "LV", "MT"]
    + ["NL", "PT", "SI", "SK"]
)


def currency_of(country: str) -> str:
    """ISO 4217 code for an ISO 3166 country; euros there and wherever we don't know."""
    return "EUR" if country in EURO else CURRENCIES.get(country, "EUR")


@cache
def countries() -> dict[str, str]:
    """ISO 3166 code → English name, by name."""
    names = {line[0]: "United Kingdom" if line[0] == "GB" else line[1] for line in _lines("iso3166.tab")}
    return dict(sorted(names.items(), key=lambda each: each[1]))


@cache
def timezones() -> dict[str, str]:
    """The zones that people live in, by name, each with its country: Europe/London → GB; UTC has none."""
    return dict(sorted({line[2]: line[0] for line in _lines("zone.tab")}.items())) | {"UTC": ""}


def _lines(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
