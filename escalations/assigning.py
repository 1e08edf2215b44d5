"""Who gets a conversation: whom a person names, or in turn whoever is there and has room.

Everybody locks the conversation's row first. The rule then locks the states of the whole team, in one order, so that
two workers never give the last place of one person away twice.
"""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Count

from conversations import handoffs
from conversations.models import Conversation
from escalations.attendance import colleagues, is_there
from escalations.models import Escalation, StaffState
from escalations.telling.notices import tell
from escalations.webhooks.kinds import Kind
from escalations.webhooks.news import note
from tenants import clock
from tenants.audit import record
from tenants.events import publish
from tenants.models import Business, Membership, User

HELD = (Conversation.Handling.WAITING_FOR_STAFF, Conversation.Handling.STAFF)
Status = Escalation.Status


class NotHere(Exception):
    """The person does not work here (any more)."""


def by_hand(business: Business, conversation: Conversation, giver: User, to: int) -> None:
    """A person gives it to a colleague, or takes it themselves without answering yet. Raises NotHere."""
    if not Membership.objects.filter(business=business, user_id=to, user__is_active=True).exists():
        raise NotHere
    with transaction.atomic():
        current = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        handoffs.give_to(business, current, to, act="given", by=giver.pk)
        for escalation in Escalation.objects.filter(conversation=current).exclude(status=Status.RESOLVED):
            _own(business, escalation, to, giver)
        if to != giver.pk:
            tell(business, "assigned", [to], conversation_id=current.pk)


def by_rule(
    business: Business, conversation: Conversation, escalation: Escalation, *, besides: Collection[int] = (), act: str
) -> int | None:
    """Within the caller's transaction, the conversation locked: the next in turn gets it; None: nobody is there, or
    everybody has as much as they take. A task beside the assistant gets an owner, the conversation stays as it is."""
    chosen = _next(business, besides)
    if chosen is None:
        return None
    StaffState.objects.filter(staff_id=chosen).update(last_given_at=clock.now())
    if not escalation.handoff.is_task:
        handoffs.give_to(business, conversation, chosen, act=act)
    _own(business, escalation, chosen, None)
    tell(business, "assigned", [chosen], conversation_id=conversation.pk)
    return chosen


def set_free(business: Business, conversation: Conversation, escalation: Escalation, *, act: str = "set_free") -> None:
    """Within the caller's transaction, the conversation locked: whoever had it did not answer; anybody may."""
    if not escalation.handoff.is_task:
        handoffs.give_to(business, conversation, None, act=act)
    Escalation.objects.filter(pk=escalation.pk).update(status=Status.OPEN, owner_id=None, taken_at=None)
    publish(business, "escalation", escalation.pk)


def _next(business: Business, besides: Collection[int]) -> int | None:
    team = colleagues(business)
    wanted = [each.user_id for each in team if each.user_id not in besides]
    if not wanted:
        return None
    StaffState.objects.bulk_create([StaffState(staff_id=each) for each in wanted], ignore_conflicts=True)
    now = clock.now()
    locked = list(StaffState.objects.select_for_update().filter(staff_id__in=wanted).order_by("staff_id"))
    held = _held_by(wanted)
    free = [each for each in locked if is_there(each, now) and held.get(each.staff_id, 0) < each.capacity]
    free.sort(
        key=lambda each: (each.last_given_at is not None, each.last_given_at, held.get(each.staff_id, 0), each.staff_id)
    )
    return free[0].staff_id if free else None


def _held_by(people: Collection[int]) -> Mapping[int, int]:
    """How many open conversations each of them has; read after the locks, so that it is what others committed."""
    rows = Conversation.objects.filter(staff_id__in=people, status=Conversation.Status.OPEN, handling__in=HELD)
    return dict(rows.order_by().values_list("staff_id").annotate(held=Count("pk")))


def _own(business: Business, escalation: Escalation, to: int, giver: User | None) -> None:
    Escalation.objects.filter(pk=escalation.pk).update(status=Status.TAKEN, owner_id=to, taken_at=clock.now())
    record(business, giver, "escalation.given", f"escalation {escalation.pk}", to=to)
    note(
        business,
        Kind.ESCALATION_TAKEN,
        f"escalation:{escalation.pk}:taken:{to}",
        escalation=escalation.pk,
        conversation=escalation.conversation_id,
        staff=to,
    )
    publish(business, "escalation", escalation.pk)
