"""What the diary refuses, each with a sentence for a person.

DiaryError
├── TicketRefused      the slot ticket is malformed, forged, expired, used or somebody else's
├── SlotTaken          somebody was faster; knows free times instead
│   └── CalendarSaysBusy   the connected calendar is busy then, or can't be read
├── OutsideHours       nobody works then
├── InThePast
├── NotOffered         the practitioner doesn't perform the service, or one of them is no longer offered
├── AppointmentOver    cancelled, completed or begun: nothing left to change
├── NotTheirs          the appointment is another contact's
└── DiaryBusy          the database chose us as a deadlock's victim: try again (retryable)
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from calendar_sync.slots import Slot

TicketReason = Literal["malformed", "forged", "expired", "other contact", "used"]


class DiaryError(Exception):
    """The base: `message` can be read by a patient; `retryable` means the same call may succeed in a moment."""

    message = "The diary refused this."
    retryable = False

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class TicketRefused(DiaryError):
    """`reason` says why; the way on is always to look for free times again."""

    _said: dict[TicketReason, str] = {
        "malformed": "This is not an offer of ours. Please look for free times again.",
        "forged": "This is not an offer of ours. Please look for free times again.",
        "expired": "This offer has expired. Please look for free times again.",
        "other contact": "This offer was made to somebody else. Please look for free times again.",
        "used": "This offer has been used already. Please look for free times again.",
    }

    def __init__(self, reason: TicketReason) -> None:
        super().__init__(self._said[reason])
        self.reason = reason


class SlotTaken(DiaryError):
    """`alternatives`: the next free slots of the same service, soonest first; may be empty."""

    message = "This time is already taken."

    def __init__(self, message: str = "", *, alternatives: Sequence["Slot"] = ()) -> None:
        super().__init__(message)
        self.alternatives = list(alternatives)


class CalendarSaysBusy(SlotTaken):
    message = "This time is not free in the connected calendar."


class OutsideHours(DiaryError):
    message = "This time is outside working hours."


class InThePast(DiaryError):
    message = "This time is in the past."


class NotOffered(DiaryError):
    message = "This service is not offered by this practitioner."


class AppointmentOver(DiaryError):
    message = "This appointment can no longer be changed."


class NotTheirs(DiaryError):
    message = "There is no such appointment."


class DiaryBusy(DiaryError):
    message = "The diary is busy. Please try again."
    retryable = True
