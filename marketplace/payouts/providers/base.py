"""The interface of a payout provider that is called through an API (see ``registry``)."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from marketplace.payouts.models import PayoutLine


class Progress(Enum):
    """How far a payment is with its provider."""

    IN_TRANSIT = "in transit"
    PAID = "paid"
    RETURNED = "returned"


@dataclass(frozen=True)
class Answer:
    """A payment at the provider: its reference, its progress, and why it was returned."""

    reference: str
    progress: Progress
    reason: str = ""


class RetryLater(Exception):
    """The provider cannot pay at present (balance, network): it is tried again later.

    ``is_definite``: it certainly did not pay, so that the next attempt is a new one.
    """

    def __init__(self, reason: str, *, is_definite: bool) -> None:
        super().__init__(reason)
        self.reason, self.is_definite = reason, is_definite


class PayoutRefused(Exception):
    """The provider will never pay this line: it is returned with the reason."""


class Caller(Protocol):
    """A provider called through an API; never within a database transaction."""

    def pay(self, line: PayoutLine) -> Answer:
        """Pay a line, once for its number of refusals; raises RetryLater, PayoutRefused."""

    def find(self, line: PayoutLine) -> Answer | None:
        """A payment already made for the line, however long ago; None if there is none."""

    def status(self, line: PayoutLine) -> Answer:
        """The progress of a line's payment; raises RetryLater."""
