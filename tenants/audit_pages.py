"""Audit: who did what, when; and whether the trail is as it was sealed. For owners and admins."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tenants import audit_chain, audit_words, worklist
from tenants.access import business_of, manager_page
from tenants.models import AuditEntry, AuditSeal, Business, User, WorkItem

PAGE = 50
CHECKED_ON_THE_PAGE = 1000


class AuditFilter(forms.Form):
    area = forms.ChoiceField(label=_("What"), required=False)
    person = forms.ChoiceField(label=_("Who"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, areas: list[str], people: dict[int, str]) -> None:
        super().__init__(data)
        for name, choices in (("area", {area: audit_words.act(area) for area in areas}), ("person", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Anything") if name == "area" else _("Anybody")), *choices.items()]

    @property
    def asked(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())


@manager_page
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    own = AuditEntry.objects.filter(business=business)
    areas = sorted({audit_words.area(action) for action in own.order_by().values_list("action", flat=True).distinct()})
    numbers = own.order_by().exclude(actor_number=None).values_list("actor_number", flat=True).distinct()
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=numbers)}
    search = AuditFilter(request.GET, areas=areas, people=people)
    rows = _wanted(own, business, search.cleaned_data) if search.is_valid() else own.none()
    page = Paginator(rows.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "search": search,
        "page": page,
        "page_query": query.urlencode(),
        "lines": [_line(entry, people) for entry in page],
        "verdict": audit_chain.verify(business.pk, newest=CHECKED_ON_THE_PAGE),
        "newest": CHECKED_ON_THE_PAGE,
        "seal": AuditSeal.objects.filter(business=business).first(),
        "checking": WorkItem.objects.filter(business=business, kind=audit_chain.CHECK, parked_at=None).exists(),
        "section": "settings",
    }
    return render(request, "tenants/settings_audit.html", context)


@manager_page
@require_POST
def check_all(request: HttpRequest) -> HttpResponse:
    """The whole trail is checked in the background; the page says what came of it."""
    business = business_of(request)
    with transaction.atomic():
        worklist.call_for(business.pk, audit_chain.CHECK, business.pk)
    return redirect("settings_audit")


def _wanted(rows: QuerySet[AuditEntry], business: Business, wanted: dict[str, Any]) -> QuerySet[AuditEntry]:
    zone = ZoneInfo(business.timezone)
    if wanted["area"]:
        rows = rows.filter(action__startswith=wanted["area"])
    if wanted["person"]:
        rows = rows.filter(actor_number=wanted["person"])
    if wanted["since"]:
        rows = rows.filter(at__gte=dt.datetime.combine(wanted["since"], dt.time(), zone))
    if wanted["until"]:
        rows = rows.filter(at__lt=dt.datetime.combine(wanted["until"] + dt.timedelta(days=1), dt.time(), zone))
    return rows


def _line(entry: AuditEntry, people: dict[int, str]) -> dict[str, Any]:
    nobody = "Frontdesk" if entry.actor_number is None else gettext("Somebody whose account is gone")
    return {
        "entry": entry,
        "who": people.get(entry.actor_number or 0, nobody),
        "what": audit_words.act(entry.action),
        "detail": audit_words.detail(entry),
    }
