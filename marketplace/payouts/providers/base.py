"""The interface of a payout provider that is called through an API (see ``registry``)."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from marketplace.payouts.models import PayoutLine


class Progress(Enum):
    """How far a payment is with its provider."""

    ON_ITS_WAY = "on its way"
    PAID = "paid"
    SENT_BACK = "sent back"


@dataclass(frozen=True)
class Answer:
    """What the provider knows of a payment: its own reference, how far it is, why it came back."""

    reference: str
    progress: Progress
    reason: str = ""


class NotNow(Exception):
    """The provider cannot pay at present (balance, network): the same is tried again later.

    ``sure`` says that it refused for certain, so that the next try is a new one.
    """

    def __init__(self, reason: str, *, sure: bool) -> None:
        super().__init__(reason)
        self.reason, self.sure = reason, sure


class Refused(Exception):
    """The provider will never pay there: the line goes back with the reason."""


class Caller(Protocol):
    """A provider that we call. Never inside a transaction of ours."""

    def pay(self, line: PayoutLine) -> Answer:
        """Pay a line, once for the line and its number of refusals; raises NotNow, Refused."""

    def find(self, line: PayoutLine) -> Answer | None:
        """A payment of the line that was made already, perhaps long ago; None if there is none."""

    def look(self, line: PayoutLine) -> Answer:
        """How far the payment of a line is; raises NotNow."""
