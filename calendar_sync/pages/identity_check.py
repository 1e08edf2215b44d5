"""Settings: how the assistant finds out who writes, before it tells of what was booked elsewhere."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from calendar_sync.models import BookingRules, Patient
from calendar_sync.pages.changes import changed
from tenants.access import manager_page


class IdentityCheckForm(forms.ModelForm):
    class Meta:
        model = BookingRules
        fields = ("identity_check",)
        labels = {"identity_check": _("Who checks it")}
        help_texts = {"identity_check": ""}
        widgets = {"identity_check": forms.RadioSelect}


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def identity_check(request: HttpRequest) -> HttpResponse:
    form = IdentityCheckForm(request.POST or None, instance=BookingRules.of_this_business())
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            changed(request, "identity_check.edited", "booking rules", check=form.cleaned_data["identity_check"])
        messages.success(request, gettext("Saved."))
        return redirect("settings_identity")
    known = Patient.objects.aggregate(all=Count("pk"), with_date=Count("born_on"))
    context = {"form": form, "known": known, "section": "settings"}
    return render(request, "diary/settings_identity.html", context, status=422 if request.method == "POST" else 200)
