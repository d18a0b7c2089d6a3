"""Charge in the engine what carriers collected on delivery."""

import logging
from uuid import UUID

from django.db.models import QuerySet, Sum
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
        engine.charge(payment, collected)
        Payment.objects.filter(pk=payment.pk).update(
            charged_minor=collected,
            authorized_minor=max(0, payment.authorized_minor - collected + payment.charged_minor),
            state="charged",
        )
    return payment


def charge_all_collected(*, limit: int = 200) -> int:
    """Charge what carriers remitted and the engine does not know yet; returns how many.

    Also what is noted as charged while the engine holds less, as its transactions say since.
    """
    lines = RemittanceLine.objects.crossing(Crossing.SCHEDULED_JOB)
    waiting = lines.filter(charged_at__isnull=True).order_by("pk")[:limit]
    short = lines.filter(charged_at__isnull=False, vendor_order_id__in=_of_uncharged_orders())
    done = 0
    for line in [*waiting, *short.order_by("-pk")[:limit]]:
        try:
            charge_collected_cash(vendor_order_id=line.vendor_order_id)
        except (EngineUnavailable, EngineRefused) as error:
            logger.warning("Cash of %s is not charged yet: %r", line.vendor_order_id, error)
            continue
        line.charged_at = timezone.now()
        line.save(update_fields=["charged_at"])
        done += 1
    return done


def _of_uncharged_orders() -> QuerySet[VendorOrder, UUID]:
    """The vendor orders of payments on delivery of which the engine has charged nothing."""
    uncharged = Payment.objects.filter(
        method=Method.CASH_ON_DELIVERY, authorized_minor__gt=0, charged_minor=0
    )
    orders = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB)
    return orders.filter(order_id__in=uncharged.values("order_id")).values_list("pk", flat=True)
