"""Routing the engine's models to their own database schema and role."""

from typing import Any

from django.db.models import Model


class EngineRouter:
    """Sends the models of this package, and only those, to the ``engine`` connection."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        return "engine" if model._meta.app_label == "embedded" else None  # noqa: SLF001

    def db_for_write(self, model: type[Model], **_hints: Any) -> str | None:
        return self.db_for_read(model)

    def allow_relation(self, obj1: Model, obj2: Model, **_hints: Any) -> bool | None:
        ours = {obj1._meta.app_label == "embedded", obj2._meta.app_label == "embedded"}  # noqa: SLF001
        return None if ours == {False} else ours == {True}

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool | None:
        if db == "engine" or app_label == "embedded":
            return db == "engine" and app_label == "embedded"
        return None
