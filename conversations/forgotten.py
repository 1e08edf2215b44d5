"""The net under the net: what is unanswered or unsent, and stands on no work list.

That should not happen; it does after a suspension is lifted, or when rows were restored without the public schema.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from calendar_sync import reminding
from calendar_sync.models import Reminder
from conversations import outbox
from conversations.models import Conversation, Message
from conversations.turns import TURN
from tenants import clock, worklist
from tenants.models import Business, WorkItem

OVERDUE = dt.timedelta(minutes=3)
WINDOW = dt.timedelta(hours=24)  # WhatsApp's service window: later an answer would not arrive


def call_for_forgotten(business: Business) -> int:
    """Ask for the work that nobody asked for; how many pieces."""
    if business.suspended:
        return 0
    found = [(TURN, pk) for pk in _unanswered(business)] + [(outbox.DELIVER, pk) for pk in _unsent(business)]
    found += [(reminding.REMIND, pk) for pk in _not_reminded(business)]
    with transaction.atomic():
        for kind, object_id in found:
            worklist.call_for(business.pk, kind, object_id)
    return len(found)


def _unanswered(business: Business) -> QuerySet[Conversation, int]:
    now = clock.now()
    waiting = Message.objects.filter(
        conversation=OuterRef("pk"),
        direction=Message.Direction.IN,
        answered_by__isnull=True,
        created_at__lt=now - OVERDUE,
    )
    rows = Conversation.objects.filter(
        Exists(waiting), handling=Conversation.Handling.ASSISTANT, last_inbound_at__gt=now - WINDOW
    )
    return rows.exclude(pk__in=_listed(business, TURN)).values_list("pk", flat=True)


def _unsent(business: Business) -> QuerySet[Message, int]:
    rows = Message.objects.filter(
        direction=Message.Direction.OUT, delivery__in=outbox.OPEN, created_at__lt=clock.now() - OVERDUE
    )
    return rows.exclude(pk__in=_listed(business, outbox.DELIVER)).values_list("pk", flat=True)


def _not_reminded(business: Business) -> QuerySet[Reminder, int]:
    due = Reminder.objects.filter(status=Reminder.Status.PLANNED, due_at__lt=clock.now() - OVERDUE)
    return due.exclude(pk__in=_listed(business, reminding.REMIND)).values_list("pk", flat=True)


def _listed(business: Business, kind: str) -> QuerySet[WorkItem, int]:
    return WorkItem.objects.filter(business=business, kind=kind).values_list("object_id", flat=True)
