"""A Celery task that runs inside one business's schema, or not at all."""

from collections.abc import Callable

import structlog
from celery import Task, shared_task
from django_tenants.utils import tenant_context

from tenants import schema
from tenants.models import Business

log = structlog.get_logger(__name__)


class WrongSchema(Exception):
    """The task found itself in another schema than its business's: nothing was read or written."""


def business_task(name: str) -> Callable[[Callable[[Business, int], None]], Task]:
    """Make `body(business, object_id)` the task `name(business_id, object_id)`.

    Enters the schema by `tenant_context` (safe in threads; see docs/decisions/0005) and asserts it before the
    body runs. A business that is gone is refused; for one whose schema waits for an upgrade nothing is done, its
    work stays on the list.
    """

    def decorate(body: Callable[[Business, int], None]) -> Task:
        # As an option, `body` stands on the task of every Celery app, whichever is composed first.
        @shared_task(name=name, ignore_result=True, body=staticmethod(body))
        def run(business_id: int, object_id: int) -> None:
            schema.leave()
            business = Business.objects.filter(pk=business_id).first()
            if business is None:
                raise WrongSchema(f"{name}: no business {business_id}")
            if business.fenced_at is not None:
                log.warning("task.fenced_off", task=name, business=business_id)
                return
            with tenant_context(business):
                assert_inside(business)
                body(business, object_id)

        run.__doc__ = body.__doc__
        return run

    return decorate


def assert_inside(business: Business) -> None:
    if schema.is_public() or schema.current() != business.schema_name:
        raise WrongSchema(f"expected the schema of business {business.pk}")
