"""While a name is typed into a new appointment: the patients whom it may mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conversations.patient_search import MOST, known_patients
from tenants.access import staff_page


@staff_page
@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """`name`: what was typed; a phone number or an appointment's number is understood, too."""
    fitting = known_patients(request.GET.get("name", ""))
    return render(request, "diary/_patients_found.html", {"found": fitting[:MOST], "more": len(fitting) > MOST})
