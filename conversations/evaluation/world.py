"""The business as a scenario finds it: what it offers, what is free, and the people who were there before."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from agents.models import AssistantVersion
from agents.versions import published
from calendar_sync import brief
from calendar_sync.booking_window import booking_window
from calendar_sync.by_hand import book_by_hand
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment, BookingRules, Location, Patient, Practitioner, Service, TimeOff
from calendar_sync.places import open_places
from calendar_sync.slots import Slot, find_slots
from calendar_sync.when import day_first_in
from conversations.evaluation.scenario import CannotPlay, Own
from conversations.models import Channel, Contact, ContactIdentity
from conversations.simulation import ADDRESS
from tenants import clock
from tenants.models import Business, ChannelKind

FIRST_NAMES = ("Rosa", "Tom", "Aylin", "Marek", "Jo", "Priya", "Lucas", "Hannah", "Omar", "Inês", "Chloé", "Pablo")
LAST_NAMES = ("Whitlock", "Okafor", "Brandner", "Castelo", "Moreau", "Nowicki", "Hargreave", "Quint", "Abreu", "Vidal")
PHONE = "+44791{:07d}"
AHEAD = dt.timedelta(days=21)  # how far ahead people wish for
ALL_AHEAD = dt.timedelta(days=45)


@dataclass(frozen=True, kw_only=True)
class Offering:
    """What does not change from scenario to scenario; read once per copy."""

    business: Business
    version: AssistantVersion
    services: Sequence[Service]
    people: dict[int, list[Practitioner]]  # of a service
    rules: BookingRules
    location: Location | None
    day_first: bool

    @property
    def known(self) -> bool:
        """Whether patients have to be known before the assistant may book for them."""
        return not self.rules.new_patients

    def service_names(self) -> list[str]:
        return [each.name for each in self.services]


def offering_of(business: Business) -> Offering:
    """Inside the business's schema."""
    rules = BookingRules.of_this_business()
    shut = Service.OpenTo.RETURNING if rules.new_patients else Service.OpenTo.NEW
    services = Service.objects.filter(active=True).prefetch_related("practitioners")
    people = {each.pk: [who for who in each.practitioners.all() if who.active] for each in services}
    return Offering(
        business=business,
        version=published(),
        services=[each for each in services if each.bookable_online and each.open_to != shut and people[each.pk]],
        people=people,
        rules=rules,
        location=next(iter(open_places()), None),
        day_first=day_first_in(business.country) is not False,
    )


