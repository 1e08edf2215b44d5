"""Book a recurring appointment."""

from typing import Annotated, Any

from django.db import transaction
from pydantic import Field

from agents.skills import book_appointment
from agents.skills.appointment_lines import confirmed_line, refused, undo_minutes
from agents.skills.book_appointment import PatientName, who
from agents.skills.find_slots import slot_line
from agents.types import SkillContext, ToolResult
from calendar_sync import series
from calendar_sync.errors import DiaryError, SeriesDoesNotFit
from calendar_sync.models import BookedBy

before = book_appointment.before


def book_series(
    context: SkillContext,
    *,
    slot: Annotated[str, Field(description="The `slot` ticket from find_slots for the first time, unchanged.")],
    every_weeks: Annotated[int, Field(description="Weeks from one to the next, 1 to 52.", ge=1, le=52)],
    times: Annotated[int, Field(description="How many in all, the first one included, 2 to 52.", ge=2, le=52)],
    patient_name: PatientName = None,
    skip_taken: Annotated[
        bool, Field(description="True only after the patient agreed to leave out the dates that are taken.")
    ] = False,
    instead: Annotated[
        list[str] | None,
        Field(description="`slot` tickets of other times that the patient agreed to on dates that are taken, or null."),
    ] = None,
) -> ToolResult:
    """Book the same time every so many weeks, once the patient has agreed. All dates are booked or none: when some
    are taken, `dates` says which, with free times of those days; ask whether to leave them out (`skip_taken`). Each
    date becomes an appointment of its own. Say "booked" only for those in `booked`.
    """
    try:
        with transaction.atomic():  # a refusal leaves no new patient behind
            booked = series.book(
                context.business,
                ticket=slot,
                every_weeks=every_weeks,
                times=times,
                contact_id=context.contact_id,
                patient=who(context, patient_name),
                by=BookedBy.ASSISTANT,
                turn_id=context.turn_id,
                skip_taken=skip_taken,
                instead=instead or (),
            )
    except SeriesDoesNotFit as error:
        dates = [date_line(context, each) for each in error.planned]
        return ToolResult.failed(str(error), rule=error.rule, dates=dates)
    except DiaryError as error:
        return refused(context, error)
    lines = [confirmed_line(context, each) for each in booked.appointments]
    missed = [date_line(context, each) for each in booked.missed]
    return ToolResult(data={"booked": lines[0], "all": lines, "left_out": missed} | undo_minutes())


def date_line(context: SkillContext, planned: series.Planned) -> dict[str, Any]:
    """One date as a model reads it: whether it fits, else why not and what is free on that day."""
    start = planned.starts_at.astimezone(context.now.tzinfo)
    line: dict[str, Any] = {"start": start.strftime("%Y-%m-%dT%H:%M"), "fits": planned.refused is None}
    if planned.refused is not None:
        line["rule"] = planned.refused.rule
        line["nearest"] = [slot_line(context, each) for each in planned.instead]
    return line
