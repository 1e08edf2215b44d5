"""The form of a service: every rule of booking that is its own."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import BookingRules, OwnDuration, Practitioner, ResourceKind, Service, ServiceNeed
from calendar_sync.pages.span_fields import SpanChips, SpanField, span_words
from tenants.models import Business

REMINDERS = (10080, 4320, 2880, 1440, 180, 60)
MOST_REMINDERS = 5
STANDARD = {"grid": 15, "buffer_before": 0, "buffer_after": 0, "seats": 1, "open_to": Service.OpenTo.EVERYBODY}


class ServiceForm(forms.ModelForm):
    """Price in the currency's major unit, other names one a line; what is left empty is as usual.

    For each practitioner there is `performs_<id>` and `own_<id>` (minutes), for each kind of resource `need_<id>`.
    """

    duration = forms.IntegerField(
        min_value=5, max_value=720, label=_("Length"), help_text=_("Minutes with the patient.")
    )
    price_major = forms.DecimalField(
        label=_("Price"),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text=_("Empty: not published."),
    )
    names = forms.CharField(
        label=_("What patients call it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. The assistant understands these names too."),
    )
    buffer_before = forms.IntegerField(
        label=_("Kept free before"), required=False, min_value=0, max_value=240, help_text=_("Minutes, to get ready.")
    )
    buffer_after = forms.IntegerField(
        label=_("Kept free after"),
        required=False,
        min_value=0,
        max_value=240,
        help_text=_("Minutes, to clean or write."),
    )
    grid = forms.IntegerField(
        label=_("Start every"),
        required=False,
        min_value=5,
        max_value=720,
        help_text=_("Minutes: 15 offers 9:00, 9:15 …"),
    )
    minimum_notice = SpanField(label=_("Shortest notice"), help_text=_("Such as 2 hours."))
    horizon_days = forms.IntegerField(
        label=_("How far ahead"), required=False, min_value=1, max_value=730, help_text=_("Days.")
    )
    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("More than 1: a group shares the time."),
    )
    reminders = SpanChips(common=REMINDERS, label=_("Remind"))
    reminder_other = SpanField(label=_("Another time"), least=5, most=43_200, help_text=_("Such as 36 hours."))

    class Meta:
        model = Service
        fields = (
            "name", "duration", "description", "preparation", "buffer_before", "buffer_after", "grid",
            "minimum_notice", "horizon_days", "seats", "open_to", "bookable_online", "reminders",
        )  # fmt: skip
        labels = {
            "name": _("Name"),
            "description": _("Description"),
            "preparation": _("What to do before coming"),
            "open_to": _("For whom"),
            "bookable_online": _("The assistant may book it"),
        }
        help_texts = {
            "description": _("One sentence for somebody who doesn’t know it."),
            "preparation": _("Told with the confirmation, such as “Please come without make-up”."),
            "bookable_online": _("Off: only your team books it, and the assistant passes the wish on."),
        }
        widgets = {"preparation": forms.Textarea(attrs={"rows": 2}), "open_to": forms.RadioSelect}

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own, rules = self.instance, BookingRules.of_this_business()
        self.fields["price_major"].label = gettext("Price (%(currency)s)") % {"currency": business.currency}
        self.fields["minimum_notice"].widget.attrs["placeholder"] = gettext("%(value)s (house rule)") % {
            "value": span_words(rules.minimum_notice)
        }
        self.fields["horizon_days"].widget.attrs["placeholder"] = gettext("%(value)s (house rule)") % {
            "value": rules.horizon_days
        }
        self.fields["open_to"].required = False
        self.fields["reminders"].offer(own.reminders)  # type: ignore[attr-defined]
        self.initial["names"] = "\n".join(own.other_names)
        if own.price is not None:
            self.initial["price_major"] = Decimal(own.price) / 100
        self.people = list(Practitioner.objects.filter(active=True))
        self.kinds = list(ResourceKind.objects.annotate(usable=Count("resources", filter=Q(resources__active=True))))
        self._add_people()
        self._add_needs()

    def _add_people(self) -> None:
        own = self.instance
        performing = set(own.practitioners.values_list("pk", flat=True)) if own.pk else None
        lengths = dict(own.own_durations.values_list("practitioner_id", "minutes")) if own.pk else {}
        for person in self.people:
            performs = performing is None or person.pk in performing
            self.fields[f"performs_{person.pk}"] = forms.BooleanField(
                required=False, label=person.name, initial=performs
            )
            self.fields[f"own_{person.pk}"] = forms.IntegerField(
                required=False,
                min_value=5,
                max_value=720,
                label=gettext("Minutes that %(person)s takes") % {"person": person.name},
                initial=lengths.get(person.pk),
                widget=forms.NumberInput(attrs={"placeholder": own.duration or ""}),
            )

    def _add_needs(self) -> None:
        needs = dict(self.instance.needs.values_list("kind_id", "count")) if self.instance.pk else {}
        for kind in self.kinds:
            self.fields[f"need_{kind.pk}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=20,
                label=kind.name,
                initial=needs.get(kind.pk),
                help_text=gettext("You have %(usable)s.") % {"usable": kind.usable}
                if kind.usable
                else gettext("You have none in use."),
                widget=forms.NumberInput(attrs={"placeholder": "0"}),
            )

    def performers(self) -> Iterator[tuple[BoundField, BoundField]]:
        """For the template: who performs it, and how long that person takes."""
        return ((self[f"performs_{each.pk}"], self[f"own_{each.pk}"]) for each in self.people)

    def needs(self) -> Iterator[BoundField]:
        return (self[f"need_{each.pk}"] for each in self.kinds)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Service.objects.filter(active=True, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Another service has this name."))
        return name

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for name, usual in STANDARD.items():
            if name in found and found[name] in (None, ""):
                found[name] = usual
        for kind in self.kinds:
            count = found.get(f"need_{kind.pk}") or 0
            if count > kind.usable:
                has = f"only {kind.usable}" if kind.usable else "none"
                self.add_error(
                    f"need_{kind.pk}", gettext("It can’t be booked like this: there is %(has)s in use.") % {"has": has}
                )
        times = {*found.get("reminders", []), *filter(None, [found.get("reminder_other")])}
        if len(times) > MOST_REMINDERS:
            self.add_error(
                "reminders",
                gettext("At most %(most)s: nobody reads more.") % {"most": MOST_REMINDERS},
            )
        found["reminders"] = sorted(times, reverse=True)
        return found

    def save(self, commit: bool = True) -> Service:
        """Within the caller's transaction."""
        found, price = self.cleaned_data, self.cleaned_data["price_major"]
        self.instance.price = None if price is None else int(price * 100)
        self.instance.other_names = [name for line in found["names"].splitlines() if (name := " ".join(line.split()))]
        if not self.instance.pk:
            last = Service.objects.aggregate(last=Max("position"))["last"]
            self.instance.position = 0 if last is None else last + 1
        service: Service = super().save(commit)
        self._save_people(service)
        service.needs.all().delete()
        ServiceNeed.objects.bulk_create(
            ServiceNeed(service=service, kind=kind, count=count)
            for kind in self.kinds
            if (count := found[f"need_{kind.pk}"])
        )
        return service

    def _save_people(self, service: Service) -> None:
        """Practitioners who left keep what they have: this form doesn't show them."""
        found = self.cleaned_data
        performing = [each for each in self.people if found[f"performs_{each.pk}"]]
        service.practitioners.set([*performing, *service.practitioners.filter(active=False)])
        service.own_durations.filter(practitioner__in=self.people).delete()
        OwnDuration.objects.bulk_create(
            OwnDuration(service=service, practitioner=person, minutes=minutes)
            for person in performing
            if (minutes := found[f"own_{person.pk}"]) and minutes != service.duration
        )
