"""`manage.py when`: what phrases mean, by the grammar of `calendar_sync.when`."""

import sys
from argparse import ArgumentParser
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError

from calendar_sync.when.command import day_order, local_now, run
from calendar_sync.when.language import language


class Command(BaseCommand):
    help = "Reads one phrase per line and prints the dates and times that it may mean, as JSON lines."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", required=True, help="the reference time, ISO 8601, such as 2026-11-18T10:00:00")
        parser.add_argument("--timezone", help="such as Europe/London; tells the order of day and month, too")
        parser.add_argument("--language", default="en", help="en, de, es, fr or pt")
        order = parser.add_mutually_exclusive_group()
        order.add_argument("--day-first", action="store_true", default=None, help="3/12 is 3 December")
        order.add_argument("--month-first", action="store_false", dest="day_first", help="3/12 is 12 March")
        parser.add_argument("--future-only", action="store_true", help="leave out days that are over")

    def handle(self, *args: Any, **options: Any) -> None:
        timezone, code = options["timezone"], options["language"]
        try:
            if timezone:
                ZoneInfo(timezone)
            language(code)
            now = local_now(options["now"], timezone)
        except ZoneInfoNotFoundError:
            raise CommandError(f"There is no timezone {timezone!r}.") from None
        except ValueError as error:
            raise CommandError(str(error)) from error
        order = options["day_first"]
        if order is None:
            order = day_order(timezone=timezone, language=code)
        run(sys.stdin, sys.stdout, now=now, language=code, day_first=order, future_only=options["future_only"])
