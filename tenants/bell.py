"""Ringing Celery by a task's name. The app is found through settings, because it is composed above all apps."""

from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

if TYPE_CHECKING:
    from celery import Celery

log = structlog.get_logger(__name__)


@lru_cache(maxsize=1)
def _app() -> "Celery":
    app: Celery = import_string(settings.CELERY_APP)
    return app


def send(task: str, *ids: int, seconds: float = 0) -> None:
    """Ring once. A bell that can't be rung is only logged: whatever is due stands in the work list."""
    try:
        _app().send_task(task, args=ids, countdown=seconds or None, retry=False)
    except OperationalError:
        log.warning("bell.not_rung", task=task)
