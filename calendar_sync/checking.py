"""Whether a time may be taken, and with what: under the locks of locking.py, before anything is written."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace

from calendar_sync import house_rules, letting_go, resources, sessions
from calendar_sync.errors import (
    CalendarSaysBusy,
    DiaryError,
    Elsewhere,
    InThePast,
    NoResource,
    NotOffered,
    OnTheWay,
    OutsideHours,
    RoomHeld,
    SeatHeld,
    SessionFull,
    SlotHeld,
    SlotTaken,
)
from calendar_sync.fitting import Refusal, Rule, why_not
from calendar_sync.models import Appointment, BookingRules, GroupSession, Hold, Patient, Service, TakenTime
from calendar_sync.set_up import kept
from calendar_sync.timetable import Asked
from calendar_sync.wanted import Actor, Wanted
from tenants import clock
from tenants.models import Business
from tenants.statements import Question

PHYSICAL: Set[Rule] = frozenset({"taken", "travel", "no_resource", "full"})  # looked at here, under lock
_ERRORS: dict[Rule, type[DiaryError]] = {
    "past": InThePast,
    "closed": OutsideHours,
    "outside_hours": OutsideHours,
    "elsewhere": Elsewhere,
    "time_off": OutsideHours,
    "taken": SlotTaken,
    "travel": OnTheWay,
    "no_resource": NoResource,
    "full": SessionFull,
    "calendar_busy": CalendarSaysBusy,
    "calendar_unreadable": CalendarSaysBusy,
}


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What the appointment will take; `overruled`: the rules that staff set aside, by name."""

    resource_ids: tuple[int, ...] = ()
    session: GroupSession | None = None
    seat: int | None = None
    overruled: tuple[str, ...] = ()


def check(
    business: Business,
    wanted: Wanted,
    *,
    actor: Actor,
    patient: Patient | None = None,
    contact_id: int | None = None,
    moving: Appointment | None = None,
    overrule: bool = False,
    adding: int = 1,
) -> Fit:
    """All the rules. `overrule` (staff only) sets aside those that people can; no two things ever share a time."""
    person, service = wanted.practitioner, wanted.service
    if not (person.active and service.active and _performs(person.pk, service.pk)):
        raise NotOffered
    fit = fits(business, wanted, contact_id=contact_id, moving=moving, overrule=overrule)
    broken = list(_broken(business, wanted, actor, patient, contact_id, moving, overrule, adding))
    for error in broken:
        if not (overrule and error.overrulable):
            raise error
    return replace(fit, overruled=(*fit.overruled, *(each.rule for each in broken)))


@kept
def _performs(practitioner_id: int, service_id: int) -> bool:
    return Service.objects.filter(pk=service_id, practitioners=practitioner_id).exists()


def fits(
    business: Business,
    wanted: Wanted,
    *,
    contact_id: int | None,
    moving: Appointment | None = None,
    overrule: bool = False,
) -> Fit:
    """Whether the practitioner, a seat and the resources are there. Raises SlotTaken or one of its kind; `overrule`
    takes what is only kept for others.
    """
    lockable = resources.ids_to_lock(wanted.service, wanted.location_id)
    in_the_way = letting_go.make_way(business, wanted, lockable, contact_id)
    session = sessions.joinable(wanted)
    if session is not None:
        return _seat(business, session, contact_id=contact_id, moving=moving, overrule=overrule)
    theirs = _of_the_practitioner(in_the_way, moving)
    held = _only_held(each for each in theirs if _overlaps(each, wanted))
    on_the_way = not all(_overlaps(each, wanted) for each in theirs)
    if on_the_way and not overrule:
        raise OnTheWay
    chosen, held_rooms = _rooms(wanted, in_the_way, moving=moving, contact_id=contact_id)
    if (held or held_rooms) and not overrule:
        raise SlotHeld([*held, *held_rooms]) if held else RoomHeld(held_rooms)
    overruled = tuple(each.rule for each, is_so in ((OnTheWay, on_the_way), (SlotHeld, held or held_rooms)) if is_so)
    letting_go.set_aside(business, [*held, *held_rooms])
    seat = 1 if sessions.is_group(wanted.service) else None
    return Fit(resource_ids=tuple(chosen), seat=seat, overruled=overruled)


