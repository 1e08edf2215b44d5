"""Statements of our own making, for what every message asks: Django's words for them cost more than the database does.

    insert(first_step, second_step)                                   # new rows, in one statement
    read(Message, "WHERE conversation_id = %s ORDER BY id", [7])      # rows as models
    joined((Message, Channel), "FROM … JOIN … WHERE …", [7])          # rows of several tables, side by side
    models_in((Message,), answer)                                     # what was asked by `reading` or `joining`
    row("SELECT …", [7])                                              # whatever else
    later("UPDATE …", [7]); add(step)                                 # without waiting for an answer
    several(("SELECT …", [7]), ("SELECT …", []))                      # in one round trip
    with asked_together(reading(Message, "WHERE …", [7]), …): …       # the same for statements that others will ask
    with asked_beside(("SELECT …", [7]), …): …                        # … along with the next statement
    number(step); add(step); rewrite(step, "status")                  # an id beforehand, so that nothing waits for it
    ASK = Prepared("SELECT …")                                        # planned once, for texts that never change

Columns and their conversions are the models' own, so a new field needs no change here. No signals are sent.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Model
from django.db.models.base import ModelState

from tenants.postgres.prepared import Prepared

Values = Sequence[Any] | dict[str, Any]
Question = tuple[str, Values]
Then = Callable[[list[tuple[Any, ...]]], None]
M = TypeVar("M", bound=Model)
_asked: ContextVar[dict[tuple[str, str], list[tuple[Any, ...]]] | None] = ContextVar("asked", default=None)
FEW = 6  # rows
_connection: Any = connection  # with what tenants.postgres adds to it


@dataclass(frozen=True, kw_only=True)
class _Table:
    """A model as statements need it."""

    name: str  # quoted
    names: tuple[str, ...]  # of the fields, by their attributes
    columns: str  # all of them, each with its table: what is read
    converters: tuple[tuple[str, Any], ...]  # by its attribute, where what is read is not what is kept
    written: tuple[tuple[Any, type | None], ...]  # all but the key that the database gives; what it takes as it is
    written_columns: str
    places: str  # "%s, %s::tstzrange"


def row(statement: str, values: Values = ()) -> tuple[Any, ...] | None:
    """The first row of the answer."""
    if (known := _known(statement, values)) is not None:
        return known[0] if known else None
    return next(iter(_connection.rows(statement, values)), None)


def rows(statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
    if (known := _known(statement, values)) is not None:
        return known
    found: list[tuple[Any, ...]] = _connection.rows(statement, values)
    return found


def change(statement: str, values: Values = ()) -> int:
    """How many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def later(statement: str, values: Values = (), then: Then | None = None) -> None:
    """Within a transaction: leaves with the next statement or with COMMIT (tenants.postgres). For what can't fail and
    tells nothing; `then` gets the rows that it returned, if it returns any, perhaps after the commit."""
    _connection.later(statement, values, then)


def several(*statements: Question) -> list[list[tuple[Any, ...]]]:
    """What each of them returns, in one round trip."""
    answers: list[list[tuple[Any, ...]]] = _connection.several(*statements)
    return answers


@contextmanager
def asked_together(*questions: Question) -> Iterator[None]:
    """Asks all of them at once. Within it whoever asks one of them for the first time gets that answer: only for what
    nobody changes meanwhile."""
    known = dict(_asked.get() or {})
    new = [each for each in questions if _key(*each) not in known]
    known.update((_key(*each), answer) for each, answer in zip(new, several(*new) if new else (), strict=True))
    before = _asked.set(known)
    try:
        yield
    finally:
        _asked.reset(before)


@contextmanager
def asked_beside(*questions: Question) -> Iterator[None]:
    """Within a transaction: like `asked_together`, but they leave with the next statement."""
    outer = _asked.get()
    known = {} if outer is None else outer
    kept, before = set(known), _asked.set(known)
    try:
        _ask_beside(known, questions)
        yield
    finally:
        for each in known.keys() - kept:
            del known[each]
        _asked.reset(before)


