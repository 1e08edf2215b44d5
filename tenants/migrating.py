"""Running migrations on the current schema: exactly what Django's executor says to Postgres, in a third of its time.

Django renders a model and all that are related to it anew after every single operation, thousands of classes in all.
Operations that stand side by side and don't disturb each other are rendered together here; each then says the same
statements in the same order (tests/tenants/test_migrating.py compares them with Django's own).
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor

_MAKE, _ADD = "make", "add"
_TOGETHER: dict[type, str] = {CreateModel: _MAKE, AddField: _ADD, AddIndex: _ADD, AddConstraint: _ADD}


def migrate(installed: Collection[str]) -> None:
    """Give the current schema what it lacks of these apps' migrations, and of what those depend on."""
    executor = _Executor(connection)
    executor.loader.check_consistent_history(connection)
    labels = labels_of(installed)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] in labels])


def labels_of(installed: Collection[str]) -> frozenset[str]:
    """The labels that migrations know the apps of a list in the settings by."""
    return frozenset(config.label for config in apps.get_app_configs() if config.name in installed)


class _Executor(MigrationExecutor):
    def apply_migration(self, state: Any, migration: Migration, fake: bool = False, fake_initial: bool = False) -> Any:
        return super().apply_migration(state, _Batched.of(migration, migration.operations), fake, fake_initial)


class _Batched(Migration):
    """The same migration, applied by batches of its operations."""

    @classmethod
    def of(cls, whole: Migration, operations: Iterable[Any]) -> Any:
        """These operations under the name of the whole."""
        part: Any = cls(whole.name, whole.app_label)
        part.operations, part.atomic, part.replaces = list(operations), whole.atomic, whole.replaces
        return part

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        for kind, batch in _batches(self.operations):
            if kind is not None and self.atomic:
                self._apply_together(batch, project_state, schema_editor)
            else:
                Migration.apply(_Batched.of(self, batch), project_state, schema_editor, collect_sql)
        return project_state

    def _apply_together(self, batch: list[Any], state: Any, schema_editor: Any) -> None:
        before = state.clone()
        rendered = state.__dict__.pop("apps")  # without it a state changes, and nothing is rendered
        for operation in batch:
            operation.state_forwards(self.app_label, state)
        state.__dict__["apps"] = rendered
        changed = {(self.app_label, _model(operation)) for operation in batch}
        state.reload_models(changed, delay=False)
        for operation in batch:
            operation.database_forwards(self.app_label, schema_editor, before, state)


def _batches(operations: Iterable[Any]) -> Iterator[tuple[str | None, list[Any]]]:
    for kind, batch in groupby(operations, key=lambda operation: _TOGETHER.get(type(operation))):
        yield kind, list(batch)


def _model(operation: Any) -> str:
    name: str = operation.name if isinstance(operation, CreateModel) else operation.model_name
    return name.lower()
