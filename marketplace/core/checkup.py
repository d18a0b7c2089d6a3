"""The doctor: runs the checks of all rooms, each with its findings and remedies.

The list of checks is in ``marketplace/checks.py``. A check changes nothing.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class Mark(StrEnum):
    """The severity of a finding."""

    GOOD = "good"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """The result of a check, in the reader's language; ``remedy`` is empty when it is good."""

    check: str
    mark: Mark
    message: str
    remedy: str = ""


Check = Callable[[], Iterable[Finding]]


def good(check: str, message: str) -> Finding:
    return Finding(check, Mark.GOOD, message)


def warning(check: str, message: str, remedy: str) -> Finding:
    return Finding(check, Mark.WARNING, message, remedy)


def broken(check: str, message: str, remedy: str) -> Finding:
    return Finding(check, Mark.BROKEN, message, remedy)


def examine(only: str = "") -> list[Finding]:
    """Run every check, or one by its name; a check that raises becomes a finding itself."""
    paths: Sequence[str] = import_string(settings.CHECKS)
    asked = [path for path in paths if not only or path.rpartition(".")[2] == only]
    return [finding for path in asked for finding in _run(path)]


def names() -> list[str]:
    """The names of this deployment's checks."""
    paths: Sequence[str] = import_string(settings.CHECKS)
    return [path.rpartition(".")[2] for path in paths]


def worst(findings: Iterable[Finding]) -> Mark:
    """The most severe mark; good when there is no finding."""
    order = list(Mark)
    return max((finding.mark for finding in findings), key=order.index, default=Mark.GOOD)


def _run(path: str) -> list[Finding]:
    check: Check = import_string(path)
    try:
        return list(check())
    except Exception as error:
        logger.exception("The check %s failed", path)
        message = _("This could not be checked: %(error)s") % {
            "error": f"{type(error).__name__}: {error}"
        }
        return [
            broken(check.__name__, message, _("See the log of this process for the full error."))
        ]
