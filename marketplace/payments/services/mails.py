"""Mails about payments, each in the reader's language and once."""

from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.days import day_of
from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.core.person_names import greeted_name
from marketplace.orders.models import CheckoutAttempt, Order, PaymentMethod
from marketplace.orders.services.buyer_texts import text_failed_checkout
from marketplace.orders.services.mails import is_over
from marketplace.payments.bank_accounts import bank_accounts
from marketplace.payments.models import BankTransfer, TransferState
from vendors.in_office import staff_who_may_for
from vendors.models import Cooperative, User
from vendors.permissions import StaffPermission
from vendors.scoping import Crossing


# long: one mail, marked as sent under the lock of its transfer
def mail_transfer_instructions(*, order_id: UUID) -> bool:
    """Account, amount, reference and last day, for an order to be paid by bank transfer.

    Not of one that was cancelled meanwhile, nor where the account is no longer set.
    """
    with transaction.atomic():
        transfer = (
            BankTransfer.objects.select_for_update(of=("self",))
            .select_related("payment")
            .filter(payment__order_id=order_id, state=TransferState.WAITING)
            .filter(told_buyer_at__isnull=True)
            .first()
        )
        order = Order.objects.filter(pk=order_id).first()
        if transfer is None or order is None or not order.email or is_over(order):
            return False
        account = bank_accounts().get(transfer.payment.currency)
        if account is None:
            return False
        transfer.told_buyer_at = timezone.now()
        transfer.save(update_fields=["told_buyer_at"])
        written = Format(order.language, order.market)
        with speaking(order.language, order.market):
            _send(
                order.email,
                order.language,
                _("How to pay for your order %(number)s") % {"number": order.number},
                "how_to_transfer",
                {
                    "order": order,
                    "name": greeted_name(order.name),
                    "account": account,
                    "amount": written.money(transfer.payment.amount_minor, order.currency),
                    "reference": transfer.reference,
                    "until": written.day(day_of(transfer.expires_at, order.zone)),
                },
            )
    return True


def mail_refund_of_failed_checkout(*, order_id: UUID, amount_minor: int, currency: str) -> bool:
    """The items were sold meanwhile and the payment is refunded; once for each failed checkout.

    Of a checkout to be paid on delivery it says that nothing was charged.
    """
    attempt = CheckoutAttempt.objects.filter(order_id=order_id).first()
    if attempt is None:
        return False
    if not attempt.email:
        with speaking(attempt.language, attempt.market):
            text_failed_checkout(attempt)
        return True
    written = Format(attempt.language, attempt.market)
    is_cash = attempt.payment_method == PaymentMethod.CASH
    with speaking(attempt.language, attempt.market):
        refunded = _("Your payment is being refunded: the items were sold meanwhile")
        uncharged = _("Your order could not be placed: the items were sold meanwhile")
        _send(
            attempt.email,
            attempt.language,
            uncharged if is_cash else refunded,
            "money_goes_back",
            {
                "is_cash": is_cash,
                "name": greeted_name(attempt.address.name),
                "amount": written.money(amount_minor, currency),
                "titles": [line.get("title", "") for line in attempt.lines],
            },
        )
    return True


def mail_staff_of_failed_checkout(*, order_id: UUID, amount_minor: int, currency: str) -> int:
    """Mail those who may refund for a cooperative concerned; returns how many mails.

    So that they know of the refund when the buyer asks. Each reads of the own cooperatives only.
    """
    attempt = CheckoutAttempt.objects.filter(order_id=order_id).first()
    if attempt is None or attempt.payment_method == PaymentMethod.CASH:
        return 0
    cooperative_ids = [line["cooperative_id"] for line in attempt.lines]
    rows = Cooperative.objects.crossing(Crossing.BUYER_ORDER).filter(pk__in=cooperative_ids)
    people: dict[User, list[str]] = {}
    for cooperative in rows.select_related("programme").order_by("legal_name"):
        for person in staff_who_may_for(StaffPermission.REFUND_MAKE, cooperative):
            people.setdefault(person, []).append(str(cooperative.legal_name))
    for person, names in people.items():
        written = Format(person.language, attempt.market)
        with speaking(person.language, attempt.market):
            _send(
                person.email,
                person.language,
                _("A paid order failed; the payment is being refunded"),
                "staff_money_goes_back",
                {
                    "name": person.name,
                    "amount": written.money(amount_minor, currency),
                    "order_id": order_id,
                    "cooperatives": names,
                },
            )
    return len(people)


def _send(
    recipient: str, language: str, subject: str, template: str, context: dict[str, object]
) -> None:
    body = render_to_string(f"payments/mail/{template}.txt", context)
    send_mail(to=recipient, language=language, subject=subject, text=body)
