"""`python -m tests.crash.work`: for each line of the input a worker that does what is due in the work list, then ends.

A process of its own, so that the line can name the place where it is killed (FRONTDESK_CRASH_AT); it is forked off one
that has imported everything, which takes two seconds. How it ended is answered: 0, or -9. The bodies of the real
Celery tasks run; only the broker between is left out, because the rows are the truth.
"""

import datetime as dt
import importlib
import os
import sys
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
    import_what_a_worker_needs()
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            die_at(line.strip())
            do_what_is_due()
            return
        _, status = os.waitpid(worker, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def import_what_a_worker_needs() -> None:
    """Modules only: nothing is connected that two processes would share."""
    from django.db import connection

    from agents.privacy.finding import find
    from frontdesk.celery import app

    app.autodiscover_tasks(force=True)
    find("07911 123456")
    for name in ("googleapiclient.discovery", "holidays", "twilio.rest"):
        importlib.import_module(name)
    assert connection.connection is None


def die_at(point: str) -> None:
    from tenants import crashpoints

    os.environ["FRONTDESK_CRASH_AT"] = point
    importlib.reload(crashpoints)


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
