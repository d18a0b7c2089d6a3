"""Cash at the door: promised at checkout, charged when the carrier has brought the cash back."""

# ruff: noqa: ARG002 -- a provider may not need everything that it is given

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.payments.cash_limits import most_in_cash
from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import CashNotPossible, TooMuchForCash
from marketplace.payments.models import Method, Payment
from marketplace.payments.providers.base import Answer, Shown


class CashOnDelivery:
    """Domestic only: every parcel leaves from the country of its buyer; up to a limit.

    Not of what is given away with its price hidden, nor of what the buyer collects.
    """

    name: ClassVar[str] = "cash-on-delivery"
    method: ClassVar[str] = Method.CASH_ON_DELIVERY
    is_external: ClassVar[bool] = False
    shown: ClassVar[Shown] = Shown(
        title=_("Cash on delivery"),
        note=_("The courier collects the exact total."),
        icon="banknote",
        page="at_once",
    )

    def missing(self) -> list[str]:
        """Nothing: it needs nobody."""
        return []

    def check(self, payable: Payable) -> None:
        if payable.hides_prices or payable.is_collected or not payable.is_domestic:
            raise CashNotPossible
        most = most_in_cash(payable)
        if most is not None and payable.total_minor > most:
            raise TooMuchForCash

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        amount = Money(payment.amount_minor, payment.currency)
        return Answer("AUTHORIZATION_SUCCESS", amount, actions=("CHARGE", "CANCEL"))

    def continue_payment(self, payment: Payment, data: dict[str, Any]) -> Answer:
        return self.start(payment, data)

    def charge(self, payment: Payment, amount: Money) -> Answer:
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        return Answer("REFUND_SUCCESS", amount, actions=("REFUND",))

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        return Answer("CANCEL_SUCCESS", amount)
