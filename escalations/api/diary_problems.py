"""What the diary refuses, as a problem: its rule as the code, free times instead where it knows some."""

from typing import Any

from calendar_sync.errors import DiaryError, SlotTaken, TicketRefused
from escalations.api.problems import Conflict, Problem


def of(error: DiaryError) -> Problem:
    more: dict[str, Any] = {}
    if isinstance(error, TicketRefused):
        return Conflict(f"slot_{error.reason.replace(' ', '_')}", str(error))
    if isinstance(error, SlotTaken):
        more["slots"] = [
            {
                "service": each.service_id,
                "practitioner": each.practitioner_id,
                "starts_at": each.starts_at.isoformat(),
                "ends_at": each.ends_at.isoformat(),
            }
            for each in error.alternatives
        ]
    return Conflict(error.rule or "refused", str(error), **more)
