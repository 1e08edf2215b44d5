"""What staff do to contacts as such."""

from django.db import models

from conversations.models import Contact
from tenants import clock


class ContactMerge(models.Model):
    """Two contacts were joined by a person: what moved from `gone` to `kept`, so that it can be undone."""

    kept = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    staff_id = models.BigIntegerField(help_text="tenants.User")
    moved = models.JSONField(default=dict, help_text='{"conversations.conversation": [ids], …}')
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.BigIntegerField(null=True, blank=True, help_text="tenants.User")

    class Meta:
        indexes = [models.Index(fields=["kept", "-at"], name="merge_by_contact")]

    def __str__(self) -> str:
        return f"contact {self.gone_id} joined to {self.kept_id}"
