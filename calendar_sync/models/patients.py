"""Who is treated."""

from django.db import models

from tenants import clock


class Patient(models.Model):
    """The person treated. `contact_id` is the conversations.Contact who writes for this patient."""

    name = models.CharField(max_length=120)
    contact_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    phone = models.CharField(max_length=40, blank=True, help_text="For patients entered by staff.")
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"patient {self.pk}"
