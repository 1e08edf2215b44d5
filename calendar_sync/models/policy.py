"""What a business demands of every booking, and what it sends by itself: one row."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.set_up import kept
from tenants.statements import read


class BookingRules(models.Model):
    """The house rules. The assistant can't overrule them; staff can, and it is recorded with the change."""

    class Late(models.TextChoices):
        ALLOW = "allow", _("Allow it and tell the fee")
        STAFF = "staff", _("Ask the team")

    class IdentityCheck(models.TextChoices):
        STAFF = "staff", _("A person of your team checks")
        BIRTH_DATE = "birth_date", _("The assistant asks for the full name and the date of birth")
        CODE = "code", _("The assistant asks for a code that your team has given them")

    class FeedsShow(models.TextChoices):
        INITIALS = "initials", _("Initials only")
        NAMES = "names", _("Full names")

    minimum_notice = models.PositiveIntegerField(default=0, help_text="Minutes between booking and start.")
    horizon_days = models.PositiveSmallIntegerField(default=180, help_text="How far ahead can be booked.")
    most_active = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Coming appointments per patient at most; empty: no limit."
    )
    new_patients = models.BooleanField(default=True, help_text="Whether the assistant books for new patients.")
    series_most = models.PositiveSmallIntegerField(default=12, help_text="Appointments of one series at most.")

    cancel_notice = models.PositiveIntegerField(default=0, help_text="Minutes before the start; later is late.")
    late_cancel = models.CharField(max_length=5, choices=Late, default=Late.ALLOW)
    move_notice = models.PositiveIntegerField(default=0, help_text="Minutes before the start; later is late.")
    late_move = models.CharField(max_length=5, choices=Late, default=Late.ALLOW)
    late_fee_text = models.CharField(max_length=240, blank=True, help_text="Told when it is late.")

    identity_check = models.CharField(
        max_length=10,
        choices=IdentityCheck,
        default=IdentityCheck.STAFF,
        help_text="Before somebody hears of appointments that were not made from their number.",
    )

    hold_minutes = models.PositiveSmallIntegerField(default=10, help_text="How long an offer read back is kept.")
    undo_minutes = models.PositiveSmallIntegerField(default=15, help_text="How long a change can be undone.")
    waitlist_minutes = models.PositiveSmallIntegerField(default=60, help_text="How long a freed slot is offered.")
    travel_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="Kept free between two appointments of one practitioner at different locations."
    )

    closed_on_holidays = models.BooleanField(default=True)
    holiday_region = models.CharField(max_length=10, blank=True, help_text="Subdivision, as `holidays` codes it.")

    quiet_from = models.TimeField(default=dt.time(20), help_text="Nothing goes out by itself from then …")
    quiet_until = models.TimeField(default=dt.time(8), help_text="… until then. Local time; equal: never quiet.")
    reminders = models.BooleanField(default=True)
    after_visit = models.BooleanField(default=False)
    after_visit_text = models.CharField(max_length=900, blank=True)
    no_show_followup = models.BooleanField(default=False)
    no_show_text = models.CharField(max_length=900, blank=True)

    feeds_show = models.CharField(
        max_length=8, choices=FeedsShow, default=FeedsShow.INITIALS, help_text="Of patients, in calendar feeds."
    )

    class Meta:
        verbose_name_plural = "booking rules"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_booking_rules"),
            models.CheckConstraint(condition=Q(horizon_days__range=(1, 730)), name="horizon_1_to_730_days"),
            models.CheckConstraint(condition=Q(hold_minutes__range=(1, 120)), name="hold_1_to_120_minutes"),
            models.CheckConstraint(condition=Q(undo_minutes__lte=1440), name="undo_to_a_day"),
            models.CheckConstraint(condition=Q(waitlist_minutes__range=(5, 1440)), name="waitlist_5_to_1440_minutes"),
            models.CheckConstraint(condition=Q(series_most__range=(1, 52)), name="series_1_to_52"),
            models.CheckConstraint(condition=Q(travel_minutes__lte=240), name="travel_to_240_minutes"),
        ]

    def __str__(self) -> str:
        return "booking rules"

    @property
    def travel(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.travel_minutes)

    @classmethod
    def of_this_business(cls) -> "BookingRules":
        """The row, or the defaults where nobody has changed anything yet (pk 1, ready to be saved)."""
        return _row() or cls(pk=1)


@kept
def _row() -> BookingRules | None:
    return next(iter(read(BookingRules, "WHERE id = 1")), None)
