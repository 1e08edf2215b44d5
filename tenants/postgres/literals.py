"""Values in the text of statements: the plain ones without the detour through the driver's adapters.

What is written is letter for letter what psycopg writes (tests/tenants/test_literals.py holds the two against each
other); whatever is not plain goes through psycopg. A message to the assistant puts some three hundred values into
statements.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from psycopg._queries import PostgresClientQuery
from psycopg.types.json import Jsonb


class PlainQuery(PostgresClientQuery):
    __slots__ = ()

    def dump(self, vars: Any) -> None:
        if vars is None:
            super().dump(vars)
            return
        given = self.validate_and_reorder_params(self._parts, vars, self._order)
        self.params = tuple([literal(each, self._tx) for each in given])
        self.query = self.template % self.params


def literals(values: Sequence[Any], through: Any) -> str:
    """All of them, as a statement that is known by its name is given them; `through`: psycopg's Transformer."""
    return b", ".join([literal(each, through) for each in values]).decode()


def literal(value: Any, through: Any) -> bytes:
    plain = _PLAIN.get(type(value))
    written = plain(value) if plain is not None else None
    return bytes(through.as_literal(value)) if written is None else written


def _text(value: str) -> bytes | None:
    if "\x00" in value:
        return None
    if "'" in value:
        value = value.replace("'", "''")
    if "\\" in value:
        value = value.replace("\\", "\\\\")
        return f" E'{value}'".encode()
    return f"'{value}'".encode()


def _number(value: int) -> bytes | None:
    return b"%d" % value if value >= 0 else None


def _moment(value: dt.datetime) -> bytes | None:
    return None if value.tzinfo is None else f"'{value.isoformat(' ')}'::timestamptz".encode()


def _json(value: Jsonb) -> bytes | None:
    if value.dumps is None:
        return None
    written = value.dumps(value.obj)
    plain = _text(written) if isinstance(written, str) else None
    return None if plain is None else plain + b"::jsonb"


_PLAIN: dict[type, Callable[[Any], bytes | None]] = {
    type(None): lambda _: b"NULL",
    bool: lambda value: b"true" if value else b"false",
    int: _number,
    str: _text,
    dt.datetime: _moment,
    Jsonb: _json,
}
