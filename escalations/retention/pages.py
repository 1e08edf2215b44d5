"""Settings → How long things are kept: choose, see what would go, save."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from conversations.models import Retention
from escalations.retention.figures import what_goes
from tenants import clock
from tenants.access import business_of, manager_page, membership_of
from tenants.audit import record

CHOICES = (
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (183, gettext_lazy("6 months")),
    (365, gettext_lazy("1 year")),
    (730, gettext_lazy("2 years")),
    (1095, gettext_lazy("3 years")),
    (1826, gettext_lazy("5 years")),
    (3652, gettext_lazy("10 years")),
    (0, gettext_lazy("For ever")),
)
LONG = tuple(each for each in CHOICES if each[0] not in (30, 90))
FIELDS = ("messages_days", "files_days", "traces_days", "contacts_days")


def _as_server() -> str:
    days = max(0, settings.MEDIA_KEEP_DAYS)
    if not days:
        return gettext("As this server does: for ever")
    return ngettext("As this server does: %(days)s day", "As this server does: %(days)s days", days) % {"days": days}


def _for_files() -> list[tuple[int | str, Any]]:
    return [("", _as_server()), *CHOICES]


class RetentionForm(forms.ModelForm):
    class Meta:
        model = Retention
        fields = FIELDS

    messages_days = forms.TypedChoiceField(
        coerce=int,
        choices=CHOICES,
        label=gettext_lazy("Messages and notes"),
        help_text=gettext_lazy(
            "Then their words go; the thread says that there was a message. Counts in reports stay."
        ),
    )
    files_days = forms.TypedChoiceField(
        coerce=int,
        choices=_for_files,
        required=False,
        empty_value=None,
        label=gettext_lazy("Photos, voice notes, videos and documents"),
        help_text=gettext_lazy("Then the file goes; the thread says that there was one."),
    )
    traces_days = forms.TypedChoiceField(
        coerce=int,
        choices=CHOICES,
        label=gettext_lazy("What the assistant did, step by step"),
        help_text=gettext_lazy("Then “Why?” shows no steps. How it ended and what it cost stay."),
    )
    contacts_days = forms.TypedChoiceField(
        coerce=int,
        choices=LONG,
        label=gettext_lazy("Contacts who have gone quiet"),
        help_text=gettext_lazy(
            "Without a message or an appointment for that long, a person is forgotten: name, number, messages, files. "
            "Past appointments stay without a name."
        ),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        longest = given.get("messages_days")
        if not longest:
            return given
        for name in ("files_days", "traces_days"):
            days = given.get(name)
            days = max(0, settings.MEDIA_KEEP_DAYS) if days is None and name == "files_days" else days
            if name not in self.errors and (days == 0 or days > longest):
                self.add_error(name, gettext("This can’t be kept longer than messages: it shows what they said."))
        return given


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def keeping_page(request: HttpRequest) -> HttpResponse:
    own = Retention.of_this_business()
    before = {name: getattr(own, name) for name in FIELDS}
    form = RetentionForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            own.changed_at = clock.now()
            form.save()
            after = {name: getattr(own, name) for name in form.changed_data}
            was = {name: before[name] for name in form.changed_data}
            record(business_of(request), membership_of(request).user, "retention.edited", before=was, after=after)
        messages.success(request, gettext("Saved. Nothing is deleted for a day, so that you can still change it."))
        return redirect("settings_keeping")
    saved = Retention.of_this_business()
    context = {"form": form, "section": "settings", "waits_until": saved.takes_effect_at, **_going(saved)}
    return render(request, "desk/keeping.html", context, status=422 if form.is_bound else 200)


@manager_page
@require_safe
def going(request: HttpRequest) -> HttpResponse:
    """What would go under the choices in the form, before they are saved."""
    form = RetentionForm(request.GET, instance=Retention.of_this_business())
    context: dict[str, Any] = {"before_saving": True}
    if form.is_valid():
        context |= _going(form.instance)
    else:
        context["problems"] = [{"label": each.label, "words": each.errors[0]} for each in form if each.errors]
    return render(request, "desk/_keeping_goes.html", context)


def _going(wanted: Retention) -> dict[str, Any]:
    figures = what_goes(wanted)
    return {"goes": figures, "anything": any(each.due or each.next_at for each in figures)}