def _ask_beside(known: dict[tuple[str, str], list[tuple[Any, ...]]], questions: Iterable[Question]) -> None:
    for each in questions:
        later(*each, then=partial(known.__setitem__, _key(*each)))


def ask_ahead(*models: type[Model]) -> None:
    """Ids of rows that `number` will give out within this `asked_beside`, asked with the next statement."""
    known = _asked.get()
    if known is not None and connection.in_atomic_block:
        _ask_beside(known, map(_next_id, models))


def keep_answer(question: Question, answer: list[tuple[Any, ...]]) -> None:
    """For whoever asks it next within this `asked_beside`."""
    known = _asked.get()
    if known is not None:
        known[_key(*question)] = answer


def forget(*questions: Question) -> None:
    """What was asked ahead of them is no longer so: whoever asks them hears how it is."""
    for each in questions:
        _known(*each)


def number(thing: Model) -> None:
    """Its id, before it is added; one that isn't used leaves a gap."""
    ((thing.pk,),) = rows(*_next_id(type(thing)))


@cache
def _next_id(model: type[Model]) -> Question:
    return Prepared(f"SELECT nextval(pg_get_serial_sequence('{model._meta.db_table}', 'id'))"), ()


def _known(statement: str, values: Values) -> list[tuple[Any, ...]] | None:
    asked = _asked.get()
    return asked.pop(_key(statement, values), None) if asked else None


def _key(statement: str, values: Values) -> tuple[str, str]:
    return statement, repr(values)


def read(model: type[M], tail: str, values: Values = ()) -> list[M]:
    """Rows as models; `tail`: everything after FROM with the model's table."""
    table = _table(model)
    return [_made(model, table, each) for each in rows(*reading(model, tail, values))]


def reading(model: type[Model], tail: str, values: Values = ()) -> Question:
    """What `read` asks; prepared, if its tail is."""
    table = _table(model)
    return _as_its_tail(f"SELECT {table.columns} FROM {table.name} {tail}", tail), values  # noqa: S608 (our own columns)


def take_away(model: type[M], tail: str, values: Values = ()) -> list[M]:
    """Rows that are deleted, as they were. `tail` begins with WHERE."""
    table = _table(model)
    statement = _as_its_tail(f"DELETE FROM {table.name} {tail} RETURNING {table.columns}", tail)  # noqa: S608
    return [_made(model, table, each) for each in rows(statement, values)]


def joined(models: Sequence[type[Model]], tail: str, values: Values = (), *, also: str = "") -> list[list[Any]]:
    """A model of each kind from every row, and then what `also` (expressions in SQL) asks. `tail` begins with FROM and
    leaves the tables their names."""
    return models_in(models, rows(*joining(models, tail, values, also=also)))


def joining(models: Sequence[type[Model]], tail: str, values: Values = (), *, also: str = "") -> Question:
    """What `joined` asks."""
    wanted = ", ".join([*(_table(each).columns for each in models), *([also] if also else [])])
    return _as_its_tail(f"SELECT {wanted} {tail}", tail), values


def _as_its_tail(statement: str, tail: str) -> str:
    return Prepared(statement) if isinstance(tail, Prepared) else statement


