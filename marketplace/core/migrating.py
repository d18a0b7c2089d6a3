"""Runs the migrations that a database lacks, and says of which tables.

As Django's `migrate` does, with two differences that save most of the time of a first start: in an
empty database each migration's tables are made together (``creating_together``), and the engine's
schema goes through the engine's migrations only, for no other table is its own.
"""

from collections.abc import Collection
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from marketplace.core.creating_together import create_together
from marketplace.core.steps import Progress

ENGINE = "embedded"
Migration = tuple[str, str]


def run_missing(known: Collection[Migration], progress: Progress) -> None:
    """Run what the owner's and the engine's schema lack of the ``known`` migrations.

    Does nothing when they lack none. ``progress`` hears once of each application in turn.
    """
    missing = {
        "owner": _missing("owner", set(known)),
        "engine": _missing("engine", {key for key in known if key[0] == ENGINE}),
    }
    said = _Said(sum(map(len, missing.values())), progress)
    for alias, keys in missing.items():
        if keys:
            _migrate(alias, said)


def _missing(alias: str, known: set[Migration]) -> set[Migration]:
    return known - set(MigrationRecorder(connections[alias]).applied_migrations())


def _migrate(alias: str, said: "_Said") -> None:
    executor = MigrationExecutor(connections[alias], said)
    leaves = executor.loader.graph.leaf_nodes()
    targets = [key for key in leaves if alias != "engine" or key[0] == ENGINE]
    plan = executor.migration_plan(targets)
    if not executor.loader.applied_migrations:
        for migration, _backwards in plan:
            create_together(migration)
    quiet: Any = {"verbosity": 0, "interactive": False, "db": alias}
    # As `migrate` does.
    state = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined] # noqa: SLF001
    emit_pre_migrate_signal(apps=state.apps, plan=plan, **quiet)
    state = executor.migrate(targets, plan=plan, state=state)
    # What was rendered in part only is rendered whole for whoever hears of it.
    state.clear_delayed_apps_cache()
    emit_post_migrate_signal(apps=state.apps, plan=plan, **quiet)


class _Said:
    """Counts migrations as they begin, and says the name of an application where it begins."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total, self._progress = total, progress
        self._begun, self._label = 0, ""

    def __call__(self, action: str, migration: Any = None, *_more: Any) -> None:
        if action != "apply_start":
            return
        self._begun += 1
        if migration.app_label != self._label:
            self._label = migration.app_label
            self._progress(f"Tables of {self._label}, step {self._begun} of {self._total} …")
