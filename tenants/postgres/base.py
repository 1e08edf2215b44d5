"""PostgreSQL as django-tenants drives it, in fewer round trips and with fewer plans.

What needs no answer waits on this side and leaves with the next statement, in one message to the server: `BEGIN`,
`SAVEPOINT`, `RELEASE`, `SET search_path`, and whatever is said by `later`. What still waits at a transaction's end
leaves together with its `COMMIT`. The server gets the same statements in the same order; an error of one that waited is
raised by the statement or the commit that it left with. What is asked with every message is planned once (`Prepared`).
"""

import datetime as dt
import re
import select
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.base import Cursor, ServerSideCursor
from django_tenants.postgresql_backend import base
from psycopg.adapt import Transformer
from psycopg.types.datetime import TimestamptzLoader

from tenants.postgres.literals import PlainQuery, literals
from tenants.postgres.prepared import MAKING, REFUSED, Names, Prepared, values_of
from tenants.tidings import told_together

Then = Callable[[list[tuple[Any, ...]]], None]

_SEARCH_PATH = "SET search_path = "
# Outside of a transaction a statement that another one leaves with shares its fate, and some can't bear company.
_BEARS_COMPANY = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|BEGIN|EXECUTE)\b", re.IGNORECASE)


class _Waiting:
    """What one connection has not sent yet, in order; with what to do with its answer."""

    def __init__(self, forget_search_path: Callable[[], None]) -> None:
        self.said: list[tuple[str, Then | None]] = []
        self.forget_search_path = forget_search_path
        self.names = Names()
        self.making: dict[str, tuple[Prepared, str]] = {}  # by what says it

    def add(self, text: str, then: Then | None = None) -> None:
        self.said.append((text, then))

    def drop_after(self, text: str) -> bool:
        """Whether it was still waiting: then what came after it is never sent."""
        places = [place for place, (waiting, _) in enumerate(self.said) if waiting == text]
        if places:
            del self.said[places[-1] + 1 :]
        return bool(places)

    def drop_last(self, text: str) -> bool:
        if self.said and self.said[-1][0] == text:
            del self.said[-1]
            return True
        return False

    def take(self) -> list[tuple[str, Then | None]]:
        said, self.said = self.said, []
        return said

    def name_of(self, statement: Prepared) -> str:
        """By which it can be executed after what waits."""
        name, making = self.names.name_of(statement)
        if making and not any(text == making for text, _ in self.said):
            self.making[making] = statement, name
            self.said.insert(self._begins(), (making, None))  # before anything that may be refused
        return name

    def _begins(self) -> int:
        """Where the first statement of what is waiting for this schema stands."""
        places = [
            place for place, (text, _) in enumerate(self.said) if text == "BEGIN" or text.startswith(_SEARCH_PATH)
        ]
        return places[-1] + 1 if places else 0

    def heard(self, said: Sequence[tuple[str, Then | None]]) -> None:
        """All of a message was done."""
        for text, _ in said if self.making else ():
            if text in self.making:
                self.names.learn(*self.making.pop(text))

    def failed(self, said: Sequence[tuple[str, Then | None]], state: str | None) -> None:
        self.forget_search_path()  # undone, if it was among them
        if state in REFUSED:
            self.heard(said)
            return
        self.names.after(state, was_making=any(text.startswith(MAKING) for text, _ in said))


_Driver: Any = Cursor
_PieceByPiece: Any = ServerSideCursor


class _Cursor(_Driver):
    """Sends what waits along with what it executes."""

    _query_cls = PlainQuery

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        waiting: _Waiting | None = getattr(self.connection, "waiting", None)
        if waiting is None:
            return super().execute(query, params, **how)
        if isinstance(query, Prepared):
            return self._send(waiting, self.mogrify(query, params), **how)
        is_path = isinstance(query, str) and query.startswith(_SEARCH_PATH)
        if is_path:
            waiting.add(query)
            return self
        if not waiting.said:
            return super().execute(query, params, **how)
        if not (waiting.said[0][0] == "BEGIN" or self._in_transaction() or _BEARS_COMPANY.match(str(query))):
            self._send(waiting)
            return super().execute(query, params, **how)
        return self._send(waiting, self.mogrify(query, params), **how)

    def mogrify(self, query: Any, params: Any = None) -> str:
        """The statement with its values; one that is prepared by its name, which becomes known before it is sent."""
        waiting: _Waiting | None = getattr(self.connection, "waiting", None)
        if waiting is None or not isinstance(query, Prepared):
            return str(super().mogrify(query, params))
        name, values = waiting.name_of(query), values_of(query, params)
        return f"EXECUTE {name} ({literals(values, Transformer(self))})" if values else f"EXECUTE {name}"

    def executemany(self, *args: Any, **how: Any) -> Any:
        self.send_waiting()
        return super().executemany(*args, **how)

    def copy(self, *args: Any, **how: Any) -> Any:
        self.send_waiting()
        return super().copy(*args, **how)

    def send_waiting(self) -> None:
        waiting: _Waiting | None = getattr(self.connection, "waiting", None)
        if waiting is not None and waiting.said:
            self._send(waiting)

    def _send(self, waiting: _Waiting, *own: str, **how: Any) -> Any:
        """All in one message; afterwards the cursor stands at its own answer."""
        said = waiting.take()
        try:
            super().execute(";\n".join([*(text for text, _ in said), *own]), None, **how)
        except BaseException as error:
            waiting.failed(said, getattr(error, "sqlstate", None))
            raise
        waiting.heard(said)
        for place, (_, then) in enumerate(said):
            if then is not None:
                then(self.set_result(place).fetchall())
        if own:
            self.set_result(len(said))
        return self

    def _in_transaction(self) -> bool:
        return bool(self.connection.pgconn.transaction_status)  # 0: idle


