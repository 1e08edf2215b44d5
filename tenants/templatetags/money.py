"""Small amounts of money as a person reads them."""

from django import template

register = template.Library()


@register.filter
def dollars(micro: int | None) -> str:
    """Millionths of a US dollar: 4210 → "$0.0042"."""
    if micro is None:
        return "unknown"
    value = micro / 1_000_000
    return f"${value:.4f}" if 0 < value < 0.1 else f"${value:.2f}"
