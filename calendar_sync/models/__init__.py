"""The diary of one business: where, what, who, when; and its copy in Google Calendar."""

from calendar_sync.models.appointments import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    AppointmentSeries,
    AppointmentStatus,
    BookedBy,
    GroupSession,
    Visit,
)
from calendar_sync.models.google import CalendarConnection, CalendarEventLink, PractitionerCalendar
from calendar_sync.models.offer import Service, ServiceNeed
from calendar_sync.models.patients import Patient
from calendar_sync.models.people import HolidayChoice, HoursException, OwnDuration, Practitioner, TimeOff, WorkingHours
from calendar_sync.models.places import Location, OpeningHours, Resource, ResourceKind, Weekday
from calendar_sync.models.policy import BookingRules
from calendar_sync.models.taken import Hold, TakenTime

__all__ = [
    "HOLDS_TIME",
    "Appointment",
    "AppointmentChange",
    "AppointmentSeries",
    "AppointmentStatus",
    "BookedBy",
    "BookingRules",
    "CalendarConnection",
    "CalendarEventLink",
    "GroupSession",
    "Hold",
    "HolidayChoice",
    "HoursException",
    "Location",
    "OpeningHours",
    "OwnDuration",
    "Patient",
    "Practitioner",
    "PractitionerCalendar",
    "Resource",
    "ResourceKind",
    "Service",
    "ServiceNeed",
    "TakenTime",
    "TimeOff",
    "Visit",
    "Weekday",
    "WorkingHours",
]
