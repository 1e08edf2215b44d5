"""Learn the second opinion on what a reply claims from its examples (agents/runtime/outgoing/learned)."""

from typing import Any

from django.core.management.base import BaseCommand

from agents.runtime.outgoing.learned.learning import learn, rows, without_rare
from agents.runtime.outgoing.learned.weights import FILE


class Command(BaseCommand):
    help = "Write the weights of the check of replies anew, after its examples or its tables of words changed."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(rows())
        FILE.write_bytes(learn(without_rare(found)).tobytes())
        self.stdout.write(f"Learned from {len(found)} sentences: {FILE}")
