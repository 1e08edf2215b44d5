"""Furnishes a throw-away business with another one's configuration: what it offers, when, by whom, by which rules.

Rows are copied table by table with their ids; no table that holds a patient, a contact or a message is among them.
"""

from typing import Any

from django.db import connection, models

from agents.models import AssistantVersion, KnowledgeChunk, KnowledgeEntry, ModelRoles, SpendLimit
from calendar_sync.models import (
    BookingRules,
    HolidayChoice,
    HoursException,
    Location,
    OpeningHours,
    OwnDuration,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    ServiceNeed,
    TimeOff,
    WorkingHours,
)
from tenants.business_tasks import assert_inside
from tenants.models import Business

CONFIGURATION: tuple[type[models.Model], ...] = (
    *(Location, OpeningHours, ResourceKind, Resource, Service, ServiceNeed, Practitioner),
    *(Practitioner.services.through, WorkingHours, HoursException, HolidayChoice, OwnDuration, TimeOff, BookingRules),
    *(SpendLimit, ModelRoles, KnowledgeEntry, KnowledgeChunk),
)
NOT_COPIED: dict[type[models.Model], dict[str, Any]] = {
    TimeOff: {"reason": ""}
}  # why somebody is away is nobody's business here


def furnish(copy: Business, source: Business, version: AssistantVersion) -> None:
    """Within the copy's schema, which is empty: the source's configuration, and the version as the published one."""
    assert_inside(copy)
    for model in CONFIGURATION:
        _copy(model, copy.schema_name, source.schema_name)
    AssistantVersion.objects.all().delete()
    _copy(AssistantVersion, copy.schema_name, source.schema_name, only=version.pk)
    AssistantVersion.objects.update(
        status=AssistantVersion.Status.PUBLISHED, published_at=version.created_at, shadowing=False
    )


def _copy(model: type[models.Model], copy: str, source: str, only: int | None = None) -> None:
    table, fixed = model._meta.db_table, NOT_COPIED.get(model, {})
    columns = [field.column for field in model._meta.concrete_fields]
    listed = ", ".join(f'"{each}"' for each in columns)
    values: list[Any] = []
    taken = []
    for column in columns:
        if column in fixed or (only is not None and column == "base_id"):
            taken.append("%s")
            values.append(fixed.get(column))
        else:
            taken.append(f'"{column}"')
    where = "" if only is None else " WHERE id = %s"
    with connection.cursor() as cursor:
        # Names of our own models' tables and columns, and of schemas that the database's own constraint keeps plain.
        cursor.execute(f'DELETE FROM "{copy}"."{table}"')  # noqa: S608
        cursor.execute(
            f'INSERT INTO "{copy}"."{table}" ({listed}) '  # noqa: S608
            f'SELECT {", ".join(taken)} FROM "{source}"."{table}"{where}',
            values if only is None else [*values, only],
        )
        cursor.execute(
            f"""SELECT setval(pg_get_serial_sequence('"{copy}"."{table}"', 'id'),
                              GREATEST(1, (SELECT COALESCE(MAX(id), 0) FROM "{copy}"."{table}")))"""  # noqa: S608
        )
