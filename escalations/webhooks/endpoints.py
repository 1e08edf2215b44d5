"""What people do with webhooks: add, change, pause, rotate the secret, test, replay, remove."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction

from escalations.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from escalations.webhooks import news, signing
from escalations.webhooks.kinds import TEST, Kind
from tenants import clock, worklist
from tenants.audit import record
from tenants.models import Business, User

MOST = 10  # of a business
BOTH_SECRETS = dt.timedelta(days=1)
State = WebhookDelivery.State


class TooMany(Exception):
    """There are MOST already."""


def add(
    business: Business, url: str, kinds: Sequence[Kind], *, by: User | None, maker_id: int | None
) -> WebhookEndpoint:
    """Raises TooMany. The address is looked at before (guard.target_of), and again by each delivery."""
    with transaction.atomic():
        if WebhookEndpoint.objects.count() >= MOST:
            raise TooMany
        made = WebhookEndpoint.objects.create(
            url=url, secret=signing.new_secret(), kinds=sorted(kinds), created_by=maker_id
        )
        news.begin(business)
        record(business, by, "webhook.added", f"webhook {made.pk}")
    return made


def change(business: Business, endpoint: WebhookEndpoint, url: str, kinds: Sequence[Kind], *, by: User | None) -> None:
    """The address is looked at before (guard.target_of), and again by each delivery."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(url=url, kinds=sorted(kinds))
    record(business, by, "webhook.changed", f"webhook {endpoint.pk}")


def pause(business: Business, endpoint: WebhookEndpoint, *, by: User | None) -> None:
    """It is told of nothing that happens from now on; what waits already goes out when it is resumed."""
    if WebhookEndpoint.objects.filter(pk=endpoint.pk, active=True).update(active=False, failing_since=None):
        record(business, by, "webhook.paused", f"webhook {endpoint.pk}")


def resume(business: Business, endpoint: WebhookEndpoint, *, by: User | None) -> None:
    with transaction.atomic():
        if WebhookEndpoint.objects.filter(pk=endpoint.pk, active=False).update(active=True, failing_since=None):
            news.begin(business)
            worklist.call_for(business.pk, news.DELIVER, endpoint.pk)
            record(business, by, "webhook.resumed", f"webhook {endpoint.pk}")


def rotate(business: Business, endpoint: WebhookEndpoint, *, by: User | None) -> None:
    """A new secret; for a day both sign, so that nothing is refused meanwhile."""
    with transaction.atomic():
        current = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
        current.old_secret, current.old_secret_until = current.secret, clock.now() + BOTH_SECRETS
        current.secret = signing.new_secret()
        current.save(update_fields=["secret", "old_secret", "old_secret_until"])
        record(business, by, "webhook.rotated", f"webhook {endpoint.pk}")


def remove(business: Business, endpoint: WebhookEndpoint, *, by: User | None) -> None:
    """With the log of its deliveries."""
    with transaction.atomic():
        record(business, by, "webhook.removed", f"webhook {endpoint.pk}")
        WebhookEndpoint.objects.filter(pk=endpoint.pk).delete()


def test(business: Business, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """An event of no meaning, to this one alone."""
    with transaction.atomic():
        event = WebhookEvent.objects.create(
            kind=TEST, data={"webhook": endpoint.pk}, source=f"test:{secrets.token_hex(12)}", at=clock.now()
        )
        made = WebhookDelivery.objects.create(endpoint=endpoint, event=event, next_at=clock.now())
        worklist.call_for(business.pk, news.DELIVER, endpoint.pk)
    return made


def replay(business: Business, delivery: WebhookDelivery) -> None:
    """Send it again, under the same id, with all its tries."""
    _again(business, delivery.endpoint_id, [delivery.pk])


def replay_dead(business: Business, endpoint: WebhookEndpoint) -> int:
    """Everything that was given up; how many."""
    dead = WebhookDelivery.objects.filter(endpoint=endpoint, state=State.DEAD)
    return _again(business, endpoint.pk, list(dead.values_list("pk", flat=True)))


def _again(business: Business, endpoint_id: int, numbers: Sequence[int]) -> int:
    with transaction.atomic():
        again = WebhookDelivery.objects.filter(pk__in=numbers).update(
            state=State.WAITING, attempts=0, next_at=clock.now(), error=""
        )
        worklist.call_for(business.pk, news.DELIVER, endpoint_id)
    return again
