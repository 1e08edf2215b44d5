"""Settings: what can be booked, how long it takes, what it costs."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calendar_sync.brief import price_text
from calendar_sync.models import Practitioner, Service
from calendar_sync.pages.hours import changed
from tenants.access import business_of, find, manager_page
from tenants.models import Business


class ServiceForm(forms.ModelForm):
    """Price in the currency's major unit, other names one a line."""

    price_major = forms.DecimalField(
        label="Price", required=False, min_value=0, max_digits=8, decimal_places=2, help_text="Empty: not published."
    )
    names = forms.CharField(
        label="What patients call it",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line. The assistant understands these names too.",
    )
    practitioners = forms.ModelMultipleChoiceField(
        Practitioner.objects.none(), required=False, label="Who performs it", widget=forms.CheckboxSelectMultiple
    )
    duration = forms.IntegerField(min_value=5, max_value=720, label="Minutes")

    class Meta:
        model = Service
        fields = ("name", "duration", "description")

    field_order = ("name", "duration", "price_major", "description", "practitioners", "names")

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance
        who: Any = self.fields["practitioners"]
        who.queryset = Practitioner.objects.filter(active=True)
        self.fields["price_major"].label = f"Price ({business.currency})"
        self.initial["names"] = "\n".join(own.other_names)
        if own.price is not None:
            self.initial["price_major"] = Decimal(own.price) / 100
        if own.pk:
            self.initial["practitioners"] = [each.pk for each in own.practitioners.all()]
        else:
            self.initial["practitioners"] = [each.pk for each in who.queryset]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Service.objects.filter(active=True, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Another service has this name.")
        return name

    def save(self, commit: bool = True) -> Service:
        found, price = self.cleaned_data, self.cleaned_data["price_major"]
        self.instance.price = None if price is None else int(price * 100)
        self.instance.other_names = [name for line in found["names"].splitlines() if (name := " ".join(line.split()))]
        if not self.instance.pk:
            last = Service.objects.aggregate(last=Max("position"))["last"]
            self.instance.position = 0 if last is None else last + 1
        service: Service = super().save(commit)
        inactive = service.practitioners.filter(active=False)
        service.practitioners.set([*found["practitioners"], *inactive])
        return service


@manager_page
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    rows = [
        (each, price_text(each.price, business.currency), [who.name for who in each.practitioners.all() if who.active])
        for each in Service.objects.prefetch_related("practitioners")
    ]
    context = {
        "offered": [row for row in rows if row[0].active],
        "gone": [row for row in rows if not row[0].active],
        "section": "settings",
    }
    return render(request, "diary/settings_services.html", context)


@manager_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, service_id: int | None = None) -> HttpResponse:
    service = find(request, Service, pk=service_id) if service_id else None
    form = ServiceForm(request.POST or None, instance=service, business=business_of(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            changed(request, "service.edited" if service else "service.added", f"service {saved.pk}")
        messages.success(request, f"{saved.name} is saved.")
        return redirect("settings_services")
    own = Service.objects.filter(pk=service_id).first() if service_id else None  # a refused form keeps its name
    status = 422 if request.method == "POST" else 200
    return render(request, "diary/service.html", {"form": form, "service": own, "section": "settings"}, status=status)


@manager_page
@require_POST
def offered(request: HttpRequest, service_id: int) -> HttpResponse:
    """`on=1` offers it again, anything else stops offering it; appointments stay."""
    service = find(request, Service, pk=service_id)
    service.active = request.POST.get("on") == "1"
    if service.active and Service.objects.filter(active=True, name=service.name).exclude(pk=service.pk).exists():
        messages.error(request, f"Another service is called {service.name} now. Rename one of them first.")
        return redirect("settings_services")
    with transaction.atomic():
        service.save(update_fields=["active"])
        changed(request, "service.offered" if service.active else "service.withdrawn", f"service {service.pk}")
    messages.success(request, f"{service.name} is {'offered again' if service.active else 'no longer offered'}.")
    return redirect("settings_services")
