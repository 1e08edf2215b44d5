"""Inviting a person into a business by a signed link that expires, is used once, and can be withdrawn."""

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from smtplib import SMTPException
from typing import ClassVar

import structlog
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext

from tenants import clock
from tenants.audit import record
from tenants.languages import in_language_of
from tenants.models import Business, Invitation, Membership, Role, User

log = structlog.get_logger(__name__)
VALID_FOR = dt.timedelta(days=7)
SALT = "tenants.invitation"


class InvitationError(Exception):
    """Why an invitation can't be used or sent. `reason` picks the page's words; the message is for the person."""

    reason: ClassVar[str] = "unknown"


class Unknown(InvitationError):
    """The link is not one of ours, or was cut off."""


class Expired(InvitationError):
    reason = "expired"


class Withdrawn(InvitationError):
    reason = "withdrawn"


class Used(InvitationError):
    reason = "used"


class WrongPerson(InvitationError):
    reason = "wrong_person"


class NotSent(InvitationError):
    reason = "not_sent"


class AlreadyMember(InvitationError):
    reason = "already_member"


def invite(business: Business, actor: User, email: str, role: str) -> Invitation:
    """Make the invitation and send it; an open one for the same address is renewed.

    Raises AlreadyMember, and NotSent (the invitation stands, the e-mail did not go out).
    """
    email = email.strip().lower()
    if Membership.objects.filter(business=business, user__email__iexact=email).exists():
        raise AlreadyMember(
            gettext("%(email)s is already in %(business)s.") % {"email": email, "business": business.name}
        )
    with transaction.atomic():
        invitation, _ = Invitation.objects.update_or_create(
            business=business,
            email=email,
            accepted_at=None,
            withdrawn_at=None,
            defaults={"role": role, "invited_by": actor, "expires_at": clock.now() + VALID_FOR},
        )
        record(business, actor, "invitation.sent", f"invitation {invitation.pk}", role=role)
    _send(invitation)
    return invitation


def resend(invitation: Invitation, actor: User) -> None:
    """Send the link again, valid for another week. Raises NotSent."""
    with transaction.atomic():
        invitation.expires_at = clock.now() + VALID_FOR
        invitation.save(update_fields=["expires_at"])
        record(invitation.business, actor, "invitation.sent_again", f"invitation {invitation.pk}")
    _send(invitation)


def withdraw(invitation: Invitation, actor: User) -> None:
    with transaction.atomic():
        changed = open_invitations().filter(pk=invitation.pk).update(withdrawn_at=clock.now())
        if changed:
            record(invitation.business, actor, "invitation.withdrawn", f"invitation {invitation.pk}")


def accept(invitation: Invitation, user: User) -> Membership:
    """Make the person a member. Raises what `check` raises; of two at once, one is Used."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        check(locked, user)
        membership, _ = Membership.objects.get_or_create(
            user=user, business_id=locked.business_id, defaults={"role": locked.role}
        )
        locked.accepted_at = clock.now()
        locked.save(update_fields=["accepted_at"])
        record(locked.business, user, "invitation.accepted", f"invitation {locked.pk}", role=membership.role)
    return membership


def check(invitation: Invitation, user: User | None) -> None:
    """Raise the InvitationError that keeps it from being accepted; without a user only the link is judged."""
    if invitation.accepted_at is not None:
        raise Used
    if invitation.withdrawn_at is not None:
        raise Withdrawn
    if invitation.expires_at <= clock.now():
        raise Expired
    if user is not None and invitation.email.lower() not in verified_emails(user):
        raise WrongPerson


def read(token: str) -> Invitation:
    """The invitation of a link; raises Unknown."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Unknown from None
    invitation = Invitation.objects.select_related("business", "invited_by").filter(pk=key).first()
    if invitation is None:
        raise Unknown
    return invitation


def link_of(invitation: Invitation) -> str:
    """The absolute address to send. When it expires is in the row, so that it can be prolonged and withdrawn."""
    return f"{settings.PUBLIC_ORIGIN}/invitations/{token_of(invitation)}/"


def token_of(invitation: Invitation) -> str:
    return signing.dumps(invitation.pk, salt=SALT)


def pending_for(user: User) -> models.QuerySet[Invitation]:
    """Open invitations to any address that the person has proved to own."""
    return (
        open_invitations()
        .filter(email__in=verified_emails(user), expires_at__gt=clock.now())
        .exclude(business__status=Business.Status.PREPARING)
        .select_related("business", "invited_by")
    )


def open_invitations() -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


def verified_emails(user: User) -> set[str]:
    from allauth.account.models import EmailAddress

    rows = EmailAddress.objects.filter(user=user, verified=True)
    return {address.lower() for address in rows.values_list("email", flat=True)}


def _send(invitation: Invitation) -> None:
    """Outside the transaction: a slow mail server must hold no lock."""
    with _in_their_language(invitation):
        context = {
            "business": invitation.business,
            "inviter": invitation.invited_by,
            "role": Role(invitation.role).label,
            "link": link_of(invitation),
            "days": VALID_FOR.days,
        }
        subject = gettext("%(business)s invites you to Frontdesk") % {"business": invitation.business.name}
        body = render_to_string("tenants/mail/invitation.txt", context)
    try:
        EmailMessage(subject=" ".join(subject.split()), body=body, to=[invitation.email]).send()
    except (SMTPException, OSError) as error:
        log.warning("invitation.not_sent", invitation=invitation.pk, error=type(error).__name__)
        raise NotSent(gettext("The e-mail could not be sent. Please try “Send again” in a moment.")) from error


def _in_their_language(invitation: Invitation) -> AbstractContextManager[None]:
    """Who has an account already has chosen; a stranger is written to in the inviter's language."""
    known = User.objects.filter(email__iexact=invitation.email).first()
    return in_language_of(known) if known and known.language else nullcontext()
