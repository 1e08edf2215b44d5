"""Notices: one row for each person and thing; the page shows them, and telling beyond the page is due work."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q

from escalations.models import Notice
from tenants import clock, worklist
from tenants.events import publish
from tenants.models import Business

TELL = "escalations.tell"
KEPT_ON_PAGE = 100


def tell(
    business: Business,
    kind: str,
    people: Collection[int],
    *,
    conversation_id: int | None = None,
    object_id: int | None = None,
    ways: dict[str, Any] | None = None,
) -> None:
    """Within the caller's transaction. The same kind of the same object is told to each person once, ever."""
    now = clock.now()
    Notice.objects.bulk_create(
        [
            Notice(
                staff_id=each,
                kind=kind,
                conversation_id=conversation_id,
                object_id=object_id,
                ways=ways or {},
                at=now,
            )
            for each in people
        ],
        ignore_conflicts=True,
    )
    made = Notice.objects.filter(kind=kind, conversation_id=conversation_id, object_id=object_id, at=now)
    for notice_id, staff_id in made.filter(staff_id__in=people).values_list("pk", "staff_id"):
        worklist.call_for(business.pk, TELL, notice_id)
        publish(business, "notice", staff_id)


def unseen(user_id: int) -> int:
    return Notice.objects.filter(staff_id=user_id, seen_at__isnull=True).count()


def unseen_about(conversation_id: str, user_id: int) -> Exists:
    """To annotate conversations with: whether this person has not looked at something about it."""
    rows = Notice.objects.filter(staff_id=user_id, conversation_id=OuterRef(conversation_id), seen_at__isnull=True)
    return Exists(rows.order_by())


def see(business: Business, user_id: int, *, conversation_id: int | None = None, notice_id: int | None = None) -> None:
    """They have seen this one, all of this conversation, or (with neither) everything."""
    which = Q(staff_id=user_id, seen_at__isnull=True)
    if conversation_id is not None:
        which &= Q(conversation_id=conversation_id)
    if notice_id is not None:
        which &= Q(pk=notice_id)
    if Notice.objects.filter(which).update(seen_at=clock.now()):
        publish(business, "notice", user_id)
