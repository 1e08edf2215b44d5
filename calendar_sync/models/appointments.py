"""Times that belong to patients, and what happened to them. What time they take stands in TakenTime."""

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.offer import Service
from calendar_sync.models.patients import Patient
from calendar_sync.models.people import Practitioner
from calendar_sync.models.places import Location
from tenants import clock

if TYPE_CHECKING:
    from calendar_sync.models.lateness import LateNotice


class AppointmentStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")
    COMPLETED = "completed", _("Completed")
    NO_SHOW = "no_show", _("No-show")


class BookedBy(models.TextChoices):
    ASSISTANT = "assistant", _("Assistant")
    STAFF = "staff", _("Staff")
    PATIENT = "patient", _("Patient")
    PROGRAM = "program", _("Another program")


HOLDS_TIME = (AppointmentStatus.PENDING, AppointmentStatus.CONFIRMED)
ELSEWHERE = "Where it is; empty: at its practitioner's usual location."


class Visit(models.Model):
    """Several services, one after the other, in one coming."""

    contact_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"visit {self.pk}"


class AppointmentSeries(models.Model):
    """A recurring appointment: "every two weeks, six times"."""

    contact_id = models.BigIntegerField(null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "appointment series"
        constraints = [
            models.CheckConstraint(condition=Q(every_weeks__range=(1, 52)), name="series_every_1_to_52_weeks"),
            models.CheckConstraint(condition=Q(count__range=(2, 52)), name="series_of_2_to_52"),
        ]

    def __str__(self) -> str:
        return f"series {self.pk}"


class GroupSession(models.Model):
    """A time of a practitioner that several patients share; it takes the time, its appointments take seats."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="group_sessions")
    during = DateTimeRangeField(help_text="[start, end) in UTC")
    seats = models.PositiveSmallIntegerField(help_text="As the service had them when it was made.")
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text=ELSEWHERE
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seats__range=(1, 200)), name="session_seats_1_to_200")]

    def __str__(self) -> str:
        return f"group session {self.pk}"


class Appointment(models.Model):
    """A time that belongs to a patient. Keeps its id when rescheduled; history is in AppointmentChange."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="appointments")
    contact_id = models.BigIntegerField(
        null=True, blank=True, help_text="Who arranged it; the only one the assistant tells about it."
    )
    during = DateTimeRangeField(help_text="[start, end) in UTC")
    status = models.CharField(max_length=10, choices=AppointmentStatus, default=AppointmentStatus.CONFIRMED)
    booked_by = models.CharField(max_length=10, choices=BookedBy)
    ticket = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="Digest of the slot ticket that made it."
    )
    note = models.CharField(max_length=500, blank=True)
    location = models.ForeignKey(
        Location,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=ELSEWHERE,
    )
    session = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    seat = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its place in the session, from 1.")
    visit = models.ForeignKey(Visit, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments")
    series = models.ForeignKey(
        AppointmentSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments"
    )
    revision = models.PositiveIntegerField(default=1, help_text="Grows with each change; the calendar copy follows it.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="appointment_has_a_start_and_an_end",
            ),
            models.UniqueConstraint(
                fields=["session", "seat"],
                condition=Q(status__in=["pending", "confirmed"], session__isnull=False),
                name="one_appointment_per_seat",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True, seat__isnull=True) | Q(session__isnull=False, seat__gte=1),
                name="a_seat_belongs_to_a_session",
            ),
        ]
        indexes = [
            models.Index(fields=["contact_id", "status"], name="appointment_by_contact"),
            models.Index(Func(F("during"), function="lower"), name="appointment_by_start"),
            BrinIndex(fields=["created_at"], name="appointment_by_making"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

    @property
    def starts_at(self) -> dt.datetime:
        return self.during.lower

    @property
    def ends_at(self) -> dt.datetime:
        return self.during.upper

    @property
    def where(self) -> Location:
        return self.location or self.practitioner.location

    @property
    def late(self) -> "LateNotice | None":
        """What the patient said last of being late. Prefetch `late_notices` before asking many."""
        return max(self.late_notices.all(), key=lambda each: each.pk, default=None)

    @property
    def reference(self) -> str:
        """What a person quotes: #1042."""
        return f"#{1000 + self.pk}"


class AppointmentChange(models.Model):
    """What happened to an appointment, when, by whom."""

    class Act(models.TextChoices):
        BOOKED = "booked", _("Booked")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        COMPLETED = "completed", _("Completed")
        NO_SHOW = "no_show", _("Marked as no-show")
        EDITED = "edited", _("Edited")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="changes")
    act = models.CharField(max_length=10, choices=Act)
    by = models.CharField(max_length=10, choices=BookedBy)
    user_id = models.BigIntegerField(null=True, help_text="The staff member's tenants.User id.")
    turn_id = models.BigIntegerField(null=True, help_text="The assistant's turn (agents.Turn).")
    before = DateTimeRangeField(null=True)
    after = DateTimeRangeField(null=True)
    from_practitioner = models.ForeignKey(
        Practitioner, on_delete=models.SET_NULL, null=True, related_name="+", help_text="When it moved to another one."
    )
    from_location = models.ForeignKey(
        Location,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Where it was before it moved; empty for what has not moved, and for what moved long ago.",
    )
    overruled = models.JSONField(default=list, blank=True, help_text="House rules that staff set aside, by name.")
    reason = models.CharField(
        max_length=240, blank=True, db_default="", default="", help_text="Why staff set them aside; only they read it."
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by", help_text="What it undid."
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The first change of one act upon several appointments (a visit, a series); undone together.",
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]
        indexes = [BrinIndex(fields=["at"], name="change_by_time")]

    def __str__(self) -> str:
        return f"{self.act} appointment {self.appointment_id}"
