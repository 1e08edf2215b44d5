"""Statements that the server reads and plans once per connection.

Planning what every message asks costs PostgreSQL more than answering it. A `Prepared` text is sent as `PREPARE` with
the first statement that needs it, and from then on as `EXECUTE` with its values, in company with whatever else waits.
PostgreSQL itself plans anew where a plan has grown stale: another search path, a changed table, fresh statistics.

A name counts as prepared once the message that made it has succeeded, or was refused by a row: making comes first in a
message. After an error that leaves this open, or that
says that the plan can't be used any more, all are made anew under other names; left-over ones end with the connection.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

# Values are literals in the text of EXECUTE, so types are told by the statement; where they aren't, cast: %s::interval.
_PLACE = re.compile(r"%(?:\((\w+)\)s|(s)|%)")
_PLAN_IS_OF_NO_USE = {"0A000", "26000"}  # its columns have other types now; the name is not known
REFUSED = {"22012", "23P01", "23505"}  # by a row, which no PREPARE looks at: those of the message were done before
MAKING = "PREPARE "


class Prepared(str):
    """A statement in psycopg's own form that is asked again and again with other values, and whose text is fixed."""

    __slots__ = ()


class Names:
    """What one connection has prepared."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._times = 0

    def name_of(self, statement: Prepared) -> tuple[str, str]:
        """Its name, and what has to be said first; "" where it is known."""
        known = self._known.get(statement)
        if known is not None:
            return known, ""
        name = f"frontdesk_{self._times}_{_number(statement)}"
        return name, f"{MAKING}{name} AS {_numbered(statement)[0]}"

    def learn(self, statement: Prepared, name: str) -> None:
        self._known[statement] = name

    def after(self, state: str | None, *, was_making: bool) -> None:
        """An error with this SQLSTATE came of a message."""
        if was_making or state in _PLAN_IS_OF_NO_USE:
            self._known.clear()
            self._times += 1


def values_of(statement: Prepared, given: Sequence[Any] | Mapping[str, Any] | None) -> list[Any]:
    """In the order of the places of `EXECUTE`."""
    names = _numbered(statement)[1]
    if isinstance(given, Mapping):
        return [given[name] for name in names]
    return list(given or ())


@lru_cache(maxsize=512)
def _number(statement: Prepared) -> int:
    return next(_numbers)


_numbers = iter(range(1, 1_000_000))


@lru_cache(maxsize=512)
def _numbered(statement: Prepared) -> tuple[str, tuple[str, ...]]:
    """With $1, $2 … as PostgreSQL has them, and the names of what they stand for."""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        name = found[1] or f"%{len(names)}"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _PLACE.sub(place, statement), tuple(names)
