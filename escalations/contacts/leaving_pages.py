"""Handing out everything about a person, and forgetting them: owners and admins only, both on the trail."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from conversations.models import Contact
from escalations.contacts import erasing, exporting
from tenants import clock
from tenants.access import business_of, find, manager_page, membership_of
from tenants.audit import record

WORD = "ERASE"


class EraseForm(forms.Form):
    typed = forms.CharField(
        max_length=20,
        label=format_lazy(_("Type {word} to go on"), word=WORD),
        error_messages={"required": format_lazy(_("Type {word} in capital letters."), word=WORD)},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_typed(self) -> str:
        if self.cleaned_data["typed"].strip() != WORD:
            raise forms.ValidationError(gettext("Type {word} in capital letters.").format(word=WORD))
        return WORD


@manager_page
@require_POST
def export(request: HttpRequest, contact_id: int) -> HttpResponse:
    """A zip file, made while it is sent."""
    contact, business = (
        find(request, Contact.objects.filter(erased_at__isnull=True), pk=contact_id),
        business_of(request),
    )
    record(business, membership_of(request).user, "contact.exported", f"contact {contact.pk}")
    answer = StreamingHttpResponse(exporting.zipped(business, contact), content_type="application/zip")
    day = clock.now().date().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="contact-{contact.pk}-{day}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value] # it is an HttpResponseBase, which middleware takes as well


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def erase_page(request: HttpRequest, contact_id: int) -> HttpResponse:
    contact = find(request, Contact.objects.filter(erased_at__isnull=True, merged_into__isnull=True), pk=contact_id)
    form = EraseForm(request.POST if request.method == "POST" else None)
    refusal = erasing.what_stands_against(contact)
    if form.is_valid():
        try:
            erasing.erase(business_of(request), membership_of(request).user, contact)
        except erasing.EraseRefused as error:
            refusal = str(error)
        else:
            messages.success(request, gettext("Erased. Whoever writes from this number now is somebody new."))
            return redirect("contacts")
    context = {
        "contact": contact,
        "form": form,
        "refusal": refusal,
        "figures": erasing.figures(contact),
        "section": "contacts",
    }
    refused = request.method == "POST"
    return render(request, "desk/contact_erase.html", context, status=422 if refused else 200)
