"""How the diary's dialogs answer: a fragment in a dialog for htmx, else a page of its own."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from calendar_sync.models import Appointment
from tenants.formats import shown


def in_dialog(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """`name`: "new" renders diary/_new.html."""
    dialog = in_dialog(request)
    context |= {"fragment": f"diary/_{name}.html", "in_dialog": dialog, "section": "diary"}
    return render(request, "diary/dialog.html" if dialog else "diary/page.html", context, status=status)


def done(request: HttpRequest, appointment: Appointment, text: str) -> HttpResponse:
    """Say it, and leave the dialog; the open diary reloads its events."""
    if in_dialog(request):
        return tell(HttpResponse(), text)
    messages.success(request, text)
    return redirect(f"{reverse('diary')}?date={timezone.localtime(appointment.starts_at).date()}")


def tell(response: HttpResponse, text: str) -> HttpResponse:
    """News for the open page."""
    response["HX-Trigger"] = json.dumps({"fd:toast": {"level": "success", "text": text}, "fd:diary": {}})
    return response


def when(appointment: Appointment) -> str:
    return shown(appointment.starts_at, "l j F, H:i")
