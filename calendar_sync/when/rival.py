"""dateparser, to be measured against; a tool of development, and imported nowhere else."""

import warnings
from collections.abc import Callable

from calendar_sync.when.measuring import Case, Read


def by_dateparser(day_first: Callable[[str], bool | None]) -> Read:
    """`dateparser.search_dates`, told the language, the time and the order of day and month.

    It says one moment for each find and not which part of it was said; it is given the benefit of that: only the
    date counts where a date was meant. Raises `ImportError` where it is not installed.
    """
    from dateparser.search import search_dates

    def read(case: Case) -> list[str]:
        settings = {
            "RELATIVE_BASE": case.now,
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "MDY" if day_first(case.language) is False else "DMY",
        }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it reads days without a year by strptime
            found = search_dates(case.text, languages=[case.language], settings=settings) or []
        shape = _shape(case)
        return list(dict.fromkeys(f"{moment:{shape}}" for _, moment in found))

    return read


def _shape(case: Case) -> str:
    said = next(iter(case.wanted), "-")
    parts = ("%Y-%m-%d" if "-" in said else "", "%H:%M" if ":" in said else "")
    return " ".join(filter(None, parts))
