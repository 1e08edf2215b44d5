"""`/start/`: from nothing to a business, in three steps kept in the session."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tenants import places
from tenants.audit import record
from tenants.kind_templates import template_of
from tenants.locks import exclusive
from tenants.models import Business, Membership, Role, User
from tenants.provisioning import Details, SlugRefused, check_slug, create_business
from tenants.wizard_forms import KindForm, NameForm, PeopleForm, suggest_slug

DRAFT = "new_business"
STEPS = (_("Kind"), _("Name"), _("People"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    form = KindForm(request.POST or None, initial=draft)
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, "start_name")
    return _page(request, "kind", 1, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    if "kind" not in draft:
        return redirect("start")
    form = NameForm(request.POST or None, initial=draft)
    if "back" in request.POST:
        return _go_back(request, form, "start")
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, "start_people", named=True)
    return _name_page(request, form)


@login_required
@require_safe
def slug(request: HttpRequest) -> HttpResponse:
    """Whether an address can be had; htmx asks while one types."""
    wanted = request.GET.get("slug", "").strip().lower() or suggest_slug(request.GET.get("name", ""))
    answer = {"slug": wanted, "refused": ""}
    if wanted:
        try:
            check_slug(wanted)
        except SlugRefused as refused:
            answer["refused"] = str(refused)
    return render(request, "tenants/_slug_answer.html", answer)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The last step makes the business. Pressed twice, it makes one."""
    with _one_at_a_time(request):
        draft = _draft(request)
        if not draft.get("named"):
            return redirect("start_name" if "kind" in draft else "home")
        form = PeopleForm(request.POST or None, initial=draft, kind=draft["kind"])
        if "back" in request.POST:
            return _go_back(request, form, "start_name")
        if request.method == "POST" and form.is_valid():
            return _create(request, draft | form.cleaned_data)
    return _page(request, "people", 3, form, name=draft["name"])


def _create(request: HttpRequest, draft: dict[str, Any]) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    business = _made_already(user, draft["slug"])
    if business is None:
        try:
            business = _make(user, draft)
        except SlugRefused:  # somebody took it since step two, whose form says so
            request.session[DRAFT] = draft | {"named": False}
            return _name_page(request, NameForm(draft))
        messages.success(request, gettext("%(business)s is ready.") % {"business": business.name})
    request.session.pop(DRAFT, None)
    return redirect(f"{business.path}set-up/")


def _make(user: User, draft: dict[str, Any]) -> Business:
    details = Details(practitioner=draft["practitioner"], address=draft["address"], phone=draft["phone"])
    business = create_business(
        name=draft["name"],
        slug=draft["slug"],
        kind=draft["kind"],
        timezone=draft["timezone"],
        country=draft["country"],
        currency=places.currency_of(draft["country"]),
        owner=user,
        details=details,
    )
    record(business, user, "business.created", f"business {business.pk}", kind=business.kind)
    return business


def _made_already(user: User, slug: str) -> Business | None:
    """The business that this person's other press of the button made."""
    owned = Membership.objects.filter(user=user, role=Role.OWNER, business__slug=slug)
    found = owned.select_related("business").first()
    return found.business if found else None


@contextlib.contextmanager
def _one_at_a_time(request: HttpRequest) -> Iterator[None]:
    """A second press waits for the first, then sees the session that it left."""
    if request.method == "POST":
        with exclusive("new business", request.user.pk or 0):
            yield
    else:
        yield


def _draft(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(DRAFT, {}))


def _keep(request: HttpRequest, form: forms.Form, following: str, **marks: bool) -> HttpResponse:
    request.session[DRAFT] = _draft(request) | form.cleaned_data | marks
    return redirect(following)


def _go_back(request: HttpRequest, form: forms.Form, previous: str) -> HttpResponse:
    """What was typed is kept as it is, and looked at when the step is finished."""
    typed = {field: request.POST.get(field, "")[:500] for field in form.fields}
    request.session[DRAFT] = _draft(request) | typed | {"named": False}
    return redirect(previous)


def _name_page(request: HttpRequest, form: forms.Form) -> HttpResponse:
    return _page(request, "name", 2, form, zones=places.timezones())


def _page(request: HttpRequest, step: str, number: int, form: forms.Form, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    chosen = template_of(_draft(request)["kind"]) if number > 1 else None
    context |= {"form": form, "steps": STEPS, "number": number, "template": chosen}
    return render(request, f"tenants/wizard_{step}.html", context, status=status)
