"""Celery: the doorbell of the work list and the beat that sweeps it. Postgres holds the truth."""

import gc
import os

from celery import Celery
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import worker_process_shutdown, worker_ready, worker_shutdown

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")


def _keep_healthy_connections(self: DjangoWorkerFixup, **kwargs: object) -> None:
    """Celery 5.7 closes the connection around every task: half the throughput (docs/decisions/0005)."""
    from django.db import close_old_connections

    close_old_connections()


DjangoWorkerFixup.close_database = _keep_healthy_connections


@worker_ready.connect
def _spare_the_collector(**_: object) -> None:
    """What start-up left behind lives for ever: full collections need not look at it."""
    gc.collect()
    gc.freeze()


@worker_shutdown.connect
@worker_process_shutdown.connect
def _send_what_waits(**_: object) -> None:
    """Spans, where they are sent at all: a pool's process ends without the interpreter's own farewell."""
    from agents import telemetry

    telemetry.end()


app = Celery("frontdesk")
app.config_from_object("frontdesk.celery_settings")
app.autodiscover_tasks()
