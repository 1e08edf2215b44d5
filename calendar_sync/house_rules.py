"""What a business demands of every booking besides a free time: of the patient, and of when it is asked.

Each refusal carries the name of its rule and a sentence for the patient. The assistant can't overrule them; staff can.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_noop as N_

from calendar_sync.errors import DiaryError, RuleRefused
from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentStatus, BookingRules, Patient, Service
from calendar_sync.wanted import Actor
from tenants import clock
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, row

SENTENCES = {
    "too_soon": N_("This is too short notice to book here."),
    "too_far": N_("This is further ahead than can be booked yet."),
    "no_such_time": N_("The clocks change then: this time does not exist on that day."),
    "not_online": N_("This service can only be booked by the team."),
    "new_only": N_("This service is for new patients only."),
    "returning_only": N_("This service is for patients who have been here before."),
    "new_patients": N_("New patients are booked by the team."),
    "blocked": N_("Appointments are arranged with the team."),
    "most_active": N_("There are as many coming appointments as can be booked at once."),
    "cancel_notice": N_("It is too late to cancel here: the team decides."),
    "move_notice": N_("It is too late to change it here: the team decides."),
    "series_most": N_("That is more appointments than can be booked at once."),
}


BLOCKED = Prepared("SELECT FROM calendar_sync_patient WHERE contact_id = %s AND blocked_at IS NOT NULL LIMIT 1")


def refusal(rule: str) -> RuleRefused:
    return RuleRefused(rule, SENTENCES[rule])


def broken(
    service: Service,
    *,
    rules: BookingRules,
    patient: Patient | None,
    contact_id: int | None,
    actor: Actor,
    moving: Appointment | None = None,
    adding: int = 1,
) -> Iterator[DiaryError]:
    """Every rule about the patient that speaks against it. `adding`: how many appointments the act makes."""
    other_service = moving is None or moving.service_id != service.pk
    if is_blocked(patient, contact_id):
        yield refusal("blocked")
    if not actor.is_staff and other_service:
        yield from _not_for_the_assistant(service, rules, patient)
    if patient is not None and moving is None and rules.most_active is not None:
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)  # two at once would count past each other
        if _coming(patient) + adding > rules.most_active:
            yield refusal("most_active")


def is_blocked(patient: Patient | None, contact_id: int | None) -> bool:
    """The patient is; or somebody of whom nothing is known yet is brought by a contact with a blocked patient."""
    if patient is None:
        return False
    if patient.blocked_at is not None:
        return True
    if contact_id is None or row(*blocked(contact_id)) is None:
        return False
    return not patient.appointments.exists() and patient.known_since is None


def blocked(contact_id: int) -> Question:
    """Asks for a blocked patient of the contact's."""
    return BLOCKED, [contact_id]


def is_returning(patient: Patient) -> bool:
    if patient.known_since is not None:
        return True
    return patient.appointments.filter(status=AppointmentStatus.COMPLETED).exists()


@dataclass(frozen=True, kw_only=True)
class Late:
    """Somebody cancels or moves later than the notice: what they are told, or whether the team decides."""

    rule: Literal["cancel_notice", "move_notice"]
    fee_text: str
    asks_team: bool


def late(
    rules: BookingRules, appointment: Appointment, act: Literal["cancel", "move"], now: dt.datetime | None = None
) -> Late | None:
    """None while there is time enough."""
    notice, way = (rules.cancel_notice, rules.late_cancel) if act == "cancel" else (rules.move_notice, rules.late_move)
    if (now or clock.now()) <= appointment.starts_at - dt.timedelta(minutes=notice):
        return None
    return Late(
        rule="cancel_notice" if act == "cancel" else "move_notice",
        fee_text=rules.late_fee_text,
        asks_team=way == BookingRules.Late.STAFF,
    )


def check_notice(appointment: Appointment, act: Literal["cancel", "move"], actor: Actor) -> list[str]:
    """The rules that staff set aside by doing it; refuses the assistant where the team decides."""
    found = late(BookingRules.of_this_business(), appointment, act)
    if found is None:
        return []
    if actor.is_staff:
        return [found.rule]
    if found.asks_team:
        raise refusal(found.rule)
    return []


def _not_for_the_assistant(service: Service, rules: BookingRules, patient: Patient | None) -> Iterator[DiaryError]:
    if not service.bookable_online:
        yield refusal("not_online")
    if patient is None:
        return
    if rules.new_patients and service.open_to == Service.OpenTo.EVERYBODY:
        return
    returning = is_returning(patient)
    if not returning and not rules.new_patients:
        yield refusal("new_patients")
    if returning and service.open_to == Service.OpenTo.NEW:
        yield refusal("new_only")
    if not returning and service.open_to == Service.OpenTo.RETURNING:
        yield refusal("returning_only")


def _coming(patient: Patient) -> int:
    return patient.appointments.filter(status__in=HOLDS_TIME, during__endswith__gt=clock.now()).count()
