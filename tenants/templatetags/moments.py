"""A moment as a piece of a sentence: `{% time_html at "short" as when %}`, then a blocktranslate with {{ when }}."""

import datetime as dt

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def time_html(at: dt.datetime | None, style: str = "full") -> SafeString:
    """What components/time.html makes of it; the styles are named there."""
    return SafeString(render_to_string("components/time.html", {"at": at, "style": style}).strip())
