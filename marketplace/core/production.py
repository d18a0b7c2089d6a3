"""What `twiza serve` refuses to start with, or warns of: Django checks tagged ``deploy``.

Each room registers its checks in its ``apps.py``; here are those of settings that belong to no
room. ``twiza manage check --deploy`` lists them with Django's own.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register, run_checks

TAG = "deploy"
_PREFIX = "twiza."


def refuse_in_production(name: str, message: str, is_found: Callable[[], bool]) -> None:
    """Register a check; ``message`` is the error where ``is_found`` returns true.

    ``is_found`` may query the database, so it is called only by checks that may. ``name`` is its
    name in `twiza serve --allow`.
    """

    def check(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
        if not databases or not is_found():
            return []
        return [checks.Error(message, hint=f"twiza serve --allow {name}", id=f"{_PREFIX}{name}")]

    register(check, TAG, deploy=True)


def warn_in_production(name: str, message: str, hint: str, is_found: Callable[[], bool]) -> None:
    """Register a check of what does not keep the service from starting: it is said only."""

    def check(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
        if not databases or not is_found():
            return []
        return [checks.Warning(message, hint=hint, id=f"{_PREFIX}{name}")]

    register(check, TAG, deploy=True)


def find_refused() -> dict[str, str]:
    """Forbidden settings of this deployment: name → message."""
    refused = [one for one in _ours() if one.level >= checks.ERROR]
    return {str(one.id).removeprefix(_PREFIX): str(one.msg) for one in refused}


def find_warned() -> list[str]:
    """What this deployment should mend, though it may start: what is wrong, and what to do."""
    return [f"{one.msg} {one.hint}" for one in _ours() if one.level < checks.ERROR]


def _ours() -> list[CheckMessage]:
    found = run_checks(tags=[TAG], include_deployment_checks=True, databases=["default"])
    return [one for one in found if one.id and one.id.startswith(_PREFIX)]


def register_checks() -> None:
    """Register the checks of the settings."""
    refuse_in_production(
        "debug",
        "TWIZA_DEBUG is on: error pages would show the inside.",
        lambda: bool(settings.DEBUG),
    )
