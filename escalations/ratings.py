"""How it was: asked once after staff resolved a conversation, answered by a tap or in words."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Avg, Count

from agents.types import Choice
from conversations import outbox
from conversations.models import Conversation, ConversationEvent, Handoff, Message
from conversations.rating_answers import REASON, SCORE, score_in
from conversations.rating_texts import ASKED
from conversations.service_window import conversation_with, window_of
from conversations.speaking import language_spoken
from escalations.models import Notice, Rating, ServiceLevel
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from tenants import clock
from tenants.events import publish
from tenants.models import Business, User
from tenants.worklist import Lease

NOT_AGAIN_FOR = dt.timedelta(days=30)
LOW = 3  # and below: why?
REASONS = ("slow", "unclear", "other")


@dataclass(frozen=True, kw_only=True)
class Figures:
    asked: int
    answered: int
    average: float | None  # 1 to 5
    reopened: int  # conversations that came back after being resolved, each time


def ask(business: Business, conversation: Conversation, user: User) -> None:
    """Within the transaction that resolves, where the business wants it and WhatsApp takes a text; once a month,
    never after STOP, an emergency, or where nobody wrote to them."""
    if not ServiceLevel.of_this_business().asks_rating:
        return
    reachable = conversation_with(conversation.contact_id)
    if reachable is None or reachable.pk != conversation.pk or window_of(reachable).way != "freeform":
        return
    since = clock.now() - NOT_AGAIN_FOR
    lately = Rating.objects.filter(conversation__contact_id=conversation.contact_id, asked_at__gt=since)
    emergency = Handoff.objects.filter(
        conversation__contact_id=conversation.contact_id, reason=Handoff.Reason.RED_FLAG, at__gt=since
    )
    spoken = conversation.messages.filter(direction=Message.Direction.OUT).exclude(author=Message.Author.SYSTEM)
    if lately.exists() or emergency.exists() or not spoken.exists():
        return
    asked = ASKED[language_spoken(business, reachable)]
    choices = [Choice(id=f"{SCORE}{score}", title=asked.scores[score - 1]) for score in (5, 4, 3, 2, 1)]
    queued = outbox.queue(
        business,
        conversation,
        asked.question.format(business=business.name),
        author=Message.Author.SYSTEM,
        choices=choices,
    )
    Rating.objects.create(
        conversation=conversation, message_id=queued[-1].pk, resolved_by=user.pk, asked_at=clock.now()
    )


def take(business: Business, message_id: int, lease: Lease) -> None:
    """An answer, once: a score (after a low one we ask why) or the reason."""
    message = Message.objects.filter(pk=message_id).select_related("conversation__contact").first()
    if message is None:
        return lease.finish()
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update(no_key=True).get(pk=message.conversation_id)
        conversation.contact = message.conversation.contact
        lease.hold()
        rating = Rating.objects.filter(conversation=conversation).order_by("-asked_at", "-pk").first()
        if rating is not None and message.choice.startswith(REASON):
            _note_reason(business, conversation, rating, message)
        elif rating is not None and rating.score is None:
            _note_score(business, conversation, rating, score_in(message))
        lease.finish()
    return None


def figures(since: dt.datetime, until: dt.datetime) -> Figures:
    found = Rating.objects.filter(asked_at__gte=since, asked_at__lte=until).aggregate(
        asked=Count("pk"), answered=Count("score"), average=Avg("score")
    )
    return Figures(**found, reopened=reopened(since, until))


def reopened(since: dt.datetime, until: dt.datetime) -> int:
    return ConversationEvent.objects.filter(act="reopened", at__gte=since, at__lte=until).count()


def _note_score(business: Business, conversation: Conversation, rating: Rating, score: int | None) -> None:
    if score is None:
        return
    Rating.objects.filter(pk=rating.pk).update(score=score, answered_at=clock.now())
    low = score <= ServiceLevel.of_this_business().tells_ratings_to
    detail = {"score": score} | ({"low": True} if low else {})
    ConversationEvent.objects.create(conversation=conversation, act="rated", detail=detail, at=clock.now())
    asked = ASKED[language_spoken(business, conversation)]
    if score <= LOW:
        choices = [Choice(id=f"{REASON}{id_}", title=title) for id_, title in zip(REASONS, asked.reasons, strict=True)]
        outbox.queue(business, conversation, asked.why, author=Message.Author.SYSTEM, choices=choices)
    else:
        outbox.queue(business, conversation, asked.thanks, author=Message.Author.SYSTEM)
    if low:
        people = audience(business, Notice.Kind.LOW_RATING)
        tell(business, Notice.Kind.LOW_RATING, people, conversation_id=conversation.pk, object_id=rating.pk)
    publish(business, "rating", rating.pk)


def _note_reason(business: Business, conversation: Conversation, rating: Rating, message: Message) -> None:
    if rating.score is None or rating.reason:
        return
    Rating.objects.filter(pk=rating.pk).update(reason=message.text[:500])
    thanks = ASKED[language_spoken(business, conversation)].thanks
    outbox.queue(business, conversation, thanks, author=Message.Author.SYSTEM)
