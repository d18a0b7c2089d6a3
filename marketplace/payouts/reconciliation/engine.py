"""Compares the engine's transactions with the recorded payments."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from marketplace.ledger.models import Book
from marketplace.orders.engine_money import minor_of
from marketplace.payments.models import Payment
from marketplace.payouts.models import Sale
from marketplace.payouts.reconciliation.comparison import FoundDifference
from marketplace.payouts.reconciliation.models import Counterpart, Likely
from marketplace.payouts.reconciliation.times import time_for
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from vendors.scoping import ProgrammeScope

MOST_ORDERS = 500


def engine_differences(book: Book, now: datetime) -> Iterator[FoundDifference]:
    """Orders recently paid by card whose refunds differ between the engine and our record.

    One query to the engine for each of at most ``MOST_ORDERS``; not in a transaction. Raises
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
    for payment in found.order_by("-captured_at")[:MOST_ORDERS]:
        order = app_client().order_by_id(ids.global_id(ids.ORDER, payment.order_id)).order
        if order is None:
            yield _found(payment, payment.charged_minor, 0, Likely.NOT_THERE)
            continue
        refunded = minor_of(order.total_refunded)
        # Asked now, not for all orders at once: what is refunded meanwhile is no difference.
        recorded = _refunded_of(payment.order_id)
        if refunded != recorded:
            yield _found(payment, recorded, refunded, Likely.LATE)


def _refunded_of(order_id: UUID) -> int:
    """What all payments of an order have given back: a second one may have been refunded."""
    payments = Payment.objects.filter(order_id=order_id)
    total: int | None = payments.aggregate(total=Sum("refunded_minor"))["total"]
    return total or 0


def _found(payment: Payment, ours: int, theirs: int, likely: Likely) -> FoundDifference:
    subject = f"shop:{payment.order_id}"
    return FoundDifference(Counterpart.ENGINE, subject, payment.currency, ours, theirs, likely)
