"""The news that programs can be told of."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from calendar_sync.models import AppointmentChange

Act = AppointmentChange.Act


class Kind(StrEnum):
    APPOINTMENT_BOOKED = "appointment.booked"
    APPOINTMENT_MOVED = "appointment.moved"
    APPOINTMENT_CANCELLED = "appointment.cancelled"
    APPOINTMENT_COMPLETED = "appointment.completed"
    APPOINTMENT_NO_SHOW = "appointment.no_show"
    MESSAGE_RECEIVED = "message.received"
    ESCALATION_OPENED = "escalation.opened"
    ESCALATION_TAKEN = "escalation.taken"
    ESCALATION_RESOLVED = "escalation.resolved"

    @property
    def words(self) -> str:
        return str(WORDS[self])


WORDS = {
    Kind.APPOINTMENT_BOOKED: _("Appointment booked"),
    Kind.APPOINTMENT_MOVED: _("Appointment moved"),
    Kind.APPOINTMENT_CANCELLED: _("Appointment cancelled"),
    Kind.APPOINTMENT_COMPLETED: _("Appointment completed"),
    Kind.APPOINTMENT_NO_SHOW: _("Appointment no-show"),
    Kind.MESSAGE_RECEIVED: _("Message received"),
    Kind.ESCALATION_OPENED: _("Escalation opened"),
    Kind.ESCALATION_TAKEN: _("Escalation taken"),
    Kind.ESCALATION_RESOLVED: _("Escalation resolved"),
}


TEST = "webhook.test"
BY_ACT = {
    Act.BOOKED: Kind.APPOINTMENT_BOOKED,
    Act.MOVED: Kind.APPOINTMENT_MOVED,
    Act.CANCELLED: Kind.APPOINTMENT_CANCELLED,
    Act.COMPLETED: Kind.APPOINTMENT_COMPLETED,
    Act.NO_SHOW: Kind.APPOINTMENT_NO_SHOW,
}
