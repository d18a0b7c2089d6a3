"""Errors of a move, for the command line, in English."""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.functional import Promise

from marketplace.core.errors import TwizaError


class CannotMove(TwizaError):
    """The move cannot begin or go on; ``reasons`` are sentences that say why."""

    code = "cannot_move"
    message: ClassVar[str | Promise] = "The shop cannot be moved now."

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__()

    def __str__(self) -> str:
        return "\n  ".join([str(self.message), *self.reasons])