@dataclass(frozen=True, kw_only=True)
class World:
    """Within the transaction of one scenario. `rng` is of the scenario, the same in each repeat."""

    offering: Offering
    rng: random.Random
    phone: str
    name: str
    _free: dict[tuple[int, int | None], list[Slot]] = field(default_factory=dict)

    @property
    def business(self) -> Business:
        return self.offering.business

    @property
    def now(self) -> dt.datetime:
        return clock.local_now(self.business.timezone).replace(tzinfo=None)

    def local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(ZoneInfo(self.business.timezone)).replace(tzinfo=None)

    def aware(self, start: dt.datetime) -> dt.datetime:
        return start.replace(tzinfo=ZoneInfo(self.business.timezone))

    def free(self, service: Service, who: Practitioner | None = None) -> list[Slot]:
        """Of the coming weeks; read once, so ask when the diary is furnished."""
        key = (service.pk, who.pk if who else None)
        if key not in self._free:
            window = (clock.now(), clock.now() + ALL_AHEAD)
            self._free[key] = find_slots(self.business, service=service, window=window, practitioner=who)
        return self._free[key]

    def starts(self, service: Service, who: Practitioner | None = None) -> frozenset[dt.datetime]:
        return frozenset(self.local(each.starts_at) for each in self.free(service, who))

    def forget_free(self) -> None:
        self._free.clear()

    def service(self) -> Service:
        """One that has free times within some weeks."""
        services = list(self.offering.services)
        self.rng.shuffle(services)
        for each in services:
            if len(self._wishable(each, None)) >= 2:
                return each
        raise CannotPlay("nothing that the assistant may book has a free time in the coming weeks")

    def start(self, service: Service, who: Practitioner | None = None, *, later_than_days: int = 0) -> dt.datetime:
        """A free one to wish for, sooner rather than later."""
        starts = [
            each for each in self._wishable(service, who) if (each.date() - self.now.date()).days >= later_than_days
        ]
        if not starts:
            raise CannotPlay(f"{service.name} has no free time in the coming weeks")
        days = sorted({each.date() for each in starts})
        day = days[min(int(self.rng.expovariate(1 / 4)), len(days) - 1)]
        return self.rng.choice([each for each in starts if each.date() == day])

    def _wishable(self, service: Service, who: Practitioner | None) -> list[dt.datetime]:
        latest = self.now + AHEAD
        return sorted(each for each in self.starts(service, who) if each <= latest)

    def earliest(self, service: Service) -> dt.datetime:
        window = booking_window(self.business, service, clock.now(), self.offering.rules)
        return self.local(window.earliest)

    def last_bookable(self, service: Service) -> dt.date:
        window = booking_window(self.business, service, clock.now(), self.offering.rules)
        return (self.local(window.until) - dt.timedelta(minutes=1)).date()

    def known_contact(self) -> Contact:
        """The one who will write, as somebody who has been here before."""
        channel, _ = Channel.objects.get_or_create(
            kind=ChannelKind.SIMULATOR, address=ADDRESS, defaults={"name": "Simulator"}
        )
        identity = ContactIdentity.objects.filter(kind=channel.kind, address=f"simulator:{self.phone}").first()
        if identity is not None:
            return identity.contact
        contact = Contact.objects.create(name=self.name, profile_name=self.name)
        ContactIdentity.objects.create(
            contact=contact, kind=channel.kind, address=f"simulator:{self.phone}", phone=self.phone
        )
        Patient.objects.create(name=self.name, contact_id=contact.pk, known_since=dt.date(2020, 1, 6))
        return contact

    def own(self, service: Service, start: dt.datetime, who: Practitioner | None = None) -> Own:
        """An appointment that the one who will write has already."""
        contact = self.known_contact()
        patient = Patient.objects.filter(contact_id=contact.pk).order_by("pk")[0]
        made = self._book(service, start, patient, who)
        if made is None:
            raise CannotPlay("the appointment that the patient would have does not fit")
        self.forget_free()
        return Own(id=made.pk, service=service.name, practitioner_id=made.practitioner_id, start=start)

    def somebody_else(self) -> tuple[str, str, Own]:
        """Name and phone of another patient, who has an appointment."""
        name, phone = other_name(self.rng, self.name), PHONE.format(self.rng.randrange(10**7))
        service = self.service()
        patient = Patient.objects.create(name=name, phone=phone)
        start = self.start(service, later_than_days=1)
        made = self._book(service, start, patient, None)
        if made is None:
            raise CannotPlay("the appointment that somebody else would have does not fit")
        self.forget_free()
        own = Own(id=made.pk, service=service.name, practitioner_id=made.practitioner_id, start=start)
        return name, phone, own

    def fill(self, service: Service, starts: Iterable[dt.datetime]) -> None:
        """Other people have booked these times, where they can."""
        for start in starts:
            patient = Patient.objects.create(
                name=other_name(self.rng, self.name), phone=PHONE.format(self.rng.randrange(10**7))
            )
            self._book(service, start, patient, None)
        self.forget_free()

    def everybody_off(self, day: dt.date) -> None:
        begin = self.aware(dt.datetime.combine(day, dt.time.min))
        TimeOff.objects.bulk_create(
            TimeOff(practitioner=each, starts_at=begin, ends_at=begin + dt.timedelta(days=1))
            for each in Practitioner.objects.filter(active=True)
        )
        self.forget_free()

    def closed_days(self) -> list[dt.date]:
        """Coming days on which nobody works."""
        days = [self.now.date() + dt.timedelta(days=each) for each in range(1, 20)]
        facts = brief.facts(self.business).opening_hours  # one line a day, Monday first
        return [each for each in days if facts and facts[each.weekday()].endswith("closed")]

    def _book(
        self, service: Service, start: dt.datetime, patient: Patient, who: Practitioner | None
    ) -> Appointment | None:
        for each in [who] if who else self.offering.people[service.pk]:
            try:
                return book_by_hand(
                    self.business,
                    service=service,
                    practitioner=each,
                    starts_at=self.aware(start),
                    patient=patient,
                    user_id=None,
                )
            except DiaryError:
                continue
        return None


def other_name(rng: random.Random, not_this: str) -> str:
    while True:
        name = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
        if not set(name.split()) & set(not_this.split()):
            return name
