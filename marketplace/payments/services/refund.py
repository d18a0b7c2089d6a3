"""Refund a buyer: the intent is written first, then the engine asked, then the outcome recorded."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.events import publish
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import VendorOrder
from marketplace.payments import engine
from marketplace.payments.errors import (
    RefundRefused,
)
from marketplace.payments.events import RefundedLine, RefundMade
from marketplace.payments.models import Refund, RefundLine, RefundState
from marketplace.payments.services.request_refund import all_refunds, request_refund
from marketplace.saleor.errors import EngineRefused

# The engine requests it in a job of its own, and records it then.
ANSWERED_WITHIN = timedelta(seconds=1)


def make_refund(
    *,
    vendor_order: VendorOrder,
    lines: Mapping[UUID, int],
    include_shipping: bool,
    reason: str,
    by: Actor,
    occurred_at: datetime | None = None,
    seen: int | None = None,
) -> Refund:
    """Refund units of a vendor order's lines, and its delivery if asked, to the buyer.

    Amounts are those the buyer paid, VAT included, in the order's currency. Raises NothingToRefund,
    MoreThanBought, DeliveryAlreadyRefunded, NotPaidYet, or SecondPersonNeeded above what a person
    refunds alone (``propose_refund`` is for these), and then no money has moved. If the
    engine is unavailable the refund stays requested, and the worker sends it. Only an operator's
    command passes ``occurred_at`` (now by default). A page passes how many refunds of this order,
    failed ones left out, it showed (``seen``): if there is one more by now, as after a first click,
    RefundedMeanwhile is raised.
    """
    refund = request_refund(
        vendor_order=vendor_order,
        lines=lines,
        include_shipping=include_shipping,
        reason=reason,
        by=by,
        occurred_at=occurred_at,
        seen=seen,
        sent_here=True,
    )
    return send_refund(refund_id=refund.pk, by=by)


def send_refund(*, refund_id: UUID, by: Actor) -> Refund:
    """Request a refund of the engine; repeating it never pays twice, two at once take turns.

    Raises RefundRefused when the engine says no: the refund is then failed.
    """
    with one_at_a_time(refund_id):
        return _send(refund_id, by)


def _send(refund_id: UUID, by: Actor) -> Refund:
    refund: Refund = all_refunds().select_related("payment").get(pk=refund_id)
    if refund.state in {RefundState.MADE, RefundState.FAILED}:
        return refund
    # Another process may learn the outcome meanwhile: then its word stays.
    under_way = all_refunds().filter(
        pk=refund_id, state__in=[RefundState.REQUESTED, RefundState.SENT]
    )
    under_way.update(state=RefundState.SENT)
    try:
        done = engine.refund(refund)
    except EngineRefused as refused:
        under_way.update(state=RefundState.FAILED, last_error=", ".join(refused.codes)[:300])
        raise RefundRefused from refused
    if done:
        return confirm_refund(refund_id=refund_id, by=by)
    all_refunds().filter(pk=refund_id).update(check_at=timezone.now() + ANSWERED_WITHIN)
    refund.refresh_from_db()
    return refund


def confirm_refund(*, refund_id: UUID, by: Actor) -> Refund:
    """Note that the money went back; publishes RefundMade, once.

    Also for one that failed: that the money went back after all is a fact, whoever reports it when
    (``confirm_late_refunds``). It is written down apart, because its units counted as not refunded
    in between and may have been refunded again; the doctor names such orders.
    """
    with transaction.atomic():
        refund: Refund = all_refunds().select_for_update(of=("self",)).get(pk=refund_id)
        if refund.state == RefundState.MADE:
            return refund
        if refund.state == RefundState.FAILED:
            record("refund.made_after_failure", refund, by=by, error=refund.last_error)
        refund.state = RefundState.MADE
        refund.made_at = timezone.now()
        refund.last_error = ""
        refund.save(update_fields=["state", "made_at", "last_error"])
        lines = list(refund.lines.all())
        publish(_made_event(refund, lines))
        record("refund.made", refund, by=by, total_minor=refund.total_minor)
    return refund


def _made_event(refund: Refund, lines: list[RefundLine]) -> RefundMade:
    return RefundMade(
        aggregate_id=refund.vendor_order_id,
        occurred_at=refund.occurred_at,
        refund_id=refund.pk,
        vendor_order_id=refund.vendor_order_id,
        order_id=refund.order_id,
        cooperative_id=refund.cooperative_id,
        programme_id=refund.cooperative.programme_id,
        currency=refund.currency,
        goods_minor=refund.goods_minor,
        shipping_minor=refund.shipping_minor,
        lines=[
            RefundedLine(line_id=x.line_id, quantity=x.quantity, amount_minor=x.amount_minor)
            for x in lines
        ],
        payment_method=refund.payment.method,
        complaint_id=refund.complaint_id,
        borne_by=refund.borne_by,
    )
