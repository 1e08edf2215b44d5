"""Who belongs to a business, and in which role. A business always keeps an owner."""

from django.db import transaction
from django.utils.translation import gettext

from tenants.audit import record
from tenants.models import Business, Membership, Role, User


class MemberError(Exception):
    """The change is refused; the message says why, for the person."""


def change_role(membership: Membership, role: str, actor: Membership) -> None:
    """Owners only. Raises MemberError, as for the last owner."""
    if actor.role != Role.OWNER:
        raise MemberError(gettext("Only an owner can change roles."))
    with transaction.atomic():
        locked = _locked(membership)
        if locked.role == role:
            return
        if locked.role == Role.OWNER:
            _keep_an_owner(locked)
        before, locked.role = locked.role, Role(role).value
        locked.save(update_fields=["role"])
        record(locked.business, actor.user, "member.role_changed", _name(locked), before=before, after=locked.role)


def remove(membership: Membership, actor: Membership) -> None:
    """Anybody may leave; owners remove anybody, admins remove staff. Raises MemberError."""
    own = membership.pk == actor.pk
    if not own and not (actor.role == Role.OWNER or (actor.role == Role.ADMIN and membership.role == Role.STAFF)):
        raise MemberError(gettext("Only an owner can remove an owner or an admin."))
    with transaction.atomic():
        locked = _locked(membership)
        if locked.role == Role.OWNER:
            _keep_an_owner(locked)
        record(locked.business, actor.user, "member.left" if own else "member.removed", _name(locked))
        locked.delete()


def may_invite(actor: Membership, role: str) -> bool:
    """Owners invite anybody; admins invite admins and staff."""
    return actor.role == Role.OWNER or (actor.role == Role.ADMIN and role != Role.OWNER)


def _locked(membership: Membership) -> Membership:
    """The fresh row; all changes of a business's people queue up behind its row, so two owners can't both go."""
    Business.objects.select_for_update(no_key=True).get(pk=membership.business_id)
    locked = Membership.objects.select_related("business", "user").filter(pk=membership.pk).first()
    if locked is None:
        raise MemberError(gettext("This person has left already."))
    return locked


def _keep_an_owner(leaving: Membership) -> None:
    others = Membership.objects.filter(business_id=leaving.business_id, role=Role.OWNER)
    if not others.exclude(pk=leaving.pk).exists():
        raise MemberError(gettext("A business needs an owner. Make somebody else an owner first."))


def _name(membership: Membership) -> str:
    user: User = membership.user
    return f"user {user.pk}"
