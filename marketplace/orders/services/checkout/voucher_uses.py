"""Who has used a voucher: a use is taken before the payment, and given back if that fails.

Counted are the orders placed with it, and payments that are under way: one that was begun and not
ended holds its use for half an hour.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.orders.models import CheckoutAttempt, CheckoutState, Voucher, VoucherUse
from marketplace.orders.services.checkout.cash_code import contacts_of
from marketplace.orders.voucher_errors import VoucherUnknown, VoucherUsedByYou, VoucherUsedUp
from marketplace.orders.vouchers import require_open

HELD_FOR = timedelta(minutes=30)
_PAID = (CheckoutState.PAID, CheckoutState.COMPLETING)


@transaction.atomic
def take_use(attempt: CheckoutAttempt) -> None:
    """Take a use of the attempt's voucher; of two who want the last at once, one gets it.

    Raises VoucherUnknown, VoucherEnded, VoucherNotYet, VoucherUsedUp, VoucherUsedByYou.
    """
    if not attempt.voucher_code:
        return
    voucher = Voucher.objects.select_for_update().filter(code=attempt.voucher_code).first()
    if voucher is None:
        raise VoucherUnknown
    require_open(voucher)
    others = counted_uses(voucher).exclude(order_id=attempt.order_id)
    if voucher.most_uses is not None and others.count() >= voucher.most_uses:
        raise VoucherUsedUp
    contacts = list(contacts_of(attempt))
    if voucher.once_per_buyer and others.filter(contacts__overlap=contacts).exists():
        raise VoucherUsedByYou
    VoucherUse.objects.update_or_create(
        order_id=attempt.order_id,
        defaults={
            "voucher": voucher,
            "attempt": attempt,
            "contacts": contacts,
            "taken_at": timezone.now(),
        },
    )


def give_back(attempt: CheckoutAttempt) -> None:
    """Undo ``take_use`` of a payment that did not come about; a placed order keeps its use."""
    VoucherUse.objects.filter(order_id=attempt.order_id, is_placed=False).delete()


def counted_uses(voucher: Voucher) -> "QuerySet[VoucherUse]":
    """The uses that count: of placed orders, and of payments that are under way."""
    begun = Q(taken_at__gt=timezone.now() - HELD_FOR, attempt__isnull=False)
    held = begun & ~Q(attempt__state=CheckoutState.GIVEN_UP)
    return voucher.uses.filter(Q(is_placed=True) | held | Q(attempt__state__in=_PAID))
