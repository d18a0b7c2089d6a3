"""What `twiza serve` refuses to start with: Django system checks with the tag ``deploy``.

Each room registers the check of what it knows, in its ``apps.py``; here are those of the settings
that belong to no room. ``twiza manage check --deploy`` lists them beside Django's own.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register, run_checks

TAG = "deploy"
_PREFIX = "twiza."


def refuse_in_production(name: str, message: str, is_found: Callable[[], bool]) -> None:
    """Register a check; ``message`` says what is wrong where ``is_found`` holds.

    ``is_found`` may ask the database, so it is called only by whoever checks the database too.
    ``name`` is what `twiza serve --allow` calls it.
    """

    def check(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
        if not databases or not is_found():
            return []
        return [Error(message, hint=f"twiza serve --allow {name}", id=f"{_PREFIX}{name}")]

    register(check, TAG, deploy=True)


def find_refused() -> dict[str, str]:
    """What must not be in a production and is here: name → message."""
    found = run_checks(tags=[TAG], include_deployment_checks=True, databases=["default"])
    ours = [one for one in found if one.id and one.id.startswith(_PREFIX)]
    return {str(one.id).removeprefix(_PREFIX): str(one.msg) for one in ours}


def register_checks() -> None:
    """The checks of the settings themselves."""
    refuse_in_production(
        "default-secret",
        "TWIZA_SECRET_KEY is not set: sessions and encryption would be open to all.",
        lambda: settings.SECRET_KEY == settings.KNOWN_SECRET,
    )
    refuse_in_production(
        "debug",
        "TWIZA_DEBUG is on: error pages would show the inside.",
        lambda: bool(settings.DEBUG),
    )
