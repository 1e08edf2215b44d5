"""Where a number of ours leads: its business and, in the business's own schema, its channel.

Both are one question once it is known which schema to ask. What is kept of a number is only that name, and the answer
proves it: a number that leads elsewhere by now finds nothing there, and is looked up step by step.
"""

from contextlib import nullcontext

from django.db import ProgrammingError, connection, transaction
from django_tenants.utils import tenant_context

from conversations.models import Channel
from tenants.models import Business, ChannelRoute
from tenants.statements import joined, read

HERE = """
FROM public.tenants_channelroute AS route
JOIN public.tenants_business ON tenants_business.id = route.business_id AND tenants_business.schema_name = %s
JOIN {schema}.conversations_channel
  ON conversations_channel.kind = route.kind AND conversations_channel.address = route.address
 AND conversations_channel.active
WHERE route.kind = %s AND route.address = %s"""
_schemas: dict[tuple[str, str], str] = {}


def looked_up(kind: str, address: str) -> tuple[Business | None, Channel | None]:
    """Whom the number leads to. A business that is being updated comes without its channel, and so does one that has
    disconnected it."""
    found = _where_it_was(kind, address)
    if found is not None:
        return found
    route = ChannelRoute.objects.filter(kind=kind, address=address).select_related("business").first()
    if route is None:
        return None, None
    business: Business = route.business
    if business.fenced_at is not None:
        return business, None
    with tenant_context(business):
        channels = read(Channel, "WHERE kind = %s AND address = %s AND active", [kind, address])
    if not channels:
        return business, None
    _schemas[kind, address] = business.schema_name
    return business, channels[0]


def _where_it_was(kind: str, address: str) -> tuple[Business, Channel] | None:
    schema = _schemas.get((kind, address))
    if schema is None:
        return None
    here = HERE.format(schema=connection.ops.quote_name(schema))
    try:
        # Within somebody's transaction an error would end that, too.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            found = joined((Business, Channel), here, [schema, kind, address])
    except ProgrammingError:  # no such schema any more, or one that is being updated
        found = []
    if not found:
        del _schemas[kind, address]
        return None
    ((business, channel),) = found
    return business, channel
