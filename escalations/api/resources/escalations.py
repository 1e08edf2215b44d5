"""What waits for people, and who they are."""

import datetime as dt
from typing import Annotated, Literal

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from pydantic import Field, StringConstraints

from conversations.handoffs import TransitionRefused
from escalations import acts
from escalations.api.actors import member_of, staff_behind
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.problems import Conflict, Invalid
from escalations.api.resources.finding import at
from escalations.api.scopes import Scope
from escalations.api.shapes import NO_NUL, Id, Nothing, Out, Shape
from escalations.models import Escalation
from tenants import clock
from tenants.models import Membership, User

TAG = "Escalations"
Status = Literal["open", "taken", "resolved"]


class EscalationOut(Out):
    id: int
    conversation: int
    status: Status
    reason: str = Field(description="customer_request, missing_knowledge, unsupported_request, policy, … red_flag")
    owner: int | None = Field(description="A member of staff.")
    opened_at: dt.datetime
    first_reply_due_at: dt.datetime | None = Field(description="Counted in opening hours; null where none are known.")
    first_replied_at: dt.datetime | None
    first_reply_late: bool = Field(description="It is overdue now, or came after its deadline.")
    resolve_due_at: dt.datetime | None = Field(description="Counted in opening hours; null where none are known.")
    resolve_late: bool = Field(description="It is overdue now, or was resolved after its deadline.")
    taken_at: dt.datetime | None
    resolved_at: dt.datetime | None
    resolution: str


class StaffOut(Out):
    id: int
    name: str
    role: Literal["owner", "admin", "staff"]


class EscalationQuery(PageQuery):
    status: Status | None = None
    conversation: Id | None = None
    late: bool | None = Field(
        default=None, description="true: a deadline is overdue, or was missed. false: every deadline was kept so far."
    )


class ResolveIn(Shape):
    resolution: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)] = Field(
        default="", description="How it was dealt with; left out: a sentence of ours."
    )


class TakeIn(Shape):
    staff: Id | None = Field(default=None, description="Who takes it; left out: whoever made the key.")


@operation(
    "GET", "escalations", scope=Scope.ESCALATIONS_READ, tag=TAG, summary="List escalations",
    answers=Page[EscalationOut], query=EscalationQuery,
)  # fmt: skip
def list_escalations(call: Call[EscalationQuery, Nothing]) -> Page[EscalationOut]:
    wanted = {"status": call.query.status, "conversation_id": call.query.conversation}
    rows = _escalations().filter(**{name: value for name, value in wanted.items() if value is not None})
    if call.query.late is not None:
        rows = rows.filter(_late()) if call.query.late else rows.exclude(_late())
    return newest_first(rows, call.query, plain(shown))


@operation(
    "GET", "escalations/{escalation}", scope=Scope.ESCALATIONS_READ, tag=TAG, summary="One escalation",
    answers=EscalationOut,
)  # fmt: skip
def get_escalation(call: Call[Nothing, Nothing]) -> EscalationOut:
    return shown(at(_escalations(), call.id))


@operation(
    "POST", "escalations/{escalation}/take", scope=Scope.ESCALATIONS_WRITE, tag=TAG, summary="Take an escalation",
    answers=EscalationOut, body=TakeIn, conflicts=True,
)  # fmt: skip
def take_escalation(call: Call[Nothing, TakeIn]) -> EscalationOut:
    """For a member of staff, who has the conversation from then on. The first one wins; the same one again is fine."""
    escalation = at(_escalations(), call.id)
    try:
        acts.take(call.business, escalation, _who(call))
    except acts.AlreadyTaken as error:
        raise Conflict("already_taken", "A colleague has it already.", owner=error.owner_id) from None
    except acts.AlreadyResolved:
        raise Conflict("already_resolved", "It was dealt with already.") from None
    return shown(at(_escalations(), call.id))


@operation(
    "POST", "escalations/{escalation}/resolve", scope=Scope.ESCALATIONS_WRITE, tag=TAG,
    summary="Resolve an escalation", answers=EscalationOut, body=ResolveIn, conflicts=True,
)  # fmt: skip
def resolve_escalation(call: Call[Nothing, ResolveIn]) -> EscalationOut:
    """With its conversation, and whatever else of that waits for people."""
    escalation = at(_escalations(), call.id)
    if escalation.status == Escalation.Status.RESOLVED:
        return shown(escalation)
    try:
        acts.resolve(
            call.business, escalation.conversation, staff_behind(call.business, call.key), call.body.resolution.strip()
        )
    except TransitionRefused as error:
        raise Conflict("not_now", str(error)) from None
    return shown(at(_escalations(), call.id))


@operation(
    "GET", "staff", scope=Scope.ESCALATIONS_READ, tag=TAG, summary="List staff", answers=Page[StaffOut],
    query=PageQuery,
)  # fmt: skip
def list_staff(call: Call[PageQuery, Nothing]) -> Page[StaffOut]:
    rows = Membership.objects.filter(business=call.business, user__is_active=True).select_related("user")
    return newest_first(rows, call.query, plain(_member))


def shown(row: Escalation) -> EscalationOut:
    return EscalationOut(
        id=row.pk,
        conversation=row.conversation_id,
        status=row.status,  # type: ignore[arg-type]
        reason=row.handoff.reason,
        owner=row.owner_id,
        opened_at=row.opened_at,
        first_reply_due_at=row.first_reply_due_at,
        first_replied_at=row.first_replied_at,
        first_reply_late=_is_late(row.first_reply_due_at, row.first_replied_at or row.resolved_at),
        resolve_due_at=row.resolve_due_at,
        resolve_late=_is_late(row.resolve_due_at, row.resolved_at),
        taken_at=row.taken_at,
        resolved_at=row.resolved_at,
        resolution=row.resolution,
    )


def _late() -> Q:
    """The rows of which `shown` says that either deadline was missed."""
    now = clock.now()
    by_then = Coalesce("first_replied_at", "resolved_at", Value(now), output_field=DateTimeField())
    replied_late = Q(first_reply_due_at__isnull=False) & GreaterThan(by_then, F("first_reply_due_at"))
    solved = Coalesce("resolved_at", Value(now), output_field=DateTimeField())
    return replied_late | Q(resolve_due_at__isnull=False) & GreaterThan(solved, F("resolve_due_at"))


def _is_late(due_at: dt.datetime | None, done_at: dt.datetime | None) -> bool:
    return due_at is not None and (done_at or clock.now()) > due_at


def _member(row: Membership) -> StaffOut:
    return StaffOut(id=row.user_id, name=row.user.get_full_name(), role=row.role)  # type: ignore[arg-type]


def _who(call: Call[Nothing, TakeIn]) -> User:
    if call.body.staff is None:
        return staff_behind(call.business, call.key)
    member = member_of(call.business, call.body.staff)
    if member is None:
        raise Invalid([("body.staff", "nobody here has this id")])
    return member


def _escalations() -> QuerySet[Escalation]:
    return Escalation.objects.select_related("handoff", "conversation")
