"""{% words_script %}: the scripts' words in the reader's language. {% languages as all %}: [(code, own name)]."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tenants import script_words

register = template.Library()


@register.simple_tag
def words_script() -> SafeString | str:
    address = script_words.address(get_language() or settings.LANGUAGE_CODE)
    return format_html('<script src="{}" defer></script>', address) if address else ""


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)
