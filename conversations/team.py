"""Who of the team is there, for what is promised to a contact. The desk above knows it and registers how to ask."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Team:
    """`there_from`: when the first of them is there again, as far as they said so; None: nobody said when."""

    there_from: dt.datetime | None
    reply_minutes: int  # how fast they mean to answer, within opening hours


Ask = Callable[[Business, dt.datetime], Team]


def _everybody_is_there(business: Business, now: dt.datetime) -> Team:
    return Team(there_from=now, reply_minutes=60)


_asked: list[Ask] = [_everybody_is_there]


def known_by(ask: Ask) -> None:
    """Called once, when the app above is ready."""
    _asked[:] = [ask]


def team_of(business: Business, now: dt.datetime) -> Team:
    return _asked[0](business, now)
