"""Values in the text of statements: the plain ones without the detour through the driver's adapters.

What is written is letter for letter what psycopg writes (tests/tenants/test_literals.py holds the two against each
other); whatever is not plain goes through psycopg. A message to the assistant puts some three hundred values into
statements.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from psycopg._queries import PostgresClientQuery

_SPECIAL = ("'", "\\", "\x00")


class PlainQuery(PostgresClientQuery):
    __slots__ = ()

    def dump(self, vars: Any) -> None:
        if vars is None:
            super().dump(vars)
            return
        given = self.validate_and_reorder_params(self._parts, vars, self._order)
        self.params = tuple([self._literal(each) for each in given])
        self.query = self.template % self.params

    def _literal(self, value: Any) -> bytes:
        plain = _PLAIN.get(type(value))
        written = plain(value) if plain is not None else None
        return self._tx.as_literal(value) if written is None else written


def _text(value: str) -> bytes | None:
    if any(sign in value for sign in _SPECIAL):
        return None
    return b"'" + value.encode() + b"'"


def _number(value: int) -> bytes | None:
    return b"%d" % value if value >= 0 else None


def _moment(value: dt.datetime) -> bytes | None:
    return None if value.tzinfo is None else f"'{value}'::timestamptz".encode()


_PLAIN: dict[type, Callable[[Any], bytes | None]] = {
    type(None): lambda _: b"NULL",
    bool: lambda value: b"true" if value else b"false",
    int: _number,
    str: _text,
    dt.datetime: _moment,
}
