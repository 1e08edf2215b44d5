"""One patient: known since when, what may be told on a shared phone, and whether the assistant books at all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_sync import codes, message_consent, patients, verifying
from calendar_sync.house_rules import is_returning
from calendar_sync.models import Appointment, Patient
from calendar_sync.pages.birth_date_field import BirthDateField
from calendar_sync.pages.changes import changed
from calendar_sync.pages.phone_fields import PhoneForm
from tenants import clock
from tenants.access import business_of, find, membership_of, staff_page
from tenants.models import Business


class PatientForm(forms.ModelForm):
    born_on = BirthDateField()

    class Meta:
        model = Patient
        fields = ("known_since", "born_on", "disclosure")
        labels = {"known_since": _("Known since"), "disclosure": _("What the assistant tells on this phone")}
        help_texts = {
            "disclosure": _(
                "What the assistant tells of this patient's appointments on a phone that several people share."
            )
        }
        widgets = {
            "known_since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "disclosure": forms.RadioSelect,
        }

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = clock.local_now(business.timezone).date()
        self.fields["known_since"].help_text = gettext(
            "For somebody from before Frontdesk, who then counts as a returning %(label)s."
        ) % {"label": business.patient_label}

    def clean_known_since(self) -> Any:
        since = self.cleaned_data["known_since"]
        if since and not since.year >= 1900:
            raise ValidationError(gettext("This year is out of reach."))
        if since and since > self.today:
            raise ValidationError(gettext("This day is still to come."))
        return since


class BlockForm(forms.Form):
    reason = forms.CharField(max_length=240, required=False, label=_("Why"), help_text=_("Only your team reads it."))


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def patient(request: HttpRequest, patient_id: int) -> HttpResponse:
    row = find(request, Patient, pk=patient_id)
    before = row.born_on
    form = PatientForm(request.POST or None, instance=row, business=business_of(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            patients.set_known_since(row, form.cleaned_data["known_since"])
            row.born_on = before  # the form has put the new one there
            verifying.set_born_on(row, form.cleaned_data["born_on"], user_id=membership_of(request).user_id)
            patients.set_disclosure(row, form.cleaned_data["disclosure"])
            changed(request, "patient.edited", f"patient {row.pk}", fields=form.changed_data)
        messages.success(request, gettext("Saved."))
        return redirect("patient", row.pk)
    return _shown(request, row, form, status=422 if request.method == "POST" else 200)


@staff_page
@require_POST
def code(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The code stands in this one answer and nowhere else."""
    row, business = find(request, Patient, pk=patient_id), business_of(request)
    with transaction.atomic():
        made = codes.make(business, row, user_id=membership_of(request).user_id)
        changed(request, "patient.code_made", f"patient {row.pk}")
    answer = _shown(request, row, PatientForm(instance=row, business=business), code=made)
    answer["Cache-Control"] = "no-store"
    return answer


@staff_page
@require_POST
def phone(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Where a patient without a conversation is reached, and whether messages may go there."""
    row, business = find(request, Patient.objects.filter(contact_id=None), pk=patient_id), business_of(request)
    given = PhoneForm(request.POST, business=business, patient=row)
    if not given.is_valid():
        return _shown(request, row, PatientForm(instance=row, business=business), phone_form=given, status=422)
    with transaction.atomic():
        message_consent.set_phone(row, given.cleaned_data["phone"])
        if given.cleaned_data["agreed"]:
            message_consent.note(business, row, user_id=membership_of(request).user_id)
        changed(request, "patient.phone", f"patient {row.pk}", agreed=given.cleaned_data["agreed"])
    messages.success(request, gettext("Saved."))
    return redirect("patient", row.pk)


def _shown(
    request: HttpRequest,
    row: Patient,
    form: PatientForm,
    *,
    phone_form: PhoneForm | None = None,
    status: int = 200,
    code: str = "",
) -> HttpResponse:
    appointments = Appointment.objects.filter(patient=row).select_related("service", "practitioner")
    same_phone = Patient.objects.filter(contact_id=row.contact_id).exclude(pk=row.pk) if row.contact_id else []
    context = {
        "patient": find(request, Patient, pk=row.pk),  # as it is saved, whatever the form holds
        "code": code,
        "form": form,
        "block_form": BlockForm(),
        "phone_form": phone_form or PhoneForm(initial={"phone": row.phone}, business=business_of(request), patient=row),
        "consent": row.consents.filter(taken_at__isnull=True).first(),
        "returning": is_returning(row),
        "same_phone": same_phone,
        "appointments": appointments.order_by("-during")[:50],
        "section": "contacts",
    }
    return render(request, "diary/patient.html", context, status=status)


@staff_page
@require_POST
def block(request: HttpRequest, patient_id: int) -> HttpResponse:
    """`on=1` with a reason blocks, anything else takes it back."""
    row, form = find(request, Patient, pk=patient_id), BlockForm(request.POST)
    blocks = request.POST.get("on") == "1"
    if blocks and not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["reason"])))
        return redirect("patient", row.pk)
    with transaction.atomic():
        if blocks:
            user_id = membership_of(request).user_id
            patients.block(row, user_id=user_id, reason=form.cleaned_data["reason"])
        else:
            patients.unblock(row)
        changed(request, "patient.blocked" if blocks else "patient.unblocked", f"patient {row.pk}")
    said = (
        gettext("The assistant books nothing for %(patient)s.")
        if blocks
        else gettext("The assistant books again for %(patient)s.")
    )
    messages.success(request, said % {"patient": row.name})
    return redirect("patient", row.pk)
