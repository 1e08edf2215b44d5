"""Who waits for a time, and what they were offered. A freed slot is held for one of them at a time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.appointments import Appointment, BookedBy
from calendar_sync.models.offer import Service
from calendar_sync.models.patients import Patient
from calendar_sync.models.people import Practitioner
from calendar_sync.models.places import Location
from calendar_sync.models.taken import Hold
from tenants import clock


class Told(models.TextChoices):
    """How a proposal reached the patient."""

    NOT_YET = "", _("Not sent yet")
    MESSAGE = "message", _("By message")
    TEMPLATE = "template", _("By message template")
    NAMED = "named", _("By message template, with the times")
    STAFF = "staff", _("To be told by you")


class WaitlistEntry(models.Model):
    """Somebody waits for a service. Days and times of day are local; whatever is empty is open.

    With `for_appointment` they want something earlier than that: accepting an offer moves it.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OFFERED = "offered", _("Has an offer")
        BOOKED = "booked", _("Booked")
        LEFT = "left", _("Left the list")
        EXPIRED = "expired", _("Too late")

    contact_id = models.BigIntegerField(null=True, blank=True, help_text="Whom offers are sent to; empty: by phone.")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="waitlist_entries")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="waitlist_entries")
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, null=True, blank=True, related_name="waitlist_entries"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="waitlist_entries"
    )
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    time_from = models.TimeField(null=True, blank=True, help_text="Earliest start.")
    time_to = models.TimeField(null=True, blank=True, help_text="Latest start.")
    weekdays = models.JSONField(default=list, blank=True, help_text="[0, 4]: Mondays and Fridays; empty: any.")
    urgent = models.BooleanField(default=False, help_text="Set by staff: asked before everybody else.")
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    for_appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="waitlist_entries"
    )
    by = models.CharField(max_length=10, choices=BookedBy)
    user_id = models.BigIntegerField(null=True, blank=True, help_text="The staff member's tenants.User id.")
    waiting_since = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "waitlist entries"
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "service"],
                condition=Q(status__in=["waiting", "offered"]),
                name="one_place_per_patient_and_service",
            ),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(latest__isnull=True) | Q(earliest__lte=F("latest")),
                name="waits_from_a_day_until_a_later_one",
            ),
            models.CheckConstraint(
                condition=Q(time_from__isnull=True) | Q(time_to__isnull=True) | Q(time_from__lte=F("time_to")),
                name="waits_from_a_time_until_a_later_one",
            ),
        ]
        indexes = [
            models.Index(fields=["-urgent", "waiting_since"], condition=Q(status="waiting"), name="waitlist_by_turn"),
            models.Index(
                fields=["contact_id"], condition=Q(status__in=["waiting", "offered"]), name="waitlist_by_contact"
            ),
        ]

    def __str__(self) -> str:
        return f"waitlist entry {self.pk}"


class WaitlistOffer(models.Model):
    """One slot, held for one who waits, until the deadline."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("No answer in time")
        LOST = "lost", _("The time went to somebody else")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    entry = models.ForeignKey(WaitlistEntry, on_delete=models.CASCADE, related_name="offers")
    hold = models.OneToOneField(Hold, on_delete=models.CASCADE, related_name="waitlist_offer")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    freed_id = models.BigIntegerField(
        null=True, blank=True, help_text="The freed slot that goes on to the next one; empty: offered by hand."
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    send_at = models.DateTimeField(help_text="Later than made in quiet hours.")
    deadline = models.DateTimeField()
    told = models.CharField(max_length=8, choices=Told, default=Told.NOT_YET, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    gone_told_at = models.DateTimeField(null=True, blank=True, help_text="When they were told that it had gone.")
    user_id = models.BigIntegerField(null=True, blank=True, help_text="Who offered it by hand (tenants.User).")
    appointment = models.ForeignKey(Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(status="open"), name="one_open_offer_per_entry"),
            models.UniqueConstraint(
                fields=["practitioner", "starts_at"], condition=Q(status="open"), name="one_open_offer_per_slot"
            ),
            models.CheckConstraint(
                condition=Q(deadline__gt=F("send_at"), starts_at__gt=F("deadline")),
                name="offer_is_answered_between_sending_and_start",
            ),
            models.CheckConstraint(
                condition=Q(status="open", settled_at__isnull=True) | ~Q(status="open") & Q(settled_at__isnull=False),
                name="a_settled_offer_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["entry", "-id"], name="waitlist_offer_by_entry")]

    def __str__(self) -> str:
        return f"waitlist offer {self.pk}"
