"""`{{ start|shown:"D j M, H:i" }}` and its kin: `tenants.formats` for templates."""

import datetime as dt
from decimal import Decimal

from django import template

from tenants import formats

register = template.Library()


@register.filter(expects_localtime=True)
def shown(value: formats.Moment | None, form: str) -> str:
    """Instead of `date:"D j M"` and `time:"H:i"`, so that each language has its own order; "" for nothing."""
    return formats.plainly(value, form) if isinstance(value, dt.date | dt.time) else ""


@register.simple_tag
def days(first: dt.date, last: dt.date) -> str:
    """`{% days first last %}`: "31 Oct – 27 Nov 2026" """
    return formats.days(first, last)


@register.simple_tag
def span(begin: dt.datetime, end: dt.datetime) -> str:
    """`{% span starts_at ends_at %}`: whole days without their midnights."""
    return formats.span(begin, end)


@register.filter
def number(value: float | Decimal | None, places: int = 0) -> str:
    return "" if value is None or value == "" else formats.number(value, places)


@register.filter
def percent(share: float | None, places: int = 0) -> str:
    return "" if share is None or share == "" else formats.percent(share, places)


@register.filter
def mid_sentence(label: object) -> str:
    return formats.mid_sentence(str(label))
