"""Who is told of what: decided here and nowhere else."""

from collections.abc import Collection, Sequence

from escalations.attendance import Colleague, colleagues, is_there
from escalations.models import Notice
from tenants import clock
from tenants.models import Business

Kind = Notice.Kind


def audience(business: Business, kind: str, *, owner: int | None = None, named: Collection[int] = ()) -> Sequence[int]:
    """Ids of users. `owner` has the work, `named` are meant in person.

    Somebody is needed, a red flag: everybody who is there; with nobody there, everybody. Nearly late: who has it,
    while they are there. Late: also who manages. Promised, left over, unreached: who has it (or booked it), else
    everybody there. Broken, a low rating: who manages.
    """
    team = colleagues(business)
    if kind in (Kind.ASSIGNED, Kind.MENTION):
        return [each.user_id for each in team if each.user_id in named]
    if kind in (Kind.PROBLEM, Kind.LOW_RATING):
        return [each.user_id for each in team if each.membership.manages]
    present = _present(team)
    if kind in (Kind.ESCALATION, Kind.RED_FLAG) or owner not in {each.user_id for each in present}:
        return [each.user_id for each in present]
    if kind == Kind.OVERDUE:
        return [each.user_id for each in present if each.user_id == owner or each.membership.manages]
    return [owner] if owner is not None else []


def _present(team: Sequence[Colleague]) -> Sequence[Colleague]:
    now = clock.now()
    return [each for each in team if is_there(each.state, now)] or team
