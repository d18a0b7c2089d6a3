"""What `twiza serve` refuses to start with: Django system checks tagged ``deploy``.

Each room registers its checks in its ``apps.py``; here are those of settings that belong to no
room. ``twiza manage check --deploy`` lists them with Django's own.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register, run_checks

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
        return [Error(message, hint=f"twiza serve --allow {name}", id=f"{_PREFIX}{name}")]

    register(check, TAG, deploy=True)


def find_refused() -> dict[str, str]:
    """Forbidden settings of this deployment: name → message."""
    found = run_checks(tags=[TAG], include_deployment_checks=True, databases=["default"])
    ours = [one for one in found if one.id and one.id.startswith(_PREFIX)]
    return {str(one.id).removeprefix(_PREFIX): str(one.msg) for one in ours}


def register_checks() -> None:
    """Register the checks of the settings."""
    refuse_in_production(
        "debug",
        "TWIZA_DEBUG is on: error pages would show the inside.",
        lambda: bool(settings.DEBUG),
    )
