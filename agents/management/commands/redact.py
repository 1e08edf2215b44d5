import io
import sys
from typing import Any

from django.core.management.base import BaseCommand

from agents.privacy.command import run


class Command(BaseCommand):
    help = (
        'Redacts JSON lines: {"text": …, "known": [names]} on standard input becomes '
        '{"text": redacted, "spans": [{"type", "start", "end"}]} on standard output. Needs no database.'
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        run(sys.stdin, sys.stdout)
