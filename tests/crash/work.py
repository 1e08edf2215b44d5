"""`python -m tests.crash.work`: do what is due in the work list, as a worker would, then end.

Its own process, so that FRONTDESK_CRASH_AT can kill it at a named place. The bodies of the real Celery tasks run; only
the broker between is left out, because the rows are the truth.
"""

import datetime as dt
import os
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tenants.models import WorkItem

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")
ROUNDS = 60
SOON = dt.timedelta(minutes=5)  # what waits longer, such as a reminder or the end of a hold, is none of these stories
STANDING = ("calendar_sync.sync", "calendar_sync.compare", "escalations.clock")  # back on the list by themselves


def main() -> None:
    django.setup()
    do_what_is_due()


def do_what_is_due() -> None:
    """Run the bodies of the real tasks until nothing that could be claimed is left."""
    from django.db import connection

    from frontdesk.celery import app
    from tenants.models import WorkItem

    app.autodiscover_tasks(force=True)
    for _ in range(ROUNDS):
        connection.set_schema_to_public()
        due = list(_due().order_by("due_at", "pk"))
        if not due:
            return
        WorkItem.objects.filter(pk__in=[item.pk for item in due]).update(due_at="2000-01-01T00:00Z")
        for item in due:
            app.tasks[item.kind](item.business_id, item.object_id)
    raise SystemExit("the work list does not come to an end")


def _due() -> "QuerySet[WorkItem]":
    from tenants import clock
    from tenants.models import WorkItem

    rows = WorkItem.objects.filter(parked_at__isnull=True, leased_until__isnull=True, due_at__lt=clock.now() + SOON)
    return rows.exclude(kind__in=STANDING)


if __name__ == "__main__":
    main()
