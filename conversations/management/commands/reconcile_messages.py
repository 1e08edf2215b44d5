import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from conversations.channels.base import ChannelError
from conversations.channels.registry import kinds_with_lists
from conversations.models import Channel
from conversations.reconcile import reconcile
from tenants import clock
from tenants.models import Business


class Command(BaseCommand):
    help = "Receive the messages that the vendor has and we have not, after an outage."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--business", default="", help="slug; by default all that are active")
        parser.add_argument("--hours", type=float, default=0, help="how far back; by default since the last comparison")

    def handle(self, **options: Any) -> None:
        if options["hours"] < 0:
            raise CommandError("--hours: write a number that is not below 0.")
        since = clock.now() - dt.timedelta(hours=options["hours"]) if options["hours"] else None
        failed = False
        for business in _businesses(options["business"]):
            with tenant_context(business):
                for channel in Channel.objects.filter(kind__in=kinds_with_lists(), active=True):
                    try:
                        missed = reconcile(business, channel, since)
                        self.stdout.write(f"{business.slug}, channel {channel.pk}: {missed} received")
                    except ChannelError as error:
                        failed = True
                        self.stderr.write(f"{business.slug}, channel {channel.pk}: could not be asked ({error.code})")
        if failed:
            raise CommandError("Not every channel could be asked.")


def _businesses(slug: str) -> list[Business]:
    found = Business.objects.filter(status=Business.Status.ACTIVE, fenced_at=None)
    if slug:
        found = found.filter(slug=slug)
        if not found:
            raise CommandError(f"--business: there is no active business {slug}.")
    return list(found)