def models_in(models: Sequence[type[Model]], answer: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """What `reading` or `joining` asked, as models; whatever else stands in a row comes after them."""
    tables = [_table(each) for each in models]
    found = []
    for each in answer:
        parts: list[Any] = []
        place = 0
        for model, table in zip(models, tables, strict=True):
            parts.append(_made(model, table, each[place : place + len(table.names)]))
            place += len(table.names)
        found.append([*parts, *each[place:]])
    return found


def insert(*things: Model, unless: str = "") -> bool:
    """Add new rows of one model; each gets its id. `unless`: columns of a unique constraint; where a row has the same
    already nothing is added, and False returned (for one row only)."""
    if not things:
        return True
    statement, values = _inserting(things)
    conflict = f"ON CONFLICT ({unless}) DO NOTHING" if unless else ""
    made = rows(_as_its_tail(f"{statement} {conflict} RETURNING id", statement), values)
    if not made:
        return False
    for thing, (pk,) in zip(things, made, strict=True):
        thing.pk = pk
        thing._state.adding, thing._state.db = False, DEFAULT_DB_ALIAS
    return True


def add(*things: Model) -> None:
    """New rows of one model whose ids nobody needs, or that have been given theirs: `later`."""
    if things:
        later(*_inserting(things))
    for thing in things if things and things[0].pk is not None else ():
        thing._state.adding, thing._state.db = False, DEFAULT_DB_ALIAS


def rewrite(thing: Model, *names: str) -> None:
    """Some fields of a row as they stand in the model, by their attributes: `later`. No signals are sent."""
    statement, fields = _rewriting(type(thing), names)
    later(statement, [*_as_written(fields, thing, connections[DEFAULT_DB_ALIAS]), thing.pk])


@cache
def _rewriting(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[tuple[Any, type | None]]]:
    table = _table(model)
    known = {field.attname: (field, kind) for field, kind in table.written}
    fields = [known[name] for name in names]
    changes = ", ".join(f"{connection.ops.quote_name(each.column)} = {_place(each)}" for each, _ in fields)
    return Prepared(f"UPDATE {table.name} SET {changes} WHERE id = %s"), fields  # noqa: S608 (our own columns)


def _inserting(things: Sequence[Model]) -> tuple[str, list[Any]]:
    table = _table(type(things[0]))
    named = things[0].pk is not None
    here = connections[DEFAULT_DB_ALIAS]
    values: list[Any] = []
    for thing in things:
        values += [thing.pk] if named else []
        values += _as_written(table.written, thing, here)
    return _insertion(type(things[0]), named=named, rows=len(things)), values


@lru_cache(maxsize=512)
def _insertion(model: type[Model], *, named: bool, rows: int) -> str:
    """Prepared for the few rows that an act adds; what is brought in by the hundred is not asked twice alike."""
    table = _table(model)
    places = ", ".join([f"(%s, {table.places})" if named else f"({table.places})"] * rows)
    columns = f"id, {table.written_columns}" if named else table.written_columns
    text = f"INSERT INTO {table.name} ({columns}) VALUES {places}"  # noqa: S608 (our own columns)
    return Prepared(text) if rows <= FEW else text


def _made(model: type[M], table: _Table, found: Sequence[Any]) -> M:
    """As `Model.from_db` makes it, without going through its fields one by one."""
    made: M = model.__new__(model)
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    made.__dict__.update(zip(table.names, found, strict=True))
    for name, convert in table.converters:
        made.__dict__[name] = convert(made.__dict__[name], None, connection)
    return made


@cache
def _table(model: type[Model]) -> _Table:
    name = connection.ops.quote_name(model._meta.db_table)
    fields: tuple[Any, ...] = tuple(model._meta.concrete_fields)
    written = tuple(each for each in fields if not (each.primary_key or each.generated))
    quoted = [connection.ops.quote_name(each.column) for each in written]
    return _Table(
        name=name,
        names=tuple(each.attname for each in fields),
        columns=", ".join(f"{name}.{connection.ops.quote_name(each.column)}" for each in fields),
        converters=tuple((each.attname, convert) for each in fields for convert in each.get_db_converters(connection)),
        written=tuple((each, _TAKEN_AS_THEY_ARE.get(type(each))) for each in written),
        written_columns=", ".join(quoted),
        places=", ".join(map(_place, written)),
    )


def _as_written(fields: Iterable[tuple[Any, type | None]], thing: Model, here: Any) -> Iterator[Any]:
    for field, kind in fields:
        value = getattr(thing, field.attname) if kind is not None else None
        if kind is not None and (value is None or type(value) is kind):
            yield value
        else:
            yield field.get_db_prep_save(field.pre_save(thing, add=True), here)


# Fields that leave a value of just this type, and None, as it is.
_TAKEN_AS_THEY_ARE: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.IntegerField: int,
    models.SmallIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BigIntegerField: int,
    models.ForeignKey: int,
}


def _place(field: Any) -> str:
    """Where a value of this field goes: ranges and arrays name their type."""
    return field.get_placeholder(None, None, connection) if hasattr(field, "get_placeholder") else "%s"
