"""Charge in the engine what carriers collected on delivery."""

import logging
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from marketplace.orders.models import VendorOrder
from marketplace.payments import engine
from marketplace.payments.models import Method, Payment, RemittanceLine
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)


def charge_collected_cash(*, vendor_order_id: UUID) -> Payment | None:
    """Charge the order's authorized payment by what carriers have remitted so far; idempotent.

    Raises EngineUnavailable or EngineRefused. Returns None for an order without one.
    """
    vendor_order = VendorOrder.objects.crossing(Crossing.LEDGER_POSTING).get(pk=vendor_order_id)
    payment = Payment.objects.filter(
        order_id=vendor_order.order_id, method=Method.CASH_ON_DELIVERY
    ).first()
    if payment is None:
        return None
    of_order = VendorOrder.objects.crossing(Crossing.LEDGER_POSTING).filter(
        order_id=vendor_order.order_id
    )
    lines = RemittanceLine.objects.crossing(Crossing.LEDGER_POSTING).filter(
        vendor_order_id__in=[row.pk for row in of_order]
    )
    sums = lines.aggregate(goods=Sum("goods_minor"), shipping=Sum("shipping_minor"))
    collected = (sums["goods"] or 0) + (sums["shipping"] or 0)
    if payment.authorized_minor and collected > payment.charged_minor:
        engine.charge(payment, collected - payment.charged_minor)
        Payment.objects.filter(pk=payment.pk).update(
            charged_minor=collected,
            authorized_minor=max(0, payment.authorized_minor - collected + payment.charged_minor),
            state="charged",
        )
    return payment


def charge_all_collected(*, limit: int = 200) -> int:
    """Charge what carriers remitted and the engine does not know yet; returns how many."""
    waiting = RemittanceLine.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        charged_at__isnull=True
    )
    done = 0
    for line in waiting.order_by("pk")[:limit]:
        try:
            charge_collected_cash(vendor_order_id=line.vendor_order_id)
        except (EngineUnavailable, EngineRefused) as error:
            logger.warning("Cash of %s is not charged yet: %r", line.vendor_order_id, error)
            continue
        line.charged_at = timezone.now()
        line.save(update_fields=["charged_at"])
        done += 1
    return done
