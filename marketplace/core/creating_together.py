"""Makes the tables of an empty database without drawing up all models again and again.

After each operation Django renders every related model anew, and ours are all related: that takes
most of the time of a first start. Here a migration that only changes tables is carried out as one
operation, and only models that it creates or changes are rendered. What comes of it is the same
(`tests/core/test_migrating.py` compares the databases). A database that holds something is upgraded
by Django's own way.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RemoveField,
)
from django.db.migrations.operations.base import Operation

_CHANGES = (AddConstraint, AddField, AddIndex, AlterField, RemoveConstraint, RemoveField)


def create_together(migration: Migration) -> None:
    """Let a migration that only changes tables do so in one operation."""
    if migration.operations and all(map(_changes_a_table, migration.operations)):
        # Each migration has a list of its own.
        migration.operations = [_Together(migration.operations)]  # type: ignore[misc]


def _changes_a_table(operation: Operation) -> bool:
    return type(operation) is CreateModel or type(operation) in _CHANGES


class _Together(Operation):
    """Operations on tables. Those on a table that is created here are part of its creation."""

    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        named = [_name(each) for each in operations]
        self.models = list(dict.fromkeys(named))
        self.created = {each.name_lower for each in operations if isinstance(each, CreateModel)}

    def state_forwards(self, app_label: str, state: Any) -> None:
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is None:
            return
        for name in self.models:
            if name in rendered.all_models[app_label]:
                rendered.unregister_model(app_label, name)
        rendered.render_multiple([state.models[app_label, name] for name in self.models])
        state.__dict__["apps"] = rendered
        # Models that refer to these are rendered for whoever asks for all.
        state.is_delayed = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                model = to_state.apps.get_model(app_label, operation.name)
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)
            elif _name(operation) not in self.created:
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} changes of {len(self.models)} tables"


def _name(operation: Any) -> str:
    name: str = operation.name if isinstance(operation, CreateModel) else operation.model_name
    return name.lower()
