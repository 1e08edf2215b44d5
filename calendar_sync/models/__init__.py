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
from calendar_sync.models.campaigns import CampaignCase, CaseOption, OutCampaign
from calendar_sync.models.feeds import CalendarFeed
from calendar_sync.models.google import (
    CalendarConnection,
    CalendarDifference,
    CalendarEventLink,
    CalendarMirror,
    MirroredEvent,
    PatientNews,
    PractitionerCalendar,
    ProposedChange,
)
from calendar_sync.models.lateness import LateNotice
from calendar_sync.models.offer import Service, ServiceNeed
from calendar_sync.models.patients import MessageConsent, Patient
from calendar_sync.models.people import HolidayChoice, HoursException, OwnDuration, Practitioner, TimeOff, WorkingHours
from calendar_sync.models.places import Location, OpeningHours, Resource, ResourceKind, Weekday
from calendar_sync.models.policy import BookingRules
from calendar_sync.models.reminders import PatientConfirmation, Reminder
from calendar_sync.models.taken import FreedSlot, Hold, TakenTime
from calendar_sync.models.verification import Verification, VerificationCode, VerificationTry
from calendar_sync.models.waitlist import Told, WaitlistEntry, WaitlistOffer

__all__ = [
    "HOLDS_TIME",
    "Appointment",
    "AppointmentChange",
    "AppointmentSeries",
    "AppointmentStatus",
    "BookedBy",
    "BookingRules",
    "CalendarConnection",
    "CalendarDifference",
    "CalendarEventLink",
    "CalendarFeed",
    "CalendarMirror",
    "CampaignCase",
    "CaseOption",
    "FreedSlot",
    "GroupSession",
    "Hold",
    "HolidayChoice",
    "HoursException",
    "LateNotice",
    "Location",
    "MessageConsent",
    "MirroredEvent",
    "OpeningHours",
    "OutCampaign",
    "OwnDuration",
    "Patient",
    "PatientConfirmation",
    "PatientNews",
    "Practitioner",
    "PractitionerCalendar",
    "ProposedChange",
    "Reminder",
    "Resource",
    "ResourceKind",
    "Service",
    "ServiceNeed",
    "TakenTime",
    "TimeOff",
    "Told",
    "Verification",
    "VerificationCode",
    "VerificationTry",
    "Visit",
    "WaitlistEntry",
    "WaitlistOffer",
    "Weekday",
    "WorkingHours",
]
