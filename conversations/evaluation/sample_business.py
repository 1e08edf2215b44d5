"""A business of each kind to play simulated patients against, where it is not somebody's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from calendar_sync.models import OpeningHours, Practitioner, Service, WorkingHours
from conversations.evaluation.world import Offering, offering_of
from tenants.kind_templates import template_of
from tenants.models import Business
from tenants.provisioning import Details
from tenants.signals import business_created
from tenants.throw_away import throw_away

SECOND = "Noor Lindqvist"


@contextmanager
def business_of_kind(kind: str) -> Iterator[Offering]:
    """As somebody gets it who signs up, with a second practitioner for most services; inside its schema."""
    template = template_of(kind)
    like = Business(
        name=f"The {template.label.lower()} of the trials",
        kind=kind,
        timezone="Europe/London",
        patient_label=template.patient_label,
    )
    with throw_away(like) as made:
        details = Details(address="1 Example Street, London", phone="020 7946 0000")
        business_created.send(sender=Business, business=made, kind=template, details=details)
        _second_practitioner()
        yield offering_of(made)


def _second_practitioner() -> None:
    first = Practitioner.objects.get()
    second = Practitioner.objects.create(name=SECOND, location=first.location, position=1)
    second.services.set(Service.objects.order_by("position")[1:])
    WorkingHours.objects.bulk_create(
        WorkingHours(practitioner=second, weekday=each.weekday, starts=each.opens, ends=each.closes)
        for each in OpeningHours.objects.filter(weekday__in=(0, 1, 3, 5))
    )
