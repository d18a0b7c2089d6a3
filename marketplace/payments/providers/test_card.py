"""A pretended card for demos and tests: approves, declines, or asks for a second step."""

# ruff: noqa: ARG002 -- a provider may not need everything that it is given

import unicodedata
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import CodeRefused, PaymentRefused
from marketplace.payments.models import Method, Payment, TestCharge
from marketplace.payments.providers.base import Answer, Shown

APPROVED = "4242424242424242"
DECLINED = "4000000000000002"
SECOND_STEP = "4000002500003155"
SECOND_STEP_CODE = "123456"

OUTCOMES = {APPROVED: "approved", SECOND_STEP: "second-step"}


def digits_of(text: object) -> str:
    """Only the digits, whichever script they are typed in."""
    return "".join(str(unicodedata.digit(c)) for c in str(text) if c.isdigit())


class TestCard:
    """No money moves. The number decides the outcome and is forgotten at once."""

    __test__ = False

    name: ClassVar[str] = "test-card"
    method: ClassVar[str] = Method.CARD
    is_external: ClassVar[bool] = False
    shown: ClassVar[Shown] = Shown(
        title=_("Card"),
        note=_("Charged now and held until each parcel has arrived."),
        icon="credit-card",
        page="test_card",
    )

    def missing(self) -> list[str]:
        """Nothing: it needs nobody."""
        return []

    def check(self, payable: Payable) -> None:
        """Every checkout may be paid by card."""

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        outcome = OUTCOMES.get(digits_of(data.get("number", "")), "declined")
        TestCharge.objects.update_or_create(
            payment=payment,
            defaults={
                "outcome": outcome,
                "amount_minor": payment.amount_minor,
                "currency": payment.currency,
            },
        )
        if outcome == "second-step":
            return Answer(
                "CHARGE_ACTION_REQUIRED",
                Money(payment.amount_minor, payment.currency),
                data={"provider": self.name, "next": "second-step"},
            )
        if outcome == "declined":
            raise PaymentRefused
        return self._charged(payment)

    def continue_payment(self, payment: Payment, data: dict[str, Any]) -> Answer:
        if digits_of(data.get("code", "")) != SECOND_STEP_CODE:
            raise CodeRefused
        TestCharge.objects.filter(payment=payment).update(outcome="approved")
        return self._charged(payment)

    def charge(self, payment: Payment, amount: Money) -> Answer:
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        return Answer("REFUND_SUCCESS", amount, actions=("REFUND",))

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        return Answer("CANCEL_SUCCESS", amount)

    def _charged(self, payment: Payment) -> Answer:
        amount = Money(payment.amount_minor, payment.currency)
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))
