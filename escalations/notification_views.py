"""A person's own choice: whether a new escalation is mailed to them."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenants.access import membership_of, staff_page
from tenants.models import Membership


class NotificationsForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ("notify_by_email",)
        labels = {"notify_by_email": "Mail me when a conversation needs a person"}
        help_texts = {"notify_by_email": "The mail holds the reason and a link, nothing of what was written."}


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def notifications_page(request: HttpRequest) -> HttpResponse:
    form = NotificationsForm(request.POST if request.method == "POST" else None, instance=membership_of(request))
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("settings_notifications")
    return render(request, "desk/notifications.html", {"form": form, "section": "settings"})
