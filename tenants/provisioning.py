"""Making a business: the row, its schema, its contents; or nothing at all."""

import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext
from django_tenants.utils import schema_context, tenant_context

from tenants.kind_templates import KindTemplate, template_of
from tenants.locks import give_way
from tenants.models import SLUG_PATTERN, Business, Membership, Role, User
from tenants.schema_making import make_schema
from tenants.signals import business_created

RESERVED_SLUGS = frozenset(
    """
    public admin api app accounts account b static media webhooks operator home login logout signup sign-up
    www mail help support status docs sandbox frontdesk calendar demo-admin settings start invitations events
    about contact privacy terms pricing blog security billing root system new
    """.split()  # noqa: SIM905 (a list of words reads better)
)


class SlugRefused(ValueError):
    """The slug is malformed, reserved or taken; the message says which, for the person."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What the wizard or the command knows beyond the kind's template."""

    practitioner: str = ""  # name of the first practitioner; empty: the template's example
    address: str = ""
    phone: str = ""
    always_open: bool = False  # every practitioner works 07:00–22:00 daily
    number: str = ""  # whatsapp:+44… of a channel to connect at once
    channel_kind: str = "twilio"


def check_slug(slug: str) -> str:
    """The slug as it may be used; raises SlugRefused."""
    if not re.fullmatch(SLUG_PATTERN, slug):
        raise SlugRefused(gettext("Use 3 to 50 small letters, digits and hyphens, such as bright-smile."))
    if slug in RESERVED_SLUGS:
        raise SlugRefused(gettext("“%(slug)s” is reserved. Please choose another address.") % {"slug": slug})
    if Business.objects.filter(slug=slug).exists():
        raise SlugRefused(gettext("“%(slug)s” is taken. Please choose another address.") % {"slug": slug})
    return slug


def create_business(
    *,
    name: str,
    slug: str,
    kind: str,
    timezone: str,
    owner: User | None,
    country: str = "GB",
    currency: str = "GBP",
    details: Details | None = None,
    make: Callable[[Business], None] = make_schema,
) -> Business:
    """Make a business ready to answer; leaves neither row nor schema behind when anything fails.

    Runs in `public`, outside a transaction (the making of the schema commits by itself). `make` gives the row its
    schema, with empty tables.
    """
    template = template_of(kind).in_country(country)
    with schema_context("public"):
        business = _new_row(
            slug=check_slug(slug),
            name=name,
            kind=kind,
            timezone=timezone,
            country=country,
            currency=currency,
            patient_label=template.patient_label,
        )
        try:
            make(business)
            _furnish(business, template, owner, details or Details())
        except BaseException:
            discard(business)
            raise
    return business


def _new_row(*, slug: str, **fields: str) -> Business:
    try:
        with transaction.atomic():
            return Business.objects.create(schema_name=f"b_{secrets.token_hex(6)}", slug=slug, **fields)
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        raise SlugRefused(gettext("“%(slug)s” is taken. Please choose another address.") % {"slug": slug}) from error


def discard(business: Business) -> None:
    """Drop the schema, the row and the files. Only for what was never used, and for throw-away businesses.

    Whoever is still at work in it is let finish.
    """
    with schema_context("public"):
        give_way(lambda: _drop(business))
    shutil.rmtree(Path(settings.MEDIA_ROOT) / business.schema_name, ignore_errors=True)


def _drop(business: Business) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{business.schema_name}" CASCADE')
    Business.objects.filter(pk=business.pk).delete()


def _furnish(business: Business, template: KindTemplate, owner: User | None, details: Details) -> None:
    with transaction.atomic():
        if owner is not None:
            Membership.objects.create(user=owner, business=business, role=Role.OWNER)
        with tenant_context(business):
            business_created.send(sender=Business, business=business, kind=template, details=details)
        business.status = Business.Status.ACTIVE
        business.save(update_fields=["status"])
