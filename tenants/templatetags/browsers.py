"""`{{ session.user_agent|browser }}`: "Firefox on Windows"."""

from django import template
from django.utils.translation import gettext

from tenants import browsers

register = template.Library()


@register.filter
def browser(header: str) -> str:
    name, system = browsers.browser_of(header or "")
    if name and system:
        return gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or gettext("An unknown program")


@register.filter
def is_phone(header: str) -> bool:
    return browsers.is_phone(header or "")
