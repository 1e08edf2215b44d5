import io
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agents.privacy.command import run
from agents.privacy.measuring import report


class Command(BaseCommand):
    help = (
        'Redacts JSON lines: {"text": …, "known": [names]} on standard input becomes '
        '{"text": redacted, "spans": [{"type", "start", "end"}]} on standard output. Needs no database. '
        'With --measure: marked texts ({"marked": "I am {{NAME|Anna}}"} or {"text", "spans"}) in, rates out.'
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--measure", action="store_true", help="print how much of marked texts is hidden")

    def handle(self, *args: Any, **options: Any) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        if options["measure"]:
            self.stdout.write(report(sys.stdin))
        else:
            run(sys.stdin, sys.stdout)
