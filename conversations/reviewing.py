"""Conversations that have come to rest are looked at: a share of them, each stretch once."""

import datetime as dt
import hashlib

from django.db.models import Max, OuterRef, Subquery

from agents import reviewing
from agents.models import Review, ReviewShare, Turn
from conversations.models import Conversation, Handoff, Message
from tenants import clock, worklist
from tenants.models import Business
from tenants.worklist import Lease

REVIEW = "conversations.review"
RESTED = "conversations.review_rested"
REST = dt.timedelta(hours=2)
LOOKED_BACK = dt.timedelta(days=2)
ANSWERED_WITHIN = dt.timedelta(hours=2)


def call_for_rested(business: Business) -> int:
    """Put a share of what has come to rest on the work list; how many. Asked again it asks for the same ones."""
    now = clock.now()
    latest = Turn.objects.filter(conversation_id=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    seen = Review.objects.filter(conversation_id=OuterRef("pk")).order_by("-up_to_turn_id").values("up_to_turn_id")[:1]
    rested = (
        Conversation.objects.filter(last_message_at__lt=now - REST, last_message_at__gt=now - LOOKED_BACK)
        .annotate(turn=Subquery(latest), seen=Subquery(seen))
        .filter(turn__isnull=False)
        .values_list("pk", "turn", "seen")
    )
    share = (ReviewShare.objects.first() or ReviewShare()).percent
    chosen = [pk for pk, turn, seen_up_to in rested if turn != seen_up_to and is_chosen(pk, turn, share)]
    for conversation_id in chosen:
        worklist.call_for(business.pk, REVIEW, conversation_id)
    return len(chosen)


def is_chosen(conversation_id: int, turn_id: int, percent: int) -> bool:
    """The same answer whenever it is asked, and evenly spread."""
    drawn = hashlib.sha256(f"{conversation_id} {turn_id}".encode()).digest()
    return int.from_bytes(drawn[:4]) % 100 < percent


def review_one(business: Business, conversation_id: int, lease: Lease) -> None:
    """No transaction is open while a model judges."""
    if lease.exhausted:
        return lease.park()
    reviews = Review.objects.filter(conversation_id=conversation_id)
    after = reviews.aggregate(newest=Max("up_to_turn_id"))["newest"] or 0
    reviewing.review(
        business, conversation_id, after_turn=after, unanswered_handoffs=_unanswered(conversation_id, after)
    )
    return lease.finish()


def _unanswered(conversation_id: int, after_turn: int) -> tuple[int, ...]:
    """Turns whose handoff no person has answered within two hours."""
    answered = Message.objects.filter(
        conversation_id=conversation_id, author=Message.Author.STAFF, created_at__gt=OuterRef("at")
    ).order_by("created_at")
    handoffs = (
        Handoff.objects.filter(conversation_id=conversation_id, turn_id__gt=after_turn, is_task=False)
        .filter(at__lt=clock.now() - ANSWERED_WITHIN)
        .annotate(answered_at=Subquery(answered.values("created_at")[:1]))
    )
    return tuple(
        handoff.turn_id
        for handoff in handoffs
        if handoff.turn_id and (handoff.answered_at is None or handoff.answered_at > handoff.at + ANSWERED_WITHIN)
    )
