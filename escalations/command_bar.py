"""The command bar (Ctrl K): a fragment of what was found, or a page where there is no JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escalations.finding import everything
from tenants.access import membership_of, staff_page


@staff_page
@require_safe
def find_page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    context = {"groups": everything(membership_of(request), words), "words": words, "section": "inbox"}
    return render(request, "desk/_found.html" if "HX-Request" in request.headers else "desk/find.html", context)
