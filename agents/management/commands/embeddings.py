from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_tenants.utils import tenant_context

from agents.knowledge import embedding, vectors
from tenants.models import Business


class Command(BaseCommand):
    help = (
        "Makes the tables for finding knowledge by meaning, and gives each part of an entry that has none its vector. "
        "May run again at any time, such as by a timer."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--business", metavar="SLUG", help="only this one")

    def handle(self, **options: Any) -> None:
        if not embedding.configured():
            raise CommandError("EMBEDDINGS_URL is not set: knowledge is searched by words alone.")
        wanted = Business.objects.filter(status=Business.Status.ACTIVE).order_by("pk")
        if options["business"]:
            wanted = wanted.filter(slug=options["business"])
        for business in wanted:
            with tenant_context(business):
                vectors.make_ready()
                try:
                    done = vectors.fill()
                except embedding.EmbeddingFailed as error:
                    raise CommandError(f"{business.slug}: the embedding server failed ({error}).") from error
            self.stdout.write(f"{business.slug}: {done}")
