"""A new business whose number is known already gets its channel at once."""

from typing import Any

from conversations.connecting import connect
from tenants.models import Business
from tenants.provisioning import Details


def on_business_created(*, business: Business, details: Details, **_: Any) -> None:
    if details.number:
        connect(business, kind=details.channel_kind, address=details.number)
