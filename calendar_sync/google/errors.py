"""What a call to Google can end in; each error carries the decision.

CalendarError
├── CalendarUnreachable   try again later: quota, 5xx, timeout, connection
├── CalendarRevoked       access was withdrawn (invalid_grant, 401): never tried again, the owner is told
├── EventExists           409: an event with this id is there already; read it back and compare
├── EventGone             404 or 410: the event, or the calendar, is not there any more
├── EventChanged          412: somebody changed it since; read it again
└── CalendarRefused       anything else that Google will not do; a person has to look
"""


class CalendarError(Exception):
    pass


class CalendarUnreachable(CalendarError):
    pass


class CalendarRevoked(CalendarError):
    pass


class EventExists(CalendarError):
    pass


class EventGone(CalendarError):
    pass


class EventChanged(CalendarError):
    pass


class CalendarRefused(CalendarError):
    pass
