"""The doctor: runs the checks of all rooms, each with its findings and remedies.

The list of checks is in ``marketplace/checks.py``. A check changes nothing.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from marketplace.core.database_state import lack_of_answer, lack_of_tables
from marketplace.core.patience import within

logger = logging.getLogger(__name__)

# How long to wait in vain for other machines, all together: the doctor answers within five seconds
# although a mail server and a Saleor do not.
VAIN_SECONDS = 3.0
_DISK = "disk"


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
    """Run every check, or one by its name; a check that raises becomes a finding itself.

    Where the database has no tables that is the one finding; where it does not answer, the disks
    are looked at too: PostgreSQL ends itself when its log does not fit on one.
    """
    paths: Sequence[str] = import_string(settings.CHECKS)
    by_name = {path.rpartition(".")[2]: path for path in paths}
    if lack := lack_of_answer():
        return [broken("database", lack.message, lack.remedy), *_run(by_name[_DISK])]
    if lack := lack_of_tables():
        return [broken("database", lack.message, lack.remedy)]
    asked = [path for name, path in by_name.items() if not only or name == only]
    with within(VAIN_SECONDS):
        return [finding for path in asked for finding in _run(path)]


def names() -> list[str]:
    """The names of this deployment's checks."""
    paths: Sequence[str] = import_string(settings.CHECKS)
    return [path.rpartition(".")[2] for path in paths]


def worst(findings: Iterable[Finding]) -> Mark:
    """The most severe mark; good when there is no finding."""
    order = list(Mark)
    return max((finding.mark for finding in findings), key=order.index, default=Mark.GOOD)


def shown(moment: datetime) -> str:
    """A moment as findings name it, in the service's time zone."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"


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
