"""Settings: the house rules of booking, with the sentences that patients will read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync.models import BookingRules
from calendar_sync.pages.changes import changed
from calendar_sync.pages.span_fields import SpanField
from calendar_sync.places import several
from calendar_sync.policy_text import policy_sentences
from tenants.access import business_of, manager_page
from tenants.models import Business

A_MONTH, A_DAY = 43_200, 1440


class BookingRulesForm(forms.ModelForm):
    """Lengths of time are written in words; they are minutes in the model."""

    minimum_notice = SpanField(
        label=_("Shortest notice"), empty=0, most=A_MONTH, help_text=_("Such as 2 hours. Empty: until it begins.")
    )
    cancel_notice = SpanField(label=_("Free until"), empty=0, most=A_MONTH, help_text=_("Empty: until it begins."))
    move_notice = SpanField(label=_("Free until"), empty=0, most=A_MONTH, help_text=_("Empty: until it begins."))
    hold_minutes = SpanField(
        label=_("Keep an offered time for"),
        required=True,
        least=1,
        most=120,
        help_text=_("While the {label} thinks about it, nobody else gets it."),
    )
    undo_minutes = SpanField(
        label=_("Let a change be undone for"),
        empty=0,
        most=A_DAY,
        help_text=_("“Undo” brings the old time back, which is kept meanwhile. Empty: never."),
    )
    waitlist_minutes = SpanField(
        label=_("Wait for a yes from the waitlist"),
        required=True,
        least=5,
        most=A_DAY,
        help_text=_("A freed time is offered to one after the other, each for so long."),
    )

    travel_minutes = SpanField(
        label=_("Time from one location to the other"),
        empty=0,
        most=240,
        help_text=_("Kept free between two appointments of one person at different locations. Empty: none."),
    )

    class Meta:
        model = BookingRules
        fields = (
            "minimum_notice", "horizon_days", "most_active", "new_patients", "series_most",
            "cancel_notice", "late_cancel", "move_notice", "late_move", "late_fee_text",
            "hold_minutes", "undo_minutes", "waitlist_minutes", "travel_minutes",
        )  # fmt: skip
        labels = {
            "horizon_days": _("How far ahead"),
            "most_active": _("Coming appointments at most"),
            "new_patients": _("The assistant books for whoever is new here"),
            "series_most": _("Appointments in one series at most"),
            "late_cancel": _("When it is later"),
            "late_move": _("When it is later"),
            "late_fee_text": _("What is said about a fee"),
        }
        help_texts = {
            "new_patients": _("Off: your team books the first appointment."),
            "horizon_days": _("Days ahead, 1 to 730."),
            "most_active": _("Per {label}. Empty: no limit."),
            "series_most": _("Such as every two weeks, six times."),
            "late_fee_text": _("Such as “We charge £25 for late changes.” It is only said; nothing is charged here."),
        }

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not several():
            del self.fields["travel_minutes"]
        for field in self.fields.values():
            field.help_text = field.help_text.replace("{label}", business.patient_label)
            field.label = (field.label or "").replace("{label}", business.patient_label)
        bounds: dict[str, tuple[int, int]] = {"horizon_days": (1, 730), "series_most": (1, 52), "most_active": (1, 100)}
        for name, (least, most) in bounds.items():
            self.fields[name] = forms.IntegerField(
                min_value=least,
                max_value=most,
                required=name != "most_active",
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
            )
        for name in ("late_cancel", "late_move"):
            self.fields[name].widget = forms.RadioSelect(choices=BookingRules.Late.choices)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def booking_rules(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    form = BookingRulesForm(request.POST or None, instance=BookingRules.of_this_business(), business=business)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            changed(request, "booking_rules.edited", "booking rules", fields=form.changed_data)
        messages.success(
            request, gettext("Saved. They hold from now on; appointments that stand are left as they are.")
        )
        return redirect("settings_booking")
    sentences = policy_sentences(BookingRules.of_this_business())
    context = {"form": form, "sentences": sentences, "section": "settings"}
    return render(request, "diary/settings_booking.html", context, status=422 if request.method == "POST" else 200)


@manager_page
@require_POST
def sentences(request: HttpRequest) -> HttpResponse:
    """What patients would read, while the form is filled in; nothing is saved, unclear input changes nothing."""
    form = BookingRulesForm(request.POST, instance=BookingRules.of_this_business(), business=business_of(request))
    if not form.is_valid():
        return HttpResponse(status=204)
    return render(request, "diary/_policy_sentences.html", {"sentences": policy_sentences(form.instance)})
