"""How it was: asked once after staff resolved a conversation, answered by a tap or in words."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Avg, Count

from conversations.models import ConversationEvent
from escalations.models import Rating


@dataclass(frozen=True, kw_only=True)
class Figures:
    asked: int
    answered: int
    average: float | None  # 1 to 5
    reopened: int  # conversations that came back after being resolved, each time


def figures(since: dt.datetime, until: dt.datetime) -> Figures:
    found = Rating.objects.filter(asked_at__gte=since, asked_at__lt=until).aggregate(
        asked=Count("pk"), answered=Count("score"), average=Avg("score")
    )
    return Figures(**found, reopened=reopened(since, until))


def reopened(since: dt.datetime, until: dt.datetime) -> int:
    return ConversationEvent.objects.filter(act="reopened", at__gte=since, at__lt=until).count()
