"""Making the demo's practices; a second run only brings the diary's weeks up to today."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django_tenants.utils import tenant_context

from calendar_sync.models import (
    Location,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    ServiceNeed,
    WorkingHours,
)
from escalations.demo import diary, learning, talks, written
from escalations.demo.cast import PASSWORD, PRACTICES, Branch, Practice
from tenants.models import Business, Membership, Role, User
from tenants.provisioning import Details, create_business


def seed(practices: Sequence[Practice] = PRACTICES) -> dict[str, Any]:
    """What `make demo` prints: businesses with their numbers, users with their passwords."""
    made = []
    for practice in practices:
        business = Business.objects.filter(slug=practice.slug).first()
        if business is None:
            business = _make(practice)
            made.append((business, practice))
        with tenant_context(business):
            diary.fill(business, practice.seed)
    for business, practice in made:
        if practice.taught:  # last: it leaves work to the workers, who would take the others' time
            with tenant_context(business):
                learning.teach(business, _user(*practice.owner))
    return {
        "businesses": [{"name": each.name, "slug": each.slug, "number": each.number} for each in practices],
        "users": [_login(each, role) for each in practices for role in ("owner", "staff") if getattr(each, role)],
    }


def _make(practice: Practice) -> Business:
    owner = _user(*practice.owner)
    business = create_business(
        name=practice.name,
        slug=practice.slug,
        kind=practice.kind,
        timezone="Europe/London",
        owner=owner,
        details=Details(
            practitioner=practice.practitioners[0],
            address=practice.address,
            phone=practice.phone,
            number=practice.number,
        ),
    )
    if practice.staff:
        Membership.objects.create(user=_user(*practice.staff), business=business, role=Role.STAFF)
    with tenant_context(business):
        _add_practitioners(practice)
        _add_rooms(practice)
        written.write(practice.kind, owner)
        if practice.branch:
            _open_branch(practice.branch, practice.rooms)
        for talk in practice.talks:
            talks.play(business, talk, owner)
    return business


def _add_practitioners(practice: Practice) -> None:
    """The others work the same hours as the first; the diary tells them apart by colour."""
    first = Practitioner.objects.get()
    location = Location.objects.get()
    colours = ("purple", "orange", "pink")
    for number, name in enumerate(practice.practitioners[1:]):
        person = Practitioner.objects.create(
            name=name, location=location, colour=colours[number % len(colours)], position=number + 1
        )
        person.services.set(Service.objects.all())
        WorkingHours.objects.bulk_create(
            WorkingHours(practitioner=person, weekday=each.weekday, starts=each.starts, ends=each.ends)
            for each in first.working_hours.all()
        )


def _add_rooms(practice: Practice) -> None:
    kind = ResourceKind.objects.create(name=practice.rooms)
    location = Location.objects.get()
    Resource.objects.bulk_create(
        Resource(kind=kind, location=location, name=f"{practice.rooms} {number}")
        for number, _ in enumerate(practice.practitioners, start=1)
    )
    ServiceNeed.objects.bulk_create(ServiceNeed(service=each, kind=kind) for each in Service.objects.all())


def _open_branch(branch: Branch, rooms: str) -> None:
    """Somebody works at both: on its days there, on the others where everybody is."""
    there = Location.objects.create(name=branch.name, address=branch.address, phone=branch.phone)
    person = Practitioner.objects.get(name=branch.practitioner)
    person.working_hours.filter(weekday__in=branch.weekdays).delete()
    for day in branch.weekdays:
        there.opening_hours.create(weekday=day, opens=branch.opens, closes=branch.closes)
        person.working_hours.create(weekday=day, starts=branch.opens, ends=branch.closes, location=there)
    Resource.objects.create(kind=ResourceKind.objects.get(name=rooms), location=there, name=f"{rooms} 1, {there}")


def _user(email: str, name: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        user.password = _hashed(PASSWORD)
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@cache
def _hashed(password: str) -> str:
    """Once for all of them: hashing is slow on purpose, a third of a second each."""
    return make_password(password)


def _login(practice: Practice, role: str) -> dict[str, str]:
    email, _ = getattr(practice, role)
    return {"email": email, "password": PASSWORD, "business": practice.name, "role": role}
