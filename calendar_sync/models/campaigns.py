"""A practitioner is out: whom that hits, what each of them is offered, and how far it has come."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.appointments import Appointment
from calendar_sync.models.people import Practitioner, TimeOff
from calendar_sync.models.taken import Hold
from calendar_sync.models.waitlist import Told
from tenants import clock


class OutCampaign(models.Model):
    """Begun from the diary; nothing is sent before `send_at`, and until then it can be undone as a whole."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Everybody is taken care of")
        UNDONE = "undone", _("Undone")

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="out_campaigns")
    time_off = models.OneToOneField(TimeOff, on_delete=models.SET_NULL, null=True, blank=True, related_name="campaign")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status, default=Status.RUNNING)
    planned_at = models.DateTimeField(null=True, blank=True, help_text="Since when everybody's other times are known.")
    send_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True, help_text="Who began it (tenants.User).")
    started_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="campaign_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(status="running", closed_at__isnull=True)
                | ~Q(status="running") & Q(closed_at__isnull=False),
                name="an_ended_campaign_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"out campaign {self.pk}"


class CampaignCase(models.Model):
    """One appointment that can't take place as it stands.

    planned → asked → moved | cancelled | (declined →) staff → moved | cancelled | settled by hand
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Not sent yet")
        ASKED = "asked", _("Waiting for an answer")
        DECLINED = "declined", _("Wants something else")
        STAFF = "staff", _("Needs you")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        BY_HAND = "by_hand", _("Settled by hand")
        UNDONE = "undone", _("Undone")

    class Why(models.TextChoices):
        """Why a person has to see to it."""

        NO_ANSWER = "no_answer", _("No answer in time")
        UNREACHABLE = "unreachable", _("Can't be written to")
        DECLINED = "declined", _("None of the times suited")
        NO_TIMES = "no_times", _("No other time is free")
        TAKEN = "taken", _("You took it over")

    campaign = models.ForeignKey(OutCampaign, on_delete=models.CASCADE, related_name="cases")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="campaign_cases")
    contact_id = models.BigIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(help_text="Who chooses first; 1 is first.")
    was = DateTimeRangeField(help_text="When the appointment stood, [start, end) in UTC")
    status = models.CharField(max_length=9, choices=Status, default=Status.PLANNED)
    why = models.CharField(max_length=11, choices=Why, blank=True)
    told = models.CharField(max_length=8, choices=Told, default=Told.NOT_YET, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    owner_id = models.BigIntegerField(null=True, blank=True, help_text="Who sees to it (tenants.User).")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["campaign", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "rank"], name="one_case_per_rank"),
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(status__in=["planned", "asked", "declined", "staff"]),
                name="one_open_case_per_appointment",
            ),
            models.UniqueConstraint(
                fields=["contact_id"],
                condition=Q(status__in=["asked", "declined"]),
                name="one_question_at_a_time_per_contact",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["asked", "declined"]) | Q(deadline__isnull=False, contact_id__isnull=False),
                name="whoever_was_asked_has_a_deadline",
            ),
            models.CheckConstraint(condition=~Q(status="staff") | ~Q(why=""), name="staff_know_why"),
        ]

    def __str__(self) -> str:
        return f"campaign case {self.pk}"


class CaseOption(models.Model):
    """A time that is held for one case; its number is what the patient answers."""

    case = models.ForeignKey(CampaignCase, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    hold = models.OneToOneField(Hold, on_delete=models.CASCADE, related_name="case_option")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_option_per_number")]

    def __str__(self) -> str:
        return f"option {self.number} of case {self.case_id}"
