"""`{% models_brake as brake %}`: whether the operator has switched language models off, and why."""

from django import template

from tenants import platform_switch

register = template.Library()


@register.simple_tag
def models_brake() -> platform_switch.Brake:
    return platform_switch.brake()
