"""A business that exists for an experiment only: a schema of its own, never served, dropped at the end."""

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django_tenants.utils import schema_context, tenant_context

from tenants import clock
from tenants.models import Business
from tenants.provisioning import discard
from tenants.schema_making import make_schema

SLUG = "trial-"
LEFT_BEHIND = dt.timedelta(hours=1)  # as old as this, the experiment that made it was killed
LIKE = ("name", "kind", "timezone", "country", "currency", "language", "patient_label", "quiet_window")


@contextmanager
def throw_away(like: Business) -> Iterator[Business]:
    """An empty business with the face of another one; its row stays `preparing`, so that nothing finds it.

    Runs outside of transactions. Inside the block its schema is entered; afterwards the schema from before is.
    """
    made = make(like, secrets.token_hex(6))
    try:
        with tenant_context(made):
            yield made
    finally:
        discard(made)


def find(name: str) -> Business | None:
    """One that was kept by its name, whole; its time begins anew."""
    with schema_context("public"):
        found = Business.objects.filter(slug=f"{SLUG}{name}").first()
        if found is None:
            return None
        if found.fenced_at is not None:  # whoever made it was killed over it
            discard(found)
            return None
        Business.objects.filter(pk=found.pk).update(created_at=clock.now())
        return found


def make(like: Business, name: str) -> Business:
    """One that stays until it is `discard`ed, or is as old as what killed experiments leave behind."""
    assert not connection.in_atomic_block, "the schema's migrations commit by themselves"
    discard_left_behind()
    with schema_context("public"):
        made = Business.objects.create(
            schema_name=f"b_{secrets.token_hex(6)}",
            slug=f"{SLUG}{name}",
            fenced_at=clock.now(),
            **{each: getattr(like, each) for each in LIKE},
        )
        try:
            make_schema(made)
        except BaseException:
            discard(made)
            raise
        return made


def is_whole(made: Business) -> None:
    """It holds all that it has to, and may be found again."""
    with schema_context("public"):
        Business.objects.filter(pk=made.pk).update(fenced_at=None)
    made.fenced_at = None


def discard_left_behind() -> None:
    """What experiments that were killed have left, of whatever process."""
    with schema_context("public"):
        for business in Business.objects.filter(
            slug__startswith=SLUG, status=Business.Status.PREPARING, created_at__lt=clock.now() - LEFT_BEHIND
        ):
            discard(business)
