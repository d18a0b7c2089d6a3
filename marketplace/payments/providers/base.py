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
    """How the checkout offers a provider; ``page`` names the kind of page that it needs.

    ``at_once`` needs none; ``card`` has fields of ours (pretended cards only), ``fields`` the
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
    """One way of moving money. Raises PaymentRefused when a rule forbids the payment.

    An ``is_remote`` one (see RemoteProvider) is asked outside of any transaction of ours, perhaps
    twice for the same thing: its calls carry keys made from our ids, and it writes down itself what
    it was told. It raises ProviderSilent when it cannot know what came of a call.
    """

    name: ClassVar[str]
    method: ClassVar[str]
    is_remote: ClassVar[bool]
    shown: ClassVar[Shown]

    def missing(self) -> list[str]:
        """Names of settings without which it takes nothing."""

    def check(self, payable: Payable) -> None:
        """Raise PaymentRefused if this checkout may not be paid so."""

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """Begin a payment."""

    def go_on(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """Go on after the buyer's second step."""

    def charge(self, payment: Payment, amount: Money) -> Answer:
        """Take money that was promised."""

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        """Give money back, once for each key; LATER when the outcome is reported."""

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        """Give up a promise that was not taken."""


class RemoteProvider(Provider, Protocol):
    """A provider elsewhere, whose word comes later, or never.

    What it tells of its own accord is handled by the function that ``payments.notices`` names.
    """

    def page_policy(self) -> dict[str, list[str]]:
        """What its page needs beyond our Content-Security-Policy, by directive."""

    def page_data(self, amount: Money) -> dict[str, str]:
        """What its script in our page is told (``data-`` attributes); nothing secret."""

    def look(self, payment: Payment) -> Answer:
        """What has become of a payment that was begun; changes nothing."""

    def give_up(self, payment: Payment) -> Answer:
        """Close a payment that its buyer left lying; CHARGE_SUCCESS if it was paid meanwhile."""
