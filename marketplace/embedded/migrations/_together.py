"""Creates many tables in one operation, so that a first start is quick.

The engine's tables all refer to one another, and Django renders every related model again after
each operation: ninety operations one by one cost some four seconds of processor time more.
After a regeneration of the initial migration, wrap its operations in ``CreateTogether`` again.
"""

from typing import Any

from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """Apply operations that only create models, fields and constraints, as one."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: list[Any]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # what is not rendered is not rendered again
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def _models(self, app_label: str, state: Any) -> list[Any]:
        created = [each for each in self.operations if hasattr(each, "managers")]
        return [state.apps.get_model(app_label, each.name) for each in created]

    def database_forwards(
        self, app_label: str, schema_editor: Any, _from_state: Any, to_state: Any
    ) -> None:
        for model in self._models(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, _to_state: Any
    ) -> None:
        for model in reversed(self._models(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        return f"Create {len(self.operations)} things together"
