"""manage.py seed_demo: the demo's two practices. Only on a server of this machine."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from escalations.demo.seed import seed


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # seconds count while the demo starts
    help = "Make the two demo practices, or bring their diaries up to today; prints JSON with the log-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        if urlsplit(settings.PUBLIC_ORIGIN).hostname not in ("127.0.0.1", "localhost", "::1"):
            raise CommandError("seed_demo makes users with a known password: only where PUBLIC_ORIGIN is this machine.")
        self.stdout.write(json.dumps(seed()))
