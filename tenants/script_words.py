"""The words of static/js/*.js in one language: a script that browsers keep for ever, as its address marks it."""

import hashlib
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

from tenants.languages import known


class Words(JavaScriptCatalog):
    def get_paths(self, packages: Any) -> list[str]:
        return [str(path) for path in settings.LOCALE_PATHS]  # ours alone: not the operator's pages'


@cache_control(max_age=31_536_000, immutable=True, public=True)
def script(request: HttpRequest, language: str, mark: str) -> HttpResponseBase:
    if not known(language) or mark != mark_of(language):
        raise Http404("no such words")
    with translation.override(language):
        return Words.as_view(packages=["tenants"])(request)


def address(language: str) -> str:
    """ "" for English, whose words stand in the scripts themselves."""
    if language == settings.LANGUAGE_CODE:
        return ""
    return f"/words/{language}.{mark_of(language)}.js"  # not reversed: within a business that begins with its prefix


@cache
def mark_of(language: str) -> str:
    files = [path / language / "LC_MESSAGES" / "djangojs.mo" for path in settings.LOCALE_PATHS]
    content = b"".join(file.read_bytes() for file in files if file.is_file())
    return hashlib.sha256(content).hexdigest()[:12]
