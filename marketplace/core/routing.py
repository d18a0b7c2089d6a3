"""Migrations of our own tables run as the owner, never as the runtime role."""

from typing import Any


class OwnerRouter:
    """Reads and writes go to ``default``; only ``owner`` may change tables."""

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool | None:
        return db == "owner"
