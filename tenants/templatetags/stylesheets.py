"""{% stylesheets %}: the links to every page's style sheets."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tenants.stylesheets import SHEETS, TOGETHER

register = template.Library()


@register.simple_tag
def stylesheets() -> SafeString:
    """One link where they were joined, else one for each."""
    sheets = (TOGETHER,) if settings.STATIC_BUILT else SHEETS
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', ((static(each),) for each in sheets))
