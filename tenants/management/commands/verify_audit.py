from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants import audit_chain
from tenants.models import Business


class Command(BaseCommand):
    help = (
        "Checks that the audit trail is as it was sealed: nothing altered, removed, inserted, reordered. Prints the "
        "end of each chain: kept elsewhere, it proves later that the whole trail was not written anew (--head)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--business", metavar="SLUG", help="only this one; otherwise all, and the platform's own")
        parser.add_argument("--head", metavar="DIGEST", help="an end noted earlier that must still be in the chain")

    def handle(self, *args: Any, **options: Any) -> None:
        chains = self._chains(options["business"])
        audit_chain.seal_all()
        broken = False
        for name, business_id in chains:
            verdict = audit_chain.verify(business_id)
            for fault in verdict.faults:
                self.stdout.write(f"{name}: {fault.kind}: {fault.words}")
            broken |= not verdict.intact
            if verdict.intact:
                self.stdout.write(f"{name}: intact, {verdict.checked} entries, end {verdict.head or '–'}")
        if options["head"] and not any(audit_chain.holds(business_id, options["head"]) for _, business_id in chains):
            raise CommandError("The end that was noted is in no chain: the trail was written anew.")
        if broken:
            raise CommandError("The audit trail was tampered with.")

    def _chains(self, slug: str | None) -> list[tuple[str, int | None]]:
        if slug is None:
            known = list(Business.objects.order_by("slug").values_list("slug", "pk"))
            return [*known, ("platform", None)]
        business = Business.objects.filter(slug=slug).first()
        if business is None:
            raise CommandError(f"There is no business {slug}.")
        return [(business.slug, business.pk)]
