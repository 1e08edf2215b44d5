"""While a phone is typed: whose number it is already."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calendar_sync.pages.phone_fields import WhoseForm
from tenants.access import business_of, staff_page


class TypedForm(WhoseForm):
    name = forms.CharField(required=False)
    phone = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing is wrong yet."""
        return self.cleaned_data


@staff_page
@require_safe
def whose(request: HttpRequest) -> HttpResponse:
    """`phone`, and `name` and `born_on` beside it; nothing when the number is nobody's."""
    form = TypedForm(request.GET)
    form.ask_whose(business_of(request))
    return render(request, "diary/_whose_phone.html", {"form": form})
