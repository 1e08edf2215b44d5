"""Private addresses under which practitioners subscribe to their appointments."""

import secrets

from django.db import models

from calendar_sync.models.people import Practitioner
from tenants import clock


def new_secret() -> str:
    return secrets.token_urlsafe(16)


class CalendarFeed(models.Model):
    """A practitioner's feed is on while the row is there. Its address is made from the secret; a new one ends it."""

    practitioner = models.OneToOneField(Practitioner, on_delete=models.CASCADE, related_name="calendar_feed")
    secret = models.CharField(max_length=32, default=new_secret)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"calendar feed of practitioner {self.practitioner_id}"
