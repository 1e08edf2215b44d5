"""Rows named by a request: in its path (404 when there is none) or in its body and query (422)."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from escalations.api.problems import Invalid, Missing

Row = TypeVar("Row", bound=Model)


def at(rows: QuerySet[Row], number: int) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Missing
    return row


def named(rows: QuerySet[Row], number: int, field: str) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Invalid([(field, "there is no such row")])
    return row
