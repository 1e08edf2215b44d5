"""`{{ contact.phone|phone }}`: +44 113 496 0000."""

from django import template

from tenants.phone_numbers import readable

register = template.Library()


@register.filter
def phone(number: str | None) -> str:
    return readable(number) if number else ""
