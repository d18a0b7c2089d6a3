"""What the engine asks of every provider, and the shape of its answers."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from marketplace.core.money import Money
from marketplace.payments.checkouts import Payable
from marketplace.payments.models import Payment


@dataclass(frozen=True)
class Answer:
    """A provider's answer: ``result`` is a transaction event type of the engine's API."""

    result: str
    amount: Money
    message: str = ""
    actions: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)

    def as_payload(self, psp_reference: str) -> dict[str, Any]:
        """The body for the engine: the amount as a decimal of the currency's main unit."""
        return {
            "pspReference": psp_reference,
            "result": self.result,
            "amount": float(self.amount.decimal),
            "message": self.message,
            "actions": list(self.actions),
            "data": self.data,
        }


class Provider(Protocol):
    """One way of moving money. Raises PaymentRefused when a rule forbids the payment."""

    name: ClassVar[str]
    method: ClassVar[str]

    def check(self, payable: Payable) -> None:
        """Raise PaymentRefused if this checkout may not be paid so."""

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """Begin a payment."""

    def go_on(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """Go on after the buyer's second step."""

    def charge(self, payment: Payment, amount: Money) -> Answer:
        """Take money that was promised."""

    def refund(self, payment: Payment, amount: Money) -> Answer:
        """Give money back."""

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        """Give up a promise that was not taken."""
