"""`manage.py when`: what phrases mean, by the grammar of `calendar_sync.when`; or how well it reads a file of them."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError

from calendar_sync.when.command import local_now, run
from calendar_sync.when.language import language
from calendar_sync.when.measuring import Case, Read, by_the_grammar, measure, read_cases, table
from calendar_sync.when.order import day_order

DayFirst = Callable[[str], bool | None]


class Command(BaseCommand):
    help = (
        "Reads one phrase per line and prints the dates and times that it may mean, as JSON lines. "
        "With --measure, prints how well the phrases of a file are read."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", help="the reference time, ISO 8601, such as 2026-11-18T10:00:00")
        parser.add_argument("--timezone", help="such as Europe/London; tells the order of day and month, too")
        parser.add_argument("--language", default="en", help="en, de, es, fr or pt")
        order = parser.add_mutually_exclusive_group()
        order.add_argument("--day-first", action="store_true", default=None, help="3/12 is 3 December")
        order.add_argument("--month-first", action="store_false", dest="day_first", help="3/12 is 12 March")
        parser.add_argument("--future-only", action="store_true", help="leave out days that are over")
        parser.add_argument("--measure", type=Path, metavar="FILE", help="phrases with their meaning, as JSON lines")
        parser.add_argument("--against", choices=["dateparser"], help="measure this beside it")
        parser.add_argument("--show", action="store_true", help="show what was not read exactly")

    def handle(self, *args: Any, **options: Any) -> None:
        timezone, code = options["timezone"], options["language"]
        try:
            if timezone:
                ZoneInfo(timezone)
            language(code)
        except ZoneInfoNotFoundError:
            raise CommandError(f"There is no timezone {timezone!r}.") from None
        except ValueError as error:
            raise CommandError(str(error)) from error

        def day_first(code: str) -> bool | None:
            chosen: bool | None = options["day_first"]
            return day_order(timezone=timezone, language=code) if chosen is None else chosen

        if options["measure"]:
            self._measure(options["measure"], day_first, options["against"], show=options["show"])
            return
        if options["now"] is None:
            raise CommandError("--now is needed: phrases mean something from a moment on.")
        try:
            now = local_now(options["now"], timezone)
        except ValueError as error:
            raise CommandError(str(error)) from error
        future_only = options["future_only"]
        run(sys.stdin, sys.stdout, now=now, language=code, day_first=day_first(code), future_only=future_only)

    def _measure(self, file: Path, day_first: DayFirst, against: str | None, *, show: bool) -> None:
        try:
            cases = read_cases(file.read_text().splitlines())
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        readers = {"when": by_the_grammar(day_first)}
        if against:
            readers[f"{against}.search_dates"] = _rival(day_first)

        def watch(case: Case, got: list[str]) -> None:
            if show:
                self.stdout.write(f"{case.language} {case.text!r}: {sorted(case.wanted)}, got {got[:6]}")

        scores = []
        for name, read in readers.items():
            if show:
                self.stdout.write(f"{name}, not exactly:")
            scores.append(measure(name, read, cases, watch=watch))
        self.stdout.write(f"{len(cases)} phrases of {file.name}\n{table(scores)}")


def _rival(day_first: DayFirst) -> Read:
    from calendar_sync.when.rival import by_dateparser

    try:
        return by_dateparser(day_first)
    except ImportError:
        raise CommandError("dateparser is not installed; it is one of the tools in requirements/dev.in.") from None
