"""What simulated patients say, by language. Written apart from what the assistant listens for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

LANGUAGES = ("en", "de", "es", "fr", "pt")


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """`near`: words for days by their distance; `days`, `sharp`, `clock`, `parts`: ways to write a day and a time."""

    code: str
    said: Mapping[str, tuple[str, ...]]
    services: Mapping[str, str]  # usual English name, small → what it is called here
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    near: Mapping[int, tuple[str, ...]]
    this_week: tuple[str, ...]
    days: tuple[str, ...]
    sharp: tuple[str, ...]
    clock: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    same_part: Mapping[str, str]


@lru_cache
def phrases_of(language: str) -> Phrases:
    """The phrases of a language; English where there are none."""
    code = language.lower().replace("_", "-").split("-")[0]
    code = code if code in LANGUAGES else "en"
    table = import_module(f"{__name__}.{code}")
    return Phrases(
        code=code,
        said=table.PHRASES,
        services=table.SERVICES,
        weekdays=table.WEEKDAYS,
        months=table.MONTHS,
        near=table.NEAR,
        this_week=table.THIS_WEEK,
        days=table.DAYS,
        sharp=table.SHARP,
        clock=table.CLOCK,
        parts=table.PARTS,
        same_part=table.SAME_PART,
    )
