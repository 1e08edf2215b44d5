"""What the assistant's models cost, and what they are allowed to cost."""

import csv
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from agents.llm.catalogue import AS_OF, MODELS
from agents.models import ModelRoles, SpendLimit, SpendWarning
from agents.runtime import breaker
from agents.runtime.spending import Budget, Periods
from escalations.assistant_tabs import assistant_tabs
from escalations.bars import draw
from escalations.model_words import why_words
from escalations.overview import overview
from escalations.spend_forms import LimitsForm, RolesForm
from escalations.spending_figures import Month, Spending, label_of, lines_of, spending_of
from tenants.access import business_of, manager_page, membership_of, staff_page
from tenants.audit import record
from tenants.events import publish
from tenants.models import Business
from tenants.spreadsheets import inert

VENDOR = "anthropic"
COLUMNS = ("day", "model", "purpose", "calls", "failed", "unknown cost", "input tokens", "cached tokens")
SAVED = {
    "limits": _("Saved. The new limits hold from the next call on."),
    "models": _("Saved. The new models hold from the next call on."),
}


@staff_page
@require_safe
def spend_page(request: HttpRequest) -> HttpResponse:
    """Everybody on the staff may read it; owners and admins set limits."""
    return _page(request)


@manager_page
@require_POST
def save_limits(request: HttpRequest) -> HttpResponse:
    business, user = business_of(request), membership_of(request).user
    form = LimitsForm(request.POST, limits=_limits())
    if not form.is_valid():
        return _page(request, limits_form=form, status=422)
    with transaction.atomic():
        row = SpendLimit.objects.select_for_update().first() or SpendLimit()
        changed = {name: value for name, value in form.in_micro().items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            row.save()
            record(business, user, "spending.limits_changed", "spend limits", **changed)
    return _saved(request, business, "limits", changed=bool(changed))


@manager_page
@require_POST
def save_roles(request: HttpRequest) -> HttpResponse:
    business, user = business_of(request), membership_of(request).user
    form = RolesForm(request.POST, instance=_roles())
    if not form.is_valid():
        return _page(request, roles_form=form, status=422)
    if form.has_changed():
        with transaction.atomic():
            form.save()
            record(business, user, "spending.models_changed", "model roles", fields=form.changed_data)
    return _saved(request, business, "models", changed=form.has_changed())


@manager_page
@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """A person says that the key or the money is mended: the next message asks the model again."""
    business = business_of(request)
    breaker.close_for(business.schema_name, VENDOR, list(MODELS))
    record(business, membership_of(request).user, "spending.tried_again", "models")
    messages.success(request, gettext("The next message asks the language model again."))
    return redirect("spend")


@staff_page
@require_safe
def spend_csv(request: HttpRequest) -> HttpResponse:
    """A month's calls by day, model and purpose, safe to open in a spreadsheet."""
    month = Month.read(request.GET.get("month", ""), business_of(request).timezone)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="spend-{month.first:%Y-%m}.csv"'
    lines = csv.writer(answer)
    lines.writerow([*COLUMNS, "output tokens", "known cost in US dollars"])
    for row in lines_of(month):
        known = row["micro"] is not None
        figures = [row[name] for name in ("calls", "failed", "unknown")]
        tokens = [row["fresh"] + row["written"] + row["cached"], row["cached"], row["output"]]
        cost = f"{row['micro'] / 1_000_000:.6f}" if known else "unknown"
        lines.writerow([row["day"], inert(row["model"]), inert(row["purpose"]), *figures, *tokens, cost])
    return answer


def _saved(request: HttpRequest, business: Business, what: str, *, changed: bool) -> HttpResponse:
    if changed:
        publish(business, "assistant")
        messages.success(request, SAVED[what])
    else:
        messages.info(request, gettext("Nothing was changed."))
    return redirect("spend")


def _page(
    request: HttpRequest,
    *,
    limits_form: LimitsForm | None = None,
    roles_form: RolesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    business = business_of(request)
    month = Month.read(request.GET.get("month", ""), business.timezone)
    spending, now = spending_of(business, month), overview(business)
    editable = membership_of(request).manages and not business.suspended
    context = {
        "tabs": assistant_tabs("spend"),
        "section": "assistant",
        "spending": spending,
        "drawing": _drawing(spending, now.budget),
        "meters": _meters(now.budget),
        "told": _told(business),
        "resting": _resting(business),
        "limits_form": limits_form or LimitsForm(limits=now.limits),
        "roles_form": roles_form or RolesForm(instance=_roles()),
        "editable": editable,
        "prices_of": AS_OF,
        "assistant": now.assistant,
        "nav_counts": now,
    }
    return render(request, "desk/spend.html", context, status=status)


def _drawing(spending: Spending, budget: Budget) -> Any:
    days = [(day.date, day.calls.micro) for day in spending.days]
    return draw(days, limit=budget.limit_day) if spending.total.calls else None


def _meters(budget: Budget) -> list[dict[str, Any]]:
    pairs = (
        (gettext("Today"), budget.day, budget.limit_day),
        (gettext("This month"), budget.month, budget.limit_month),
    )
    return [
        {
            "label": label,
            "spent": spent,
            "limit": limit,
            "percent": min(100, spent * 100 // limit) if limit else 100,
            "tone": "bad" if spent >= limit else "warn" if spent * 100 >= limit * 80 else "good",
        }
        for label, spent, limit in pairs
    ]


def _resting(business: Business) -> dict[str, str]:
    """ "Every model of Anthropic" or a model's label → why it is not asked."""
    found = breaker.resting(business.schema_name, VENDOR, list(MODELS))
    return {
        gettext("Every model of Anthropic") if name == VENDOR else label_of(name): why_words(why)
        for name, why in found.items()
    }


def _told(business: Business) -> list[SpendWarning]:
    """Warnings of today and of this month, the gravest of each."""
    periods = Periods.of(business.timezone)
    starts = {SpendWarning.Period.DAY: periods.today, SpendWarning.Period.MONTH: periods.today.replace(day=1)}
    rows = SpendWarning.objects.filter(starts_on__in=starts.values()).order_by("percent")
    gravest = {row.period: row for row in rows if starts[SpendWarning.Period(row.period)] == row.starts_on}
    return list(gravest.values())


def _limits() -> SpendLimit:
    return SpendLimit.objects.first() or SpendLimit()


def _roles() -> ModelRoles:
    return ModelRoles.objects.first() or ModelRoles()
