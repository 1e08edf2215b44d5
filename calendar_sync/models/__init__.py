"""The diary of one business: where, what, who, when; and its copy in Google Calendar."""

from calendar_sync.models.appointments import HOLDS_TIME, Appointment, AppointmentChange, AppointmentStatus, BookedBy
from calendar_sync.models.google import CalendarConnection, CalendarEventLink, PractitionerCalendar
from calendar_sync.models.offer import Service
from calendar_sync.models.patients import Patient
from calendar_sync.models.people import HoursException, Practitioner, TimeOff, WorkingHours
from calendar_sync.models.places import Location, OpeningHours, Weekday

__all__ = [
    "HOLDS_TIME",
    "Appointment",
    "AppointmentChange",
    "AppointmentStatus",
    "BookedBy",
    "CalendarConnection",
    "CalendarEventLink",
    "HoursException",
    "Location",
    "OpeningHours",
    "Patient",
    "Practitioner",
    "PractitionerCalendar",
    "Service",
    "TimeOff",
    "Weekday",
    "WorkingHours",
]
