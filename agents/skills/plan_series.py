"""Look at the dates of a recurring appointment, before anything is booked."""

from typing import Annotated

from django.db import transaction
from pydantic import Field

from agents.skills.appointment_lines import refused
from agents.skills.book_appointment import PatientName, who
from agents.skills.book_series import date_line
from agents.types import SkillContext, ToolResult
from calendar_sync import series
from calendar_sync.errors import DiaryError


def plan_series(
    context: SkillContext,
    *,
    slot: Annotated[str, Field(description="The `slot` ticket from find_slots for the first time, unchanged.")],
    every_weeks: Annotated[int, Field(description="Weeks from one to the next, 1 to 52.", ge=1, le=52)],
    times: Annotated[int, Field(description="How many in all, the first one included, 2 to 52.", ge=2, le=52)],
    patient_name: PatientName = None,
) -> ToolResult:
    """Look which dates of a series are free, to read them all back before book_series; nothing is booked. `dates` has
    each with `fits`, and where it doesn't, `nearest`: free times of that day, whose tickets book_series takes.
    """
    try:
        with transaction.atomic():
            planned = series.look(
                context.business,
                ticket=slot,
                every_weeks=every_weeks,
                times=times,
                contact_id=context.contact_id,
                patient=who(context, patient_name),
            )
            transaction.set_rollback(True)  # nor is a patient made by looking
    except DiaryError as error:
        return refused(context, error)
    return ToolResult(data={"slot": slot, "dates": [date_line(context, each) for each in planned]})
