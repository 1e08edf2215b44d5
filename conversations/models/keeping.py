"""How long a business keeps what was written and done."""

import datetime as dt

from django.conf import settings
from django.db import models

from tenants import clock

TAKES_EFFECT_AFTER = dt.timedelta(days=1)


class Retention(models.Model):
    """At most one row. Days; 0: for ever. A change deletes nothing for a day, so that it can be taken back."""

    messages_days = models.PositiveIntegerField(default=0)
    files_days = models.PositiveIntegerField(null=True, blank=True, help_text="null: MEDIA_KEEP_DAYS of this server.")
    traces_days = models.PositiveIntegerField(default=0, help_text="What the assistant did, step by step.")
    contacts_days = models.PositiveIntegerField(default=0, help_text="Of silence, then everything about them goes.")
    changed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"messages {self.messages_days}, files {self.files_days} days"

    @classmethod
    def of_this_business(cls) -> "Retention":
        """What was set, or else the defaults (then it has no row yet)."""
        return cls.objects.order_by("pk").first() or cls()

    @property
    def kept_files_days(self) -> int:
        return max(0, settings.MEDIA_KEEP_DAYS) if self.files_days is None else self.files_days

    @property
    def takes_effect_at(self) -> dt.datetime | None:
        """While a change still waits: when it counts."""
        at = self.changed_at + TAKES_EFFECT_AFTER if self.changed_at else None
        return at if at and at > clock.now() else None


def older_than(days: int) -> dt.datetime | None:
    """Whatever is from before this moment goes; None: nothing does."""
    return clock.now() - dt.timedelta(days=days) if days else None
