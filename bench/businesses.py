"""Setting businesses up, and finding out that none of them needs an upgrade."""

from django.db import connection

from bench.cast import new_business
from bench.measure import ROUNDS, Row, Sample, figures, in_rounds, row, sample
from tenants import schema
from tenants.models import Business
from tenants.upgrades import upgrade

BUSINESSES = 20
TARGET_CREATE_MS, TARGET_UPGRADE_MS = 500, 5_000


def measure() -> list[Row]:
    schema.leave()
    created = [Sample() for _ in range(ROUNDS)]
    missing = BUSINESSES - Business.objects.count()
    for number in range(max(missing, 2 * ROUNDS)):
        with created[number % ROUNDS].one():
            new_business()
    making = figures(created)
    count = Business.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    nothing = in_rounds(lambda: sample(upgrade, 3))
    return [
        row(
            "business ready",
            making,
            target=f"p50 ≤ {TARGET_CREATE_MS} ms",
            met=making.p50 <= TARGET_CREATE_MS,
            note=f"up to {count} businesses",
        ),
        row(
            f"upgrade with nothing to do, {count} businesses",
            nothing,
            target=f"≤ {TARGET_UPGRADE_MS / 1000:.0f} s (for 1,000)",
            met=nothing.p95 <= TARGET_UPGRADE_MS,
        ),
    ]
