"""`/b/<slug>/settings/`: the way to each page of settings, and the business's own."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tenants import places
from tenants.access import business_of, manager_page, may_open, membership_of, staff_page
from tenants.audit import record
from tenants.formats import Words
from tenants.models import Business, Membership
from tenants.wizard_forms import printable


@dataclass(frozen=True)
class Card:
    url_name: str
    title: Words
    note: Words
    icon: str


CARDS = (
    Card("settings_health", _("Health"), _("What is broken, and how to mend it."), "heart"),
    Card("set_up", _("Getting started"), _("Each step to a receptionist that works alone."), "list-details"),
    Card("settings_business", _("Business"), _("Name, timezone, how patients are called."), "building-store"),
    Card("settings_hours", _("Hours & holidays"), _("When you are open, closed days, time off."), "clock"),
    Card("settings_services", _("Services"), _("What can be booked, how long, at what price."), "list-details"),
    Card("settings_rooms", _("Rooms & chairs"), _("What else has to be free, and how many there are."), "armchair"),
    Card(
        "settings_booking", _("Booking rules"), _("How late, how far ahead, cancelling and moving."), "calendar-check"
    ),
    Card(
        "settings_identity", _("Who is writing"), _("What to check before others’ appointments are told."), "user-check"
    ),
    Card("settings_practitioners", _("Practitioners"), _("Who sees patients, when, for what."), "stethoscope"),
    Card("settings_calendars", "Google Calendar", _("Connect calendars, choose one for each person."), "calendar"),
    Card("settings_channels", "WhatsApp", _("Connect your number."), "brand-whatsapp"),
    Card("settings_messages", _("Messages that go out"), _("Reminders, thanks, quiet hours."), "send"),
    Card("settings_templates", _("Message templates"), _("What may go out after 24 hours."), "file-text"),
    Card("assistant", _("Assistant"), _("What it says, knows, and never decides."), "robot"),
    Card("settings_answering", _("Answering times"), _("How fast people answer, and who gets what."), "hourglass"),
    Card("settings_replies", _("Saved replies"), _("Texts for again and again, by / in the reply box."), "note"),
    Card("settings_labels", _("Labels"), _("What conversations are sorted by."), "tag"),
    Card("settings_members", _("People"), _("Who can log in, and invitations."), "users"),
    Card("settings_api", _("API and webhooks"), _("Keys for other programs, and where they are told of news."), "plug"),
    Card(
        "settings_keeping", _("How long things are kept"), _("When messages, files and quiet contacts go."), "archive"
    ),
    Card("settings_audit", _("Audit"), _("Who did what, when; sealed against changes."), "shield-lock"),
    Card(
        "settings_notifications", _("Notifications"), _("What you are told of, how, and when not; being away."), "bell"
    ),
)


class BusinessForm(forms.ModelForm):
    class Meta:
        model = Business
        fields = ("name", "timezone", "patient_label", "quiet_window", "burst_at_most")
        labels = {
            "name": _("Name"),
            "patient_label": _("What you call the people you treat"),
            "quiet_window": _("Wait before answering"),
        }
        help_texts = {
            "patient_label": _("One word in the singular, such as patient or client."),
            "quiet_window": _("Seconds of silence before the assistant answers, so that it reads a burst whole."),
            "timezone": _("Your opening hours and appointments are in this timezone."),
        }
        widgets = {"quiet_window": forms.NumberInput(attrs={"min": "0", "max": "60", "step": "0.5"})}

    timezone = forms.ChoiceField(
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in places.timezones()],
        label=_("Timezone"),
        help_text=Meta.help_texts["timezone"],
    )
    quiet_window = forms.FloatField(
        min_value=0,
        max_value=60,
        label=Meta.labels["quiet_window"],
        help_text=Meta.help_texts["quiet_window"],
        widget=Meta.widgets["quiet_window"],
    )

    burst_at_most = forms.FloatField(
        min_value=0,
        max_value=120,
        label=_("Answer a burst after at most"),
        help_text=_("Seconds. Who goes on writing without a pause is answered then in any case."),
        widget=forms.NumberInput(attrs={"min": "0", "max": "120", "step": "0.5"}),
    )

    def clean_name(self) -> str:
        return printable(self.cleaned_data["name"])

    def clean_patient_label(self) -> str:
        return printable(self.cleaned_data["patient_label"]).lower()


@staff_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "tenants/settings.html", {"cards": cards_for(membership_of(request)), "section": "settings"})


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def business(request: HttpRequest) -> HttpResponse:
    own = Business.objects.get(pk=business_of(request).pk)  # a copy: an invalid form must not rename the page
    form = BusinessForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        form.save()
        record(own, membership_of(request).user, "business.edited", f"business {own.pk}", fields=form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("settings_business")
    status = 422 if form.is_bound else 200
    context = {"form": form, "own": own, "section": "settings"}
    return render(request, "tenants/settings_business.html", context, status=status)


def cards_for(membership: Membership) -> list[dict[str, Words]]:
    """The pages that exist, for this role; the apps above bring their own."""
    cards = []
    for card in CARDS:
        try:
            url = reverse(card.url_name)
        except NoReverseMatch:
            continue
        if not may_open(membership, url):
            continue
        cards.append({"url": url, "title": card.title, "note": card.note, "icon": card.icon})
    return cards
