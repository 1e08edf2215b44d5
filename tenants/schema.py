"""Which schema this thread's connection is in. (django-tenants adds this to Django's connection, untyped.)"""

from typing import Any

from django.db import connection
from django_tenants.utils import get_public_schema_name

from tenants.models import Business

_connection: Any = connection


def current() -> str:
    return str(_connection.schema_name)


def enter(business: Business) -> None:
    """Until `leave`; in tasks and commands use django-tenants' `tenant_context` instead."""
    _connection.set_tenant(business)


def leave() -> None:
    """Back to `public`."""
    _connection.set_schema_to_public()


def is_public() -> bool:
    return current() == get_public_schema_name()
