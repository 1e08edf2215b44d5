from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.upgrades import upgrade


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # a deploy has checked; seconds count here
    help = "Everything a deploy needs: migrates the public schema, then each business whose schema lags."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--then", metavar="COMMAND", help="go on with this command, in the same process")

    def handle(self, *, then: str | None = None, **options: Any) -> None:
        self._upgrade()
        if then:
            call_command(then)

    def _upgrade(self) -> None:
        outcome = upgrade()
        if outcome.shared:
            self.stdout.write("The public schema is up to date now.")
        for slug in outcome.upgraded:
            self.stdout.write(f"{slug}: upgraded.")
        if outcome.failed:
            names = ", ".join(outcome.failed)
            raise CommandError(f"Not upgraded and fenced off until the next upgrade succeeds: {names} (see the log).")
        if not (outcome.shared or outcome.upgraded):
            self.stdout.write("Nothing to upgrade.")
