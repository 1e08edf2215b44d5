import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants import platform_switch


class Command(BaseCommand):
    help = "The brake for the whole platform: no language model is called while it is off; the guided flow answers."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("state", choices=["off", "on", "state"])
        parser.add_argument("--reason", default="", help="shown to every business while models are off")

    def handle(self, **options: Any) -> None:
        if options["state"] == "off":
            if not options["reason"].strip() or len(options["reason"]) > 200:
                raise CommandError("off needs a --reason of at most 200 characters: every business reads it.")
            platform_switch.switch_off(options["reason"])
        elif options["state"] == "on":
            platform_switch.switch_on()
        brake = platform_switch.brake()
        self.stdout.write(f"Language models are off: {brake.reason}" if brake.on else "Language models are on.")
