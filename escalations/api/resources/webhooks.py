"""Where a business's programs are told of news, and what became of it."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from pydantic import Field, StringConstraints

from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.problems import Conflict, Invalid
from escalations.api.resources.finding import at
from escalations.api.scopes import Scope
from escalations.api.shapes import Nothing, Out, Shape
from escalations.models import WebhookDelivery, WebhookEndpoint
from escalations.webhooks import endpoints, guard
from escalations.webhooks.kinds import Kind

TAG = "Webhooks"
Url = Annotated[str, StringConstraints(min_length=1, max_length=guard.LONGEST, pattern=r"^https?://[!-~]+$")]
Kinds = Annotated[list[Kind], Field(max_length=len(Kind), strict=False, description="Empty: all.")]
State = Literal["waiting", "done", "dead"]


class WebhookOut(Out):
    id: int
    url: str
    kinds: list[str] = Field(description="Empty: all.")
    active: bool
    failing_since: dt.datetime | None
    created_at: dt.datetime


class WebhookMade(WebhookOut):
    secret: str = Field(description="What its calls are signed with. People find it again in Settings.")


class DeliveryOut(Out):
    id: int
    event: str = Field(description="The `webhook-id` of its calls.")
    type: str
    state: State
    attempts: int
    status: int | None = Field(description="The last answer's.")
    error: str
    tried_at: dt.datetime | None
    next_at: dt.datetime | None


class WebhookIn(Shape):
    url: Url
    kinds: Kinds = []


class WebhookPatch(Shape):
    url: Url | None = None
    kinds: Kinds | None = None
    active: bool | None = None


class DeliveryQuery(PageQuery):
    state: State | None = None


def _look(call: Call[Nothing, Any]) -> None:
    """DNS is asked before the transaction."""
    if call.body.url is not None:
        try:
            guard.target_of(call.body.url)
        except guard.AddressRefused as error:
            raise Invalid([("body.url", str(error))]) from None


@operation(
    "GET", "webhooks", scope=Scope.WEBHOOKS_READ, tag=TAG, summary="List webhooks", answers=Page[WebhookOut],
    query=PageQuery,
)  # fmt: skip
def list_webhooks(call: Call[PageQuery, Nothing]) -> Page[WebhookOut]:
    return newest_first(WebhookEndpoint.objects.all(), call.query, plain(shown))


@operation(
    "GET", "webhooks/{webhook}", scope=Scope.WEBHOOKS_READ, tag=TAG, summary="One webhook", answers=WebhookOut
)  # fmt: skip
def get_webhook(call: Call[Nothing, Nothing]) -> WebhookOut:
    return shown(at(WebhookEndpoint.objects.all(), call.id))


@operation(
    "POST", "webhooks", scope=Scope.WEBHOOKS_WRITE, tag=TAG, summary="Add a webhook", answers=WebhookMade,
    status=201, body=WebhookIn, before=_look, conflicts=True,
)  # fmt: skip
def add_webhook(call: Call[Nothing, WebhookIn]) -> WebhookMade:
    """Told of what happens from now on, by the Standard Webhooks specification."""
    wanted, maker = call.body, call.key.created_by
    try:
        made = endpoints.add(call.business, wanted.url, wanted.kinds, by=None, maker_id=maker)
    except endpoints.TooMany:
        raise Conflict("too_many", f"There are {endpoints.MOST} webhooks already.") from None
    return WebhookMade(**shown(made).model_dump(), secret=made.secret)


@operation(
    "PATCH", "webhooks/{webhook}", scope=Scope.WEBHOOKS_WRITE, tag=TAG, summary="Change, pause or resume a webhook",
    answers=WebhookOut, body=WebhookPatch, before=_look,
)  # fmt: skip
def change_webhook(call: Call[Nothing, WebhookPatch]) -> WebhookOut:
    """What is left out or null stays as it is."""
    endpoint, wanted = at(WebhookEndpoint.objects.all(), call.id), call.body
    if wanted.url is not None or wanted.kinds is not None:
        kinds = wanted.kinds if wanted.kinds is not None else endpoint.kinds
        endpoints.change(call.business, endpoint, wanted.url or endpoint.url, kinds, by=None)
    if wanted.active is not None:
        act = endpoints.resume if wanted.active else endpoints.pause
        act(call.business, endpoint, by=None)
    return shown(at(WebhookEndpoint.objects.all(), call.id))


@operation(
    "DELETE", "webhooks/{webhook}", scope=Scope.WEBHOOKS_WRITE, tag=TAG, summary="Remove a webhook", answers=None,
    status=204,
)  # fmt: skip
def remove_webhook(call: Call[Nothing, Nothing]) -> None:
    """With the log of its deliveries."""
    endpoints.remove(call.business, at(WebhookEndpoint.objects.all(), call.id), by=None)


@operation(
    "POST", "webhooks/{webhook}/test", scope=Scope.WEBHOOKS_WRITE, tag=TAG, summary="Send a test event",
    answers=DeliveryOut, status=202, body=Nothing, conflicts=True,
)  # fmt: skip
def test_webhook(call: Call[Nothing, Nothing]) -> DeliveryOut:
    """Of the type `webhook.test`, to this webhook alone."""
    endpoint = at(WebhookEndpoint.objects.all(), call.id)
    if not endpoint.active:
        raise Conflict("paused", "This webhook is paused.")
    return _delivery(endpoints.test(call.business, endpoint), call.business.pk)


@operation(
    "GET", "webhooks/{webhook}/deliveries", scope=Scope.WEBHOOKS_READ, tag=TAG, summary="List deliveries",
    answers=Page[DeliveryOut], query=DeliveryQuery,
)  # fmt: skip
def list_deliveries(call: Call[DeliveryQuery, Nothing]) -> Page[DeliveryOut]:
    """Newest first; kept for 30 days."""
    rows = _deliveries().filter(endpoint=at(WebhookEndpoint.objects.all(), call.id))
    if call.query.state is not None:
        rows = rows.filter(state=call.query.state)
    return newest_first(rows, call.query, plain(lambda row: _delivery(row, call.business.pk)))


@operation(
    "POST", "webhooks/{webhook}/deliveries/{delivery}/replay", scope=Scope.WEBHOOKS_WRITE, tag=TAG,
    summary="Send a delivery again", answers=DeliveryOut, status=202, body=Nothing,
)  # fmt: skip
def replay_delivery(call: Call[Nothing, Nothing]) -> DeliveryOut:
    """Under the same `webhook-id`."""
    rows = _deliveries().filter(endpoint_id=call.ids["webhook"])
    endpoints.replay(call.business, at(rows, call.ids["delivery"]))
    return _delivery(at(rows, call.ids["delivery"]), call.business.pk)


def shown(row: WebhookEndpoint) -> WebhookOut:
    return WebhookOut(
        id=row.pk,
        url=row.url,
        kinds=row.kinds,
        active=row.active,
        failing_since=row.failing_since,
        created_at=row.created_at,
    )


def _delivery(row: WebhookDelivery, business_id: int) -> DeliveryOut:
    return DeliveryOut(
        id=row.pk,
        event=f"evt_{business_id}_{row.event_id}",
        type=row.event.kind,
        state=row.state,  # type: ignore[arg-type]
        attempts=row.attempts,
        status=row.status,
        error=row.error,
        tried_at=row.tried_at,
        next_at=row.next_at,
    )


def _deliveries() -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.select_related("event")
