"""Which language a page is written in: the person's own choice, else this browser's, else what the browser asks for.

Only pages: programs (API, MCP, webhooks, calendar feeds) and whatever patients or the model read stay as they are
(docs/decisions/0036). Celery's processes speak English unless `in_language_of` says otherwise.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from tenants.models import User

COOKIE_SECONDS = 365 * 24 * 3600
# What is addressed to programs, below / and below /b/<slug>/.
PUBLIC_PROGRAMS = (
    "/webhooks/",
    "/files/",
    "/calendar/google/notifications/",
    "/c/",
    "/feeds/",
    "/operator/",
    "/words/",
)
BUSINESS_PROGRAMS = ("/api/", "/events/")


def in_language_of(user: User) -> AbstractContextManager[None]:
    """`with in_language_of(user):` texts made inside are in the reader's language: mails, notices, pushes."""
    return translation.override(known(user.language) or settings.LANGUAGE_CODE)


def known(code: str) -> str:
    """The code if it is one of settings.LANGUAGES, else ""."""
    return code if code in dict(settings.LANGUAGES) else ""


class LanguageMiddleware:
    """Below AuthenticationMiddleware: the choice is a column of the user who is loaded anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if for_programs(request):
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        language = language_for(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def for_programs(request: HttpRequest) -> bool:
    below_business = hasattr(request, "business_missing")
    return request.path_info.startswith(BUSINESS_PROGRAMS if below_business else PUBLIC_PROGRAMS)


def language_for(request: HttpRequest) -> str:
    chosen = known(request.user.language) if request.user.is_authenticated else ""
    # Django's own order: cookie, then Accept-Language ("en-US" finds en-gb, "pt-BR" pt), then LANGUAGE_CODE.
    return chosen or translation.get_language_from_request(request)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The list of languages; a POST keeps the choice with the person and in this browser."""
    back = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    language = known(request.POST.get("language", ""))
    if not language:
        status = 400 if request.method == "POST" else 200
        return render(request, "tenants/language.html", {"next": back}, status=status)
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=language)
    response = redirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_SECONDS,
        secure=settings.SECURE_ORIGIN,
        httponly=True,
        samesite="Lax",
    )
    return response
