"""Who of the team is there, and who is away until when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.team import Team
from escalations.models import ServiceLevel, StaffState
from tenants.models import Business, Membership


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """A member of staff; `state` has no row where they never set anything."""

    membership: Membership
    state: StaffState

    @property
    def user_id(self) -> int:
        return self.membership.user_id


def colleagues(business: Business) -> Sequence[Colleague]:
    """Everybody who works here, by name. Two queries."""
    rows = Membership.objects.filter(business=business, user__is_active=True).select_related("user")
    states = {each.staff_id: each for each in StaffState.objects.all()}
    return [
        Colleague(membership=each, state=states.get(each.user_id) or StaffState(staff_id=each.user_id))
        for each in rows.order_by("user__name", "user__email")
    ]


def state_of(user_id: int) -> StaffState:
    return StaffState.objects.filter(staff_id=user_id).first() or StaffState(staff_id=user_id)


def is_there(state: StaffState, now: dt.datetime) -> bool:
    return not state.away or (state.away_until is not None and state.away_until <= now)


def team_of(business: Business, now: dt.datetime) -> Team:
    """For what is promised to a contact (conversations.team)."""
    states = [each.state for each in colleagues(business)]
    if not states or any(is_there(each, now) for each in states):
        there_from: dt.datetime | None = now
    else:
        there_from = min((each.away_until for each in states if each.away_until is not None), default=None)
    return Team(there_from=there_from, reply_minutes=ServiceLevel.of_this_business().first_reply_minutes)
