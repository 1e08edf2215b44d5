"""What can be booked, with whom, where."""

from pydantic import Field

from calendar_sync.models import Location, Practitioner, Service
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.resources.finding import at
from escalations.api.scopes import Scope
from escalations.api.shapes import Nothing, Out

TAG = "Services and people"


class ServiceOut(Out):
    id: int
    name: str
    description: str
    minutes: int
    price: int | None = Field(description="In the currency's minor unit; null: on request.")
    currency: str
    seats: int = Field(description="More than one: a group shares the time.")
    bookable_online: bool = Field(description="Whether it can be booked here at all.")
    active: bool


PRACTITIONERS = Practitioner.objects.prefetch_related("services", "working_hours")


class PractitionerOut(Out):
    id: int
    name: str
    location: int = Field(description="The usual one.")
    locations: list[int] = Field(description="Of their weekly hours, the usual one first.")
    services: list[int]
    active: bool


class LocationOut(Out):
    id: int
    name: str
    address: str
    phone: str
    active: bool = Field(description="False: closed for good.")


@operation(
    "GET", "services", scope=Scope.DIARY_READ, tag=TAG, summary="List services", answers=Page[ServiceOut],
    query=PageQuery,
)  # fmt: skip
def list_services(call: Call[PageQuery, Nothing]) -> Page[ServiceOut]:
    """Also those that are no longer offered (`active` is false): appointments name them."""
    return newest_first(Service.objects.all(), call.query, plain(lambda row: _service(row, call.business.currency)))


@operation("GET", "services/{service}", scope=Scope.DIARY_READ, tag=TAG, summary="One service", answers=ServiceOut)
def get_service(call: Call[Nothing, Nothing]) -> ServiceOut:
    return _service(at(Service.objects.all(), call.id), call.business.currency)


@operation(
    "GET", "practitioners", scope=Scope.DIARY_READ, tag=TAG, summary="List practitioners",
    answers=Page[PractitionerOut], query=PageQuery,
)  # fmt: skip
def list_practitioners(call: Call[PageQuery, Nothing]) -> Page[PractitionerOut]:
    return newest_first(PRACTITIONERS, call.query, plain(_practitioner))


@operation(
    "GET", "practitioners/{practitioner}", scope=Scope.DIARY_READ, tag=TAG, summary="One practitioner",
    answers=PractitionerOut,
)  # fmt: skip
def get_practitioner(call: Call[Nothing, Nothing]) -> PractitionerOut:
    return _practitioner(at(PRACTITIONERS, call.id))


@operation(
    "GET", "locations", scope=Scope.DIARY_READ, tag=TAG, summary="List locations", answers=Page[LocationOut],
    query=PageQuery,
)  # fmt: skip
def list_locations(call: Call[PageQuery, Nothing]) -> Page[LocationOut]:
    return newest_first(Location.objects.all(), call.query, plain(_location))


@operation("GET", "locations/{location}", scope=Scope.DIARY_READ, tag=TAG, summary="One location", answers=LocationOut)
def get_location(call: Call[Nothing, Nothing]) -> LocationOut:
    return _location(at(Location.objects.all(), call.id))


def _service(row: Service, currency: str) -> ServiceOut:
    return ServiceOut(
        id=row.pk,
        name=row.name,
        description=row.description,
        minutes=row.duration,
        price=row.price,
        currency=currency,
        seats=row.seats,
        bookable_online=row.bookable_online,
        active=row.active,
    )


def _practitioner(row: Practitioner) -> PractitionerOut:
    named = {each.location_id for each in row.working_hours.all() if each.location_id is not None}
    return PractitionerOut(
        id=row.pk,
        name=row.name,
        location=row.location_id,
        locations=[row.location_id, *sorted(named - {row.location_id})],
        services=[each.pk for each in row.services.all()],
        active=row.active,
    )


def _location(row: Location) -> LocationOut:
    return LocationOut(id=row.pk, name=row.name, address=row.address, phone=row.phone, active=row.active)
