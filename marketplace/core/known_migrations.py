"""The migrations of this version by their names, without loading what they do."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

Migration = tuple[str, str]


def known_migrations() -> set[Migration]:
    """App and name of every migration on disk.

    Loading them all takes a third of a second, which every process would pay at its start.
    """
    return {
        (config.label, module.name)
        for config in apps.get_app_configs()
        for module in iter_modules(_folders(config.label))
        if not module.ispkg and module.name[0] not in "_~"
    }


def _folders(app: str) -> list[str]:
    package, _is_given = MigrationLoader.migrations_module(app)
    if package is None:
        return []
    try:
        return list(import_module(package).__path__)
    except ModuleNotFoundError:  # an app without tables
        return []