def asked_of(wanted: Wanted) -> Question:
    """What `check` asks of one time first, for `lock` to ask ahead."""
    return letting_go.in_the_way(wanted, resources.ids_to_lock(wanted.service, wanted.location_id))


def _seat(
    business: Business,
    session: GroupSession,
    *,
    contact_id: int | None,
    moving: Appointment | None,
    overrule: bool,
) -> Fit:
    now = clock.now()
    seat = sessions.free_seat(session, now=now, contact_id=contact_id, moving=moving)
    if seat is not None:
        return Fit(session=session, seat=seat)
    last = sessions.kept_last(session, now=now, contact_id=contact_id)
    seat = sessions.free_seat(session, now=now, contact_id=contact_id, moving=moving, but=last)
    if seat is None or last is None:
        raise SessionFull
    if not overrule:
        raise SeatHeld([last])
    letting_go.set_aside(business, [last])
    return Fit(session=session, seat=seat, overruled=(SlotHeld.rule,))


def _of_the_practitioner(taken: Iterable[TakenTime], moving: Appointment | None) -> list[TakenTime]:
    """What moves away doesn't stand in its own way, nor does a session that goes with it."""
    leaves = {("appointment", moving.pk)} if moving is not None else set()
    if moving is not None and moving.session_id is not None and sessions.is_alone_in(moving):
        leaves.add(("session", moving.session_id))
    theirs = [each for each in taken if each.practitioner_id is not None]
    named = [({("appointment", each.appointment_id), ("session", each.session_id)}, each) for each in theirs]
    return [each for its, each in named if not its & leaves]


def _overlaps(taken: TakenTime, wanted: Wanted) -> bool:
    """Otherwise it is so near to something at another location that they can't get there in time."""
    return taken.during.lower < wanted.blocks.ends_at and wanted.blocks.starts_at < taken.during.upper


def _only_held(taken: Iterable[TakenTime]) -> list[Hold]:
    """The holds among them. Raises SlotTaken where there is anything else."""
    in_the_way = list(taken)
    if any(each.hold is None for each in in_the_way):
        raise SlotTaken
    return [each.hold for each in in_the_way if each.hold is not None]


def _rooms(
    wanted: Wanted, taken: Iterable[TakenTime], *, moving: Appointment | None, contact_id: int | None
) -> tuple[list[int], list[Hold]]:
    """What it takes, and the holds on it that would have to go. Raises NoResource."""
    asked: Asked = {"now": clock.now(), "moving": moving, "contact_id": contact_id}
    chosen = resources.choose(wanted.service, wanted.location_id, wanted.blocks, **asked)
    if chosen is not None:
        return chosen, []
    chosen = resources.choose(wanted.service, wanted.location_id, wanted.blocks, over_holds=True, **asked)
    if chosen is None:
        raise NoResource
    return chosen, [each.hold for each in taken if each.hold is not None and each.resource_id in chosen]


def _broken(
    business: Business,
    wanted: Wanted,
    actor: Actor,
    patient: Patient | None,
    contact_id: int | None,
    moving: Appointment | None,
    overrule: bool,
    adding: int,
) -> Iterator[DiaryError]:
    """Lazily: without overruling, the first is enough."""
    ignore = set(PHYSICAL)
    now, house = clock.latest(), BookingRules.of_this_business()
    while True:
        refusal = why_not(
            business,
            wanted.service,
            wanted.practitioner,
            wanted.starts_at,
            now=now,
            moving=moving,
            contact_id=contact_id,
            location_id=wanted.location_id,
            ignore=ignore,
            house=house,
        )
        if refusal is None:
            break
        yield error_of(refusal)
        if not overrule:
            return
        ignore.add(refusal.rule)
    yield from house_rules.broken(
        wanted.service,
        rules=house,
        patient=patient,
        contact_id=contact_id,
        actor=actor,
        moving=moving,
        adding=adding,
    )


def error_of(refusal: Refusal) -> DiaryError:
    kind = _ERRORS.get(refusal.rule)
    if kind is None:
        return house_rules.refusal(refusal.rule)
    error = kind(f"We are closed then: {refusal.name}." if refusal.rule == "closed" and refusal.name else "")
    error.rule = refusal.rule
    return error
