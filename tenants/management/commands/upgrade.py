from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.upgrades import upgrade


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # a deploy has checked; seconds count here
    help = "Everything a deploy needs: migrates the public schema, then each business whose schema lags."

    def handle(self, **options: Any) -> None:
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
