"""What time is taken, by whom and what for. One table, so that one constraint keeps two things from one time."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.appointments import ELSEWHERE, Appointment, AppointmentChange, GroupSession
from calendar_sync.models.offer import Service
from calendar_sync.models.people import Practitioner
from calendar_sync.models.places import Location, Resource
from tenants import clock


class Hold(models.Model):
    """A slot kept for one contact until it expires: while they answer, or after a change that may be undone.

    Its taken time is deleted with its release; an expired one is swept away by whoever wants the time, under lock.
    """

    class Reason(models.TextChoices):
        OFFER = "offer", _("Read back to a patient")
        UNDO = "undo", _("Kept in case the change is undone")
        WAITLIST = "waitlist", _("Offered to somebody waiting")
        CAMPAIGN = "campaign", _("Offered because a practitioner is out")

    reason = models.CharField(max_length=8, choices=Reason)
    contact_id = models.BigIntegerField(null=True, blank=True, help_text="The only contact whom it does not block.")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="holds")
    during = DateTimeRangeField(help_text="[start, end) in UTC, without buffers")
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text=ELSEWHERE
    )
    change = models.OneToOneField(
        AppointmentChange, on_delete=models.CASCADE, null=True, blank=True, related_name="hold", help_text="For undo."
    )
    expires_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["contact_id"], condition=Q(released_at__isnull=True), name="hold_by_contact"),
            models.Index(fields=["expires_at"], condition=Q(released_at__isnull=True), name="hold_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    @property
    def starts_at(self) -> dt.datetime:
        return self.during.lower

    @property
    def where(self) -> Location:
        return self.location or self.practitioner.location


class TakenTime(models.Model):
    """A practitioner or a resource is taken, buffers included: by an appointment, a group session or a hold."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_times"
    )
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_times")
    during = DateTimeRangeField(help_text="[start, end) in UTC, with buffers")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_times"
    )
    session = models.ForeignKey(
        GroupSession, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_times"
    )
    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_times")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_double_booking",
                expressions=[
                    (Func(F("practitioner_id"), F("practitioner_id"), Value("[]"), function="int8range"), "&&"),
                    ("during", "&&"),
                ],
                condition=Q(practitioner__isnull=False),
            ),
            ExclusionConstraint(
                name="no_resource_twice",
                expressions=[
                    (Func(F("resource_id"), F("resource_id"), Value("[]"), function="int8range"), "&&"),
                    ("during", "&&"),
                ],
                condition=Q(resource__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, resource__isnull=True)
                | Q(practitioner__isnull=True, resource__isnull=False),
                name="taken_is_one_practitioner_or_one_resource",
            ),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False, session__isnull=True, hold__isnull=True)
                | Q(appointment__isnull=True, session__isnull=False, hold__isnull=True)
                | Q(appointment__isnull=True, session__isnull=True, hold__isnull=False),
                name="taken_by_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="taken_time_has_a_start_and_an_end",
            ),
        ]
        indexes = [
            models.Index(F("practitioner"), Func(F("during"), function="lower"), name="taken_by_practitioner"),
            models.Index(F("resource"), Func(F("during"), function="lower"), name="taken_by_resource"),
        ]

    def __str__(self) -> str:
        return f"taken time {self.pk}"


class FreedSlot(models.Model):
    """News for whoever waits: this time became free again. Its work item is calendar_sync.slot_freed."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", help_text="What took it before.")
    during = DateTimeRangeField(help_text="[start, end) in UTC, without buffers")
    from_change = models.ForeignKey(
        AppointmentChange, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="freed_slot_has_a_start_and_an_end",
            )
        ]

    def __str__(self) -> str:
        return f"freed slot {self.pk}"

    @property
    def starts_at(self) -> dt.datetime:
        return self.during.lower
