"""Removing rows of the settings, with the way back: undo rather than "are you sure"."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core import serializers, signing
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from calendar_sync.pages.changes import changed
from tenants.access import business_of, manager_page

FOR_SECONDS = 3600


def remove(request: HttpRequest, rows: Sequence[models.Model], action: str, said: str) -> None:
    """Delete the rows; the next page offers to undo it. `said` begins the sentence: "The exception of 5 May"."""
    token = signing.dumps(serializers.serialize("json", rows), salt=_salt(request), compress=True)
    with transaction.atomic():
        changed(request, action, _subject(rows))
        for row in rows:
            row.delete()
    request.session[_key(request)] = {"said": said, "token": token}


def just_removed(request: HttpRequest) -> Any:
    """{"said", "token"} for the page that follows a removal, once; else None."""
    return request.session.pop(_key(request), None)


@manager_page
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Put back what `token` holds, if its place is still free. Twice is fine."""
    there = request.POST.get("back", "")
    try:
        text = signing.loads(request.POST.get("token", ""), salt=_salt(request), max_age=FOR_SECONDS)
        with transaction.atomic():
            rows = list(serializers.deserialize("json", text))
            for row in rows:
                row.save()
            changed(request, "removal.undone", _subject(row.object for row in rows))
        messages.success(request, gettext("It is back."))
    except signing.BadSignature:
        messages.error(request, gettext("That can’t be undone any more. Please enter it again."))
    except IntegrityError:
        messages.error(request, gettext("Something else stands in its place by now. Please enter it again."))
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts=None) and there.startswith(business_of(request).path)
    return redirect(there if safe else "settings_hours")


def _subject(rows: Iterable[models.Model]) -> str:
    return ", ".join(f"{row._meta.verbose_name} {row.pk}" for row in rows)[:120]


def _salt(request: HttpRequest) -> str:
    return f"diary.removed.{business_of(request).schema_name}"


def _key(request: HttpRequest) -> str:
    return f"diary_removed_{business_of(request).pk}"
