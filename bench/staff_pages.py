"""The pages that staff have open all day, with 10,000 conversations: inbox, one thread, the diary's week, search."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context

from bench.cast import new_business, phone
from bench.measure import Row, in_rounds, queries, row, sample
from conversations.models import Channel, Contact, ContactIdentity, Conversation, Message
from tenants import clock, schema
from tenants.models import ChannelKind, User

CONVERSATIONS, MESSAGES = 10_000, 2
TIMES = 12
TARGET_P95_MS, SEARCH_P95_MS, TARGET_QUERIES = 150.0, 200.0, 12


def measure() -> list[Row]:
    schema.leave()
    owner = User.objects.create_user("owner@bench.test", name="Olivia Owner")
    business = new_business(owner=owner)
    with tenant_context(business):
        newest = _fill()
    http = Client(headers={"host": settings.PUBLIC_ORIGIN.split("://")[1]})
    http.force_login(owner)
    pages = {
        f"inbox page, {CONVERSATIONS:,} conversations": business.path,
        "thread page": f"{business.path}conversations/{newest}/",
        "diary week": f"{business.path}diary/?view=week",
    }
    searches = {
        "search: a word in every conversation": f"{business.path}inbox/?q=tuesday",
        "search: a name": f"{business.path}inbox/?q=Patient+4711",
        "command bar": f"{business.path}find/?q=Patient+47",
    }
    return [_page(http, what, address) for what, address in pages.items()] + [
        _page(http, what, address, SEARCH_P95_MS) for what, address in searches.items()
    ]


def _page(http: Client, what: str, address: str, within: float = TARGET_P95_MS) -> Row:
    def get() -> None:
        answer = http.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    get()
    asked = queries(get)
    found = in_rounds(lambda: sample(get, TIMES))
    return row(
        what,
        found,
        target=f"p95 ≤ {within:g} ms, ≤ {TARGET_QUERIES} queries",
        met=found.p95 <= within and asked <= TARGET_QUERIES,
        note=f"{asked} queries",
    )


def _fill() -> int:
    """The id of the newest conversation."""
    now = clock.now()
    channel = Channel.objects.create(kind=ChannelKind.SIMULATOR, address="simulator:bench")
    contacts = Contact.objects.bulk_create(Contact(profile_name=f"Patient {number}") for number in range(CONVERSATIONS))
    identities = ContactIdentity.objects.bulk_create(
        ContactIdentity(contact=contact, kind=channel.kind, address=f"simulator:{phone(place)}", phone=phone(place))
        for place, contact in enumerate(contacts)
    )
    conversations = Conversation.objects.bulk_create(
        Conversation(
            contact_id=identity.contact_id,
            channel=channel,
            identity=identity,
            handling=_handling(place),
            unread=place % 3,
            snippet="Could I come on Tuesday?",
            last_message_at=now - dt.timedelta(minutes=CONVERSATIONS - place),
            last_inbound_at=now - dt.timedelta(minutes=CONVERSATIONS - place),
        )
        for place, identity in enumerate(identities)
    )
    Message.objects.bulk_create(_messages(conversations), batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return conversations[-1].pk


def _handling(place: int) -> str:
    """One in fifty waits for staff, one in fifty is theirs."""
    return {0: Conversation.Handling.WAITING_FOR_STAFF, 1: Conversation.Handling.STAFF}.get(
        place % 50, Conversation.Handling.ASSISTANT
    )


def _messages(conversations: list[Conversation]) -> Iterator[Message]:
    for conversation in conversations:
        for number in range(MESSAGES):
            theirs = number % 2 == 0
            yield Message(
                conversation=conversation,
                channel_id=conversation.channel_id,
                direction=Message.Direction.IN if theirs else Message.Direction.OUT,
                author=Message.Author.CONTACT if theirs else Message.Author.ASSISTANT,
                text="Could I come on Tuesday?" if theirs else "Of course. At ten?",
                provider_id=f"bench-{conversation.pk}-{number}",
                delivery=Message.Delivery.RECEIVED if theirs else Message.Delivery.READ,
                answered_by=0 if theirs else None,
            )
