"""What a call to Google can end in; each error carries the decision.

CalendarError
├── CalendarUnreachable   try again later: quota, 5xx, timeout, connection, an answer that can't be read
├── CalendarRevoked       access was withdrawn (invalid_grant, 401): never tried again, the owner is told
├── EventExists           409: an event with this id is there already; read it back and compare
├── EventGone             404: the event, or the calendar, is not there any more
│   └── EventDeleted      410: it was deleted already
├── SyncLost              the sync token has expired: the whole calendar has to be read again
├── EventChanged          412: somebody changed it since; read it again
└── CalendarRefused       anything else that Google will not do; a person has to look

str(error) is for logs: a status and a reason, never contents. `said` is for the owner.
"""

from django.utils.translation import gettext_noop as N_


class CalendarError(Exception):
    said = N_("Google did not accept this.")

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.said = said or self.said


class CalendarUnreachable(CalendarError):
    said = N_("Google does not answer at the moment.")


class CalendarRevoked(CalendarError):
    said = N_("Access to the account was withdrawn.")


class EventExists(CalendarError):
    said = N_("Google already has an event with our number.")


class EventGone(CalendarError):
    said = N_("The calendar is no longer there, or no longer shared with this account.")


class EventDeleted(EventGone):
    pass


class SyncLost(CalendarError):
    said = N_("Google wants the whole calendar to be read again.")


class EventChanged(CalendarError):
    said = N_("The event was changed in Google at the same moment.")


class CalendarRefused(CalendarError):
    pass
