"""What the engine asks of every provider, and the shape of its answers."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from django.utils.functional import Promise

from marketplace.core.money import Money
from marketplace.payments.checkouts import Payable
from marketplace.payments.models import Payment

# The result of an action whose outcome is reported when it is known.
LATER = ""


@dataclass(frozen=True)
class Shown:
    """How the checkout shows a provider; ``page`` names the kind of page that it needs.

    ``at_once`` needs none; ``test_card`` has fields of ours, ``fields`` the
    provider's own fields in our page, ``hosted`` a page of the provider's.
    """

    title: str | Promise
    note: str | Promise
    icon: str
    page: str


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
        if self.result == LATER:
            return {"pspReference": psp_reference}
        return {
            "pspReference": psp_reference,
            "result": self.result,
            "amount": float(self.amount.decimal),
            "message": self.message,
            "actions": list(self.actions),
            "data": self.data,
        }


class Provider(Protocol):
    """Who takes payments by one method. Raises PaymentRefused when a rule forbids the payment.

    An ``is_external`` one (see ExternalProvider) is called outside of any transaction of ours,
    perhaps twice for the same thing: its calls carry keys made from our ids, and it records itself
    what it was told. It raises ProviderSilent when the outcome of a call is not known.
    """

    name: ClassVar[str]
    method: ClassVar[str]
    is_external: ClassVar[bool]
    shown: ClassVar[Shown]

    def missing(self) -> list[str]:
        """Names of settings without which it takes nothing."""

    def check(self, payable: Payable) -> None:
        """Raise PaymentRefused if this checkout may not be paid so."""

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """Begin a payment."""

    def continue_payment(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """Continue after the buyer's second step."""

    def charge(self, payment: Payment, amount: Money) -> Answer:
        """Charge what was authorized."""

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        """Refund, once for each key; LATER when the outcome is reported."""

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        """Cancel an authorization that was not charged."""


class ExternalProvider(Provider, Protocol):
    """A provider with a server of its own, whose answer may come later, or never.

    Its notifications are handled by the function named in ``payments.provider_notifications``.
    """

    def page_policy(self) -> dict[str, list[str]]:
        """What its page needs beyond our Content-Security-Policy, by directive."""

    def page_data(self, amount: Money) -> dict[str, str]:
        """The ``data-`` attributes for its script in our page; nothing secret."""

    def fetch_status(self, payment: Payment) -> Answer:
        """What became of a payment that was begun; changes nothing."""

    def abandon(self, payment: Payment) -> Answer:
        """Close an abandoned payment; CHARGE_SUCCESS if it was paid meanwhile."""
