"""In whose name a program acts, where a member of staff is asked for."""

from escalations.api.problems import Conflict
from escalations.models import ApiKey
from tenants.models import Business, Membership, User


def staff_behind(business: Business, key: ApiKey) -> User:
    """Whoever made the key, while they still work here."""
    member = member_of(business, key.created_by)
    if member is None:
        raise Conflict("maker_left", "Whoever made this key no longer works here. Make another one.")
    return member


def member_of(business: Business, user_id: int | None) -> User | None:
    if user_id is None:
        return None
    members = Membership.objects.filter(business=business, user_id=user_id, user__is_active=True)
    found = members.select_related("user").first()
    return found.user if found is not None else None