class _Operations(base.DatabaseWrapper.ops_class):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """For Django's own log of queries, where a waiting search path has not been sent yet."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = _Operations

    def get_connection_params(self) -> Any:
        return {**super().get_connection_params(), "cursor_factory": _Cursor}

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.waiting = _Waiting(self._forget_search_path)
        connection.scribe = connection.cursor()  # puts values into what waits
        # psycopg's own, in C: a connection in UTC reads in UTC, as Django's in Python does.
        connection.adapters.register_loader("timestamptz", TimestamptzLoader)
        return connection

    def is_usable(self) -> bool:
        """Asked before a request or task uses a connection of an earlier one. A server that has left, or says that it
        leaves, is heard at the socket; only where there is something to hear it costs a round trip to be sure."""
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        between_transactions = not self.connection.pgconn.transaction_status
        return (between_transactions and not line.poll(0)) or bool(super().is_usable())

    def later(self, statement: str, values: Sequence[Any] = (), then: Then | None = None) -> None:
        """Within a transaction: say it with the next statement, or with COMMIT. `then` gets the rows that it returned;
        it must not refuse anything, for by then all may be committed."""
        if not self.in_atomic_block:
            with self.cursor() as cursor:
                cursor.execute(statement, values)
                if then is not None:
                    then(cursor.fetchall())
            return
        if not self.search_path_set_schemas:
            self.cursor().close()  # says which schema is meant, if that isn't known
        self.connection.waiting.add(self.connection.scribe.mogrify(statement, values), then)

    def rows(self, statement: str, values: Any) -> list[tuple[Any, ...]]:
        """What it returns; by the driver's own cursor, with all that Django's looks at, unless somebody listens."""
        self.close_if_health_check_failed()
        heard = self.execute_wrappers or self.queries_logged
        if heard or self.connection is None or not self.search_path_set_schemas:
            with self.cursor() as cursor:
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        self.validate_thread_sharing()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            return list(cursor.execute(statement, values).fetchall())

    def several(self, *statements: tuple[str, Any]) -> list[list[tuple[Any, ...]]]:
        """What each of them returns, in one round trip."""
        *first, (statement, values) = statements
        answers: list[list[tuple[Any, ...]]] = []
        if first and not (self.connection and self.search_path_set_schemas):
            self.cursor().close()  # connects, and says which schema is meant
        for text, given in first:
            self.connection.waiting.add(self.connection.scribe.mogrify(text, given), answers.append)
        last = self.rows(statement, values)
        return [*answers, last]

    def create_cursor(self, name: str | None = None) -> Any:
        if self.timezone is not dt.UTC:
            raise ImproperlyConfigured("timestamps are read in UTC: set USE_TZ, and no TIME_ZONE for the database")
        if name is None:
            return self.connection.cursor()
        with self.connection.cursor() as other:
            other.send_waiting()
        # Django asks the driver whether a transaction is open, which doesn't know
        return _PieceByPiece(self.connection, name=name, scrollable=False, withhold=self.get_autocommit())

    def _start_transaction_under_autocommit(self) -> None:
        """Called by Django instead of taking the driver out of autocommit."""
        self.connection.waiting.add("BEGIN")

    def _set_autocommit(self, autocommit: bool) -> None:
        if self.connection.autocommit != autocommit:
            super()._set_autocommit(autocommit)

    def _commit(self) -> None:
        waiting = self.connection.waiting if self.connection is not None else None
        if waiting is None or not waiting.said:
            super()._commit()
        elif [text for text, _ in waiting.said] == ["BEGIN"]:
            waiting.take()
        else:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute("COMMIT")

    def run_and_clear_commit_hooks(self) -> None:
        """What they tell Redis costs one wait."""
        with told_together():
            super().run_and_clear_commit_hooks()

    def _rollback(self) -> None:
        if self.connection is not None:
            self.connection.waiting.take()
        super()._rollback()

    def _savepoint(self, sid: str) -> None:
        self._control(self.ops.savepoint_create_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        if self.connection is None or not self.connection.waiting.drop_last(self.ops.savepoint_create_sql(sid)):
            self._control(self.ops.savepoint_commit_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        if self.connection is None:
            super()._savepoint_rollback(sid)
        elif not self.connection.waiting.drop_after(self.ops.savepoint_create_sql(sid)):
            self.connection.waiting.take()
            # By the driver's cursor: after an error nothing else is heard before this, not even a search path.
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(self.ops.savepoint_rollback_sql(sid))

    def _control(self, text: str) -> None:
        with self.cursor():  # complains where there is no connection to use
            self.connection.waiting.add(text)

    def _forget_search_path(self) -> None:
        self.search_path_set_schemas = None
