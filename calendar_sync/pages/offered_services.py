"""Settings: what can be booked, how long it takes, what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calendar_sync.brief import price_text
from calendar_sync.models import Resource, Service
from calendar_sync.models.offer import a_day_before
from calendar_sync.pages.changes import changed
from calendar_sync.pages.service_forms import ServiceForm
from calendar_sync.pages.span_fields import span_words
from calendar_sync.reminding import REPLAN
from tenants import worklist
from tenants.access import business_of, find, manager_page
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Line:
    """One service as the list shows it at a glance."""

    service: Service
    price: str
    people: list[str]
    facts: list[str]
    missing: list[str]  # why it can't be booked at all


@manager_page
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    rows = Service.objects.prefetch_related("practitioners", "own_durations", "needs__kind")
    usable = dict(Resource.objects.filter(active=True).values_list("kind").annotate(Count("pk")))
    lines = [_line(each, business, usable) for each in rows]
    context = {
        "offered": [line for line in lines if line.service.active],
        "gone": [line for line in lines if not line.service.active],
        "section": "settings",
    }
    return render(request, "diary/settings_services.html", context)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, service_id: int | None = None) -> HttpResponse:
    service = find(request, Service, pk=service_id) if service_id else None
    business = business_of(request)
    form = ServiceForm(request.POST or None, instance=service, business=business)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            worklist.call_for(business.pk, REPLAN, business.pk)  # its reminders may be others now
            changed(request, "service.edited" if service else "service.added", f"service {saved.pk}")
        messages.success(request, gettext("%(saved)s is saved.") % {"saved": saved.name})
        return redirect("settings_services")
    own = Service.objects.filter(pk=service_id).first() if service_id else None  # a refused form keeps its name
    status = 422 if request.method == "POST" else 200
    return render(request, "diary/service.html", {"form": form, "service": own, "section": "settings"}, status=status)


@manager_page
@require_POST
def offered(request: HttpRequest, service_id: int) -> HttpResponse:
    """`on=1` offers it again, anything else stops offering it; appointments stay."""
    service = find(request, Service, pk=service_id)
    service.active = request.POST.get("on") == "1"
    if service.active and Service.objects.filter(active=True, name=service.name).exclude(pk=service.pk).exists():
        messages.error(
            request,
            gettext("Another service is called %(service)s now. Rename one of them first.") % {"service": service.name},
        )
        return redirect("settings_services")
    with transaction.atomic():
        service.save(update_fields=["active"])
        changed(request, "service.offered" if service.active else "service.withdrawn", f"service {service.pk}")
    said = gettext("%(service)s is offered again.") if service.active else gettext("%(service)s is no longer offered.")
    messages.success(request, said % {"service": service.name})
    return redirect("settings_services")


def _line(service: Service, business: Business, usable: dict[int, int]) -> Line:
    people = [who.name for who in service.practitioners.all() if who.active]
    missing = [] if people else [gettext("Nobody performs it")]
    for need in service.needs.all():
        if usable.get(need.kind_id, 0) < need.count:
            missing.append(_lacking(need.count, need.kind.name, usable.get(need.kind_id, 0)))
    return Line(
        service=service,
        price=price_text(service.price, business.currency),
        people=people,
        facts=list(_facts(service)),
        missing=missing,
    )


def _facts(service: Service) -> Iterator[str]:
    """What differs from the usual, in a few words each."""
    if service.own_durations.all():
        yield gettext("own lengths")
    if service.minimum_notice is not None:
        yield gettext("at least %(span)s before") % {"span": span_words(service.minimum_notice)}
    if service.horizon_days is not None:
        yield gettext("up to %(days)s days ahead") % {"days": service.horizon_days}
    if service.seats > 1:
        yield gettext("%(count)s seats") % {"count": service.seats}
    for need in service.needs.all():
        yield need.kind.name if need.count == 1 else f"{need.count} × {need.kind.name}"
    if service.open_to != Service.OpenTo.EVERYBODY:
        new = service.open_to == Service.OpenTo.NEW
        yield gettext("only for who is new here") if new else gettext("only for who has been here")
    if not service.bookable_online:
        yield gettext("booked by the team only")
    if service.reminders and service.reminders != a_day_before():
        yield gettext("reminder %(spans)s before") % {
            "spans": ", ".join(span_words(each) for each in service.reminders)
        }
    if not service.reminders:
        yield gettext("no reminder")


def _lacking(needed: int, kind: str, usable: int) -> str:
    values = {"needed": needed, "kind": kind, "count": usable}
    if not usable:
        return gettext("Needs %(needed)s × %(kind)s, there are none") % values
    said = ngettext(
        "Needs %(needed)s × %(kind)s, there is %(count)s", "Needs %(needed)s × %(kind)s, there are %(count)s", usable
    )
    return said % values
