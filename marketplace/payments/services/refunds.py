"""Money back to a buyer: the intent is written first, the engine asked after, the answer kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.events import publish
from marketplace.core.money import Money
from marketplace.orders.models import VendorOrder, VendorOrderLine
from marketplace.payments import engine
from marketplace.payments.errors import (
    DeliveryAlreadyRefunded,
    MoreThanBought,
    NothingToRefund,
    NotPaidYet,
    RefundedMeanwhile,
    RefundRefused,
)
from marketplace.payments.events import RefundedLine, RefundMade
from marketplace.payments.models import Payment, Refund, RefundLine, RefundState
from marketplace.saleor.errors import EngineRefused
from vendors.accounts import User
from vendors.scoping import Crossing, ScopedQuerySet

# A refund that is being sent here is left alone by the loop which sends the others.
SENT_HERE = timedelta(seconds=45)
# The engine asks us in a job of its own, and then has it written down.
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
    MoreThanBought, DeliveryAlreadyRefunded or NotPaidYet, and then no money has moved. If the
    engine cannot be reached the refund stays asked for, and the worker sends it. Only an operator's
    command passes ``occurred_at`` (now by default). A page passes how many refunds of this order,
    failed ones left out, it showed (``seen``): if there is one more by now, as after a first click,
    RefundedMeanwhile is raised.
    """
    refund = ask_refund(
        vendor_order=vendor_order,
        lines=lines,
        include_shipping=include_shipping,
        reason=reason,
        by=by,
        occurred_at=occurred_at,
        seen=seen,
    )
    _refunds().filter(pk=refund.pk).update(check_at=timezone.now() + SENT_HERE)
    return send_refund(refund_id=refund.pk, by=by)


def send_refund(*, refund_id: UUID, by: Actor) -> Refund:
    """Ask the engine for a refund that was written down; repeating it never pays twice.

    Raises RefundRefused when the engine says no: the refund is then failed.
    """
    refund: Refund = _refunds().select_related("payment").get(pk=refund_id)
    if refund.state in {RefundState.MADE, RefundState.FAILED}:
        return refund
    _refunds().filter(pk=refund_id).update(state=RefundState.SENT)
    try:
        done = engine.refund(refund)
    except EngineRefused as refused:
        _refunds().filter(pk=refund_id).update(
            state=RefundState.FAILED, last_error=", ".join(refused.codes)[:300]
        )
        raise RefundRefused from refused
    if done:
        return confirm_refund(refund_id=refund_id, by=by)
    _refunds().filter(pk=refund_id).update(check_at=timezone.now() + ANSWERED_WITHIN)
    refund.refresh_from_db()
    return refund


def confirm_refund(*, refund_id: UUID, by: Actor) -> Refund:
    """Note that the money went back and tell it once: RefundMade."""
    with transaction.atomic():
        refund: Refund = _refunds().select_for_update(of=("self",)).get(pk=refund_id)
        if refund.state == RefundState.MADE:
            return refund
        refund.state = RefundState.MADE
        refund.made_at = timezone.now()
        refund.last_error = ""
        refund.save(update_fields=["state", "made_at", "last_error"])
        lines = list(refund.lines.all())
        publish(_made_event(refund, lines))
        record("refund.made", refund, by=by, total_minor=refund.total_minor)
    return refund


def ask_refund(
    *,
    vendor_order: VendorOrder,
    lines: Mapping[UUID, int],
    include_shipping: bool,
    reason: str,
    by: Actor,
    occurred_at: datetime | None = None,
    seen: int | None = None,
) -> Refund:
    """Write a refund down without sending it: the worker does. Raises as ``make_refund``.

    The amounts are decided under a lock, so that two requests at once cannot refund twice.
    """
    with transaction.atomic():
        locked = (
            VendorOrder.objects.crossing(Crossing.BUYER_ORDER)
            .select_for_update(of=("self",))
            .get(pk=vendor_order.pk)
        )
        earlier = [r for r in _refunds_of(locked) if r.state != RefundState.FAILED]
        if seen is not None and len(earlier) != seen:
            raise RefundedMeanwhile
        wanted = _lines_to_refund(locked, lines, earlier)
        shipping = _shipping_to_refund(locked, earlier) if include_shipping else 0
        goods = sum(line.amount_minor for line in wanted)
        if not wanted and not shipping:
            raise NothingToRefund
        refund = Refund.objects.create(
            order_id=locked.order_id,
            vendor_order_id=locked.pk,
            cooperative_id=locked.cooperative_id,
            payment=_payment_with(locked.order_id, goods + shipping),
            currency=locked.currency,
            goods_minor=goods,
            shipping_minor=shipping,
            reason=reason[:300],
            requested_by=_user(by),
            occurred_at=occurred_at or timezone.now(),
        )
        for line in wanted:
            line.refund = refund
        RefundLine.objects.create_all(wanted)
        record("refund.requested", refund, by=by, total_minor=refund.total_minor, reason=reason)
    return refund


def _lines_to_refund(
    vendor_order: VendorOrder, lines: Mapping[UUID, int], earlier: list[Refund]
) -> list[RefundLine]:
    refunded: dict[UUID, int] = {}
    for refund in earlier:
        for line in refund.lines.all():
            refunded[line.line_id] = refunded.get(line.line_id, 0) + line.quantity
    bought = {line.pk: line for line in vendor_order.lines.all()}
    wanted = []
    for line_id, quantity in lines.items():
        if quantity <= 0:
            continue
        line = bought.get(line_id)
        before = refunded.get(line_id, 0)
        if line is None or before + quantity > line.quantity:
            left = 0 if line is None else line.quantity - before
            raise MoreThanBought(title="" if line is None else line.title, left=left)
        amount = _amount_of(line, vendor_order.currency, before, quantity)
        wanted.append(RefundLine(line_id=line_id, quantity=quantity, amount_minor=amount))
    return wanted


def _amount_of(line: VendorOrderLine, currency: str, before: int, quantity: int) -> int:
    """The units' share of what the line cost: all units together give back exactly the whole."""
    shares = Money(line.total_minor, currency).allocate([1] * line.quantity)
    return sum(share.amount_minor for share in shares[before : before + quantity])


def _shipping_to_refund(vendor_order: VendorOrder, earlier: list[Refund]) -> int:
    if any(refund.shipping_minor for refund in earlier):
        raise DeliveryAlreadyRefunded
    return int(vendor_order.shipping_minor)


def _payment_with(order_id: UUID, amount_minor: int) -> Payment:
    """The charged payment which still holds the amount, counting refunds under way."""
    for payment in Payment.objects.select_for_update().filter(order_id=order_id):
        under_way = _refunds().filter(payment=payment).exclude(state=RefundState.FAILED)
        gone = sum(refund.total_minor for refund in under_way)
        if payment.returned_at is None and payment.charged_minor - gone >= amount_minor:
            return payment
    raise NotPaidYet


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
    )


def _refunds_of(vendor_order: VendorOrder) -> list[Refund]:
    return list(_refunds().filter(vendor_order_id=vendor_order.pk).prefetch_related("lines"))


def _refunds() -> ScopedQuerySet:
    return Refund.objects.crossing(Crossing.BUYER_ORDER)


def _user(by: Actor) -> User | None:
    return User.objects.filter(pk=by.id).first() if by.kind == "user" else None
