"""Small amounts of money as a person reads them."""

from django import template
from django.utils.translation import gettext

from tenants.formats import money

register = template.Library()


@register.filter
def dollars(micro: int | None) -> str:
    """Millionths of a US dollar: 4210 → "$0.0042"."""
    if micro is None:
        return gettext("unknown")
    value = micro / 1_000_000
    return money(value, places=4 if 0 < value < 0.1 else 2)
