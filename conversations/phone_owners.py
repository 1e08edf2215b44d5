"""Who writes from a number: contacts, and colleagues from their own phones. For the diary, which is below."""

from calendar_sync.whose_phone import Writer
from conversations.models import Contact, StaffPhone
from tenants.models import User


def writers(number: str) -> list[Writer]:
    """By a number as +44…; whoever has changed to another number is left out."""
    rows = Contact.objects.filter(identities__phone=number, identities__replaced_by=None, erased_at=None)
    found = [Writer(name=each.display_name or number, contact_id=each.pk) for each in rows.distinct().order_by("pk")]
    own = StaffPhone.objects.filter(address__endswith=number, verified_at__isnull=False).values_list("staff_id")
    return [*found, *(Writer(name=str(each)) for each in User.objects.filter(pk__in=[pk for (pk,) in own]))]
