"""What the diary refuses, each with a sentence for a person.

DiaryError
├── TicketRefused      the slot ticket is malformed, forged, expired, used or somebody else's
├── SlotTaken          somebody was faster; knows free times instead
│   ├── CalendarSaysBusy   the connected calendar is busy then, or can't be read
│   ├── OnTheWay       the practitioner comes from another location, or has to go there
│   ├── SlotHeld       kept for somebody else for a while; knows the holds
│   ├── NoResource     every room or chair that it needs is taken
│   │   └── RoomHeld   by a hold alone: staff may take it
│   └── SessionFull    the group has no free seat
│       └── SeatHeld   only because seats are kept: staff may take one
├── OutsideHours       nobody works then
│   └── Elsewhere      the practitioner works at another location then
├── InThePast
├── NotOffered         the practitioner doesn't perform the service, or one of them is no longer offered
├── RuleRefused        a house rule says no; `rule` names it
├── SeriesDoesNotFit   some of its dates are taken; knows which, and times instead
├── AppointmentOver    cancelled, completed or begun: nothing left to change
├── UndoOver           it can no longer be undone
├── NotTheirs          the appointment is another contact's
└── DiaryBusy          the database chose us as a deadlock's victim: try again (retryable)
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_noop as N_

if TYPE_CHECKING:
    from calendar_sync.models import Hold
    from calendar_sync.series import Planned
    from calendar_sync.slots import Slot

TicketReason = Literal["malformed", "forged", "expired", "other contact", "used"]


class DiaryError(Exception):
    """The base: `message` can be read by a patient; `rule` names what refused, for models, pages and the record.

    `retryable`: the same call may succeed in a moment. `overrulable`: staff may do it all the same.
    """

    message = N_("The diary refused this.")
    rule = ""
    retryable = False
    overrulable = False

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class TicketRefused(DiaryError):
    """`reason` says why; the way on is always to look for free times again."""

    rule = "ticket"
    _said: dict[TicketReason, str] = {
        "malformed": N_("This is not an offer of ours. Please look for free times again."),
        "forged": N_("This is not an offer of ours. Please look for free times again."),
        "expired": N_("This offer has expired. Please look for free times again."),
        "other contact": N_("This offer was made to somebody else. Please look for free times again."),
        "used": N_("This offer has been used already. Please look for free times again."),
    }

    def __init__(self, reason: TicketReason) -> None:
        super().__init__(self._said[reason])
        self.reason = reason


class SlotTaken(DiaryError):
    """`alternatives`: the next free slots of the same service, soonest first; may be empty."""

    message = N_("This time is already taken.")
    rule = "taken"

    def __init__(self, message: str = "", *, alternatives: Sequence["Slot"] = ()) -> None:
        super().__init__(message)
        self.alternatives = list(alternatives)


class CalendarSaysBusy(SlotTaken):
    message = N_("This time is not free in the connected calendar.")
    rule = "calendar_busy"
    overrulable = True


class OnTheWay(SlotTaken):
    message = N_("There is not enough time to get there from another location, or from here to the next.")
    rule = "travel"
    overrulable = True


class OnlyHeld(SlotTaken):
    """`holds`: what alone stands in the way, for a while."""

    overrulable = True

    def __init__(self, holds: Sequence["Hold"] = ()) -> None:
        super().__init__()
        self.holds = list(holds)


class SlotHeld(OnlyHeld):
    message = N_("This time is being kept for somebody else just now.")
    rule = "held"


class NoResource(SlotTaken):
    message = N_("No room or equipment is free for it at this time.")
    rule = "no_resource"


class RoomHeld(OnlyHeld, NoResource):
    pass


class SessionFull(SlotTaken):
    message = N_("This group is full.")
    rule = "full"


class SeatHeld(OnlyHeld, SessionFull):
    pass


class OutsideHours(DiaryError):
    message = N_("This time is outside working hours.")
    rule = "outside_hours"
    overrulable = True


class Elsewhere(OutsideHours):
    message = N_("The practitioner works at another location then.")
    rule = "elsewhere"


class InThePast(DiaryError):
    message = N_("This time is in the past.")
    rule = "past"
    overrulable = True


class NotOffered(DiaryError):
    message = N_("This service is not offered by this practitioner.")
    rule = "not_offered"


class RuleRefused(DiaryError):
    """A house rule; the sentences are in house_rules.py."""

    overrulable = True

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class SeriesDoesNotFit(DiaryError):
    """`planned`: every date with its refusal, or none where it fits, and free times of that day instead."""

    message = N_("Not all of these dates are free.")
    rule = "series"

    def __init__(self, planned: Sequence["Planned"]) -> None:
        super().__init__()
        self.planned = list(planned)


class AppointmentOver(DiaryError):
    message = N_("This appointment can no longer be changed.")
    rule = "over"


class UndoOver(DiaryError):
    message = N_("There is nothing that can still be undone.")
    rule = "undo_over"


class NotTheirs(DiaryError):
    message = N_("There is no such appointment.")
    rule = "not_theirs"


class DiaryBusy(DiaryError):
    message = N_("The diary is busy. Please try again.")
    rule = "busy"
    retryable = True
