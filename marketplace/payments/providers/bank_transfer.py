"""A transfer to the programme's bank: the order is kept for some days until it has come."""

# ruff: noqa: ARG002 -- a provider may not need everything that it is given

import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.payments.bank_accounts import bank_accounts
from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import TransferNotPossible
from marketplace.payments.models import BankTransfer, Method, Payment
from marketplace.payments.providers.base import Answer, Shown
from marketplace.payments.providers.manual_refunds import record_manual_refund

# Without what looks alike on a banking page: 0 and O, 1 and I and L, 5 and S, 2 and Z.
SIGNS = "346789ABCDEFGHJKMNPQRTUVWXY"
LENGTH = 8


class ByBankTransfer:
    """The engine's order stands unpaid until a statement of the bank shows the money."""

    name: ClassVar[str] = "bank-transfer"
    method: ClassVar[str] = Method.BANK
    is_external: ClassVar[bool] = False
    shown: ClassVar[Shown] = Shown(
        title=_("Bank transfer"),
        note=_(
            "We reserve your items for a few days and send them when your transfer has arrived."
        ),
        icon="landmark",
        page="at_once",
    )

    def missing(self) -> list[str]:
        """It needs an account."""
        return [] if bank_accounts() else ["TWIZA_BANK_ACCOUNTS"]

    def check(self, payable: Payable) -> None:
        if payable.currency not in bank_accounts():
            raise TransferNotPossible

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        transfer, _made = BankTransfer.objects.get_or_create(
            payment=payment,
            defaults={
                "reference": new_reference(),
                "expires_at": timezone.now() + timedelta(days=settings.BANK_TRANSFER_DAYS),
            },
        )
        amount = Money(payment.amount_minor, payment.currency)
        return Answer("CHARGE_REQUEST", amount, data={"reference": transfer.reference})

    def continue_payment(self, payment: Payment, data: dict[str, Any]) -> Answer:
        return self.start(payment, data)

    def charge(self, payment: Payment, amount: Money) -> Answer:
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        """By staff, with the bank; they say here when it is done."""
        return record_manual_refund(payment, amount, key=key)

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        return Answer("CANCEL_SUCCESS", amount)


def new_reference() -> str:
    """What the buyer writes on the transfer: short, and hard to mistake or guess."""
    signs = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    return f"TWZ-{signs[:4]}-{signs[4:]}"
