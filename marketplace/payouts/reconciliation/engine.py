"""The shop's own transactions against our record of the payments."""

from collections.abc import Iterator
from datetime import datetime

from marketplace.ledger.models import Book
from marketplace.payments.models import Payment
from marketplace.payouts.models import Sale
from marketplace.payouts.reconciliation.comparison import Found
from marketplace.payouts.reconciliation.models import Counterpart, Likely
from marketplace.payouts.reconciliation.times import time_for
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from vendors.scoping import ProgrammeScope

AT_ONCE = 500


def engine_differences(book: Book, now: datetime) -> Iterator[Found]:
    """Orders paid by card of the last days: what the shop says was refunded, and what we say.

    One question an order, ``AT_ONCE`` of them at most; call it outside a transaction. Raises
    EngineUnavailable.
    """
    scope = ProgrammeScope(book.programme_id)
    day, programme = now.date(), book.programme.slug
    orders = Sale.objects.within(scope).values("order_id")
    found = Payment.objects.filter(
        order_id__in=orders,
        captured_at__gte=now - time_for("shop_looked_back", on=day, programme=programme),
        captured_at__lt=now - time_for("heard_after", on=day, programme=programme),
    ).exclude(method="cod")
    for payment in found.order_by("-captured_at")[:AT_ONCE]:
        order = app_client().order_by_id(ids.global_id(ids.ORDER, payment.order_id)).order
        if order is None:
            yield _found(payment, payment.charged_minor, 0, Likely.NOT_THERE)
            continue
        refunded = int(order.total_refunded.fractional_amount)
        if refunded != payment.refunded_minor:
            yield _found(payment, payment.refunded_minor, refunded, Likely.LATE)


def _found(payment: Payment, ours: int, theirs: int, likely: Likely) -> Found:
    subject = f"shop:{payment.order_id}"
    return Found(Counterpart.ENGINE, subject, payment.currency, ours, theirs, likely)
