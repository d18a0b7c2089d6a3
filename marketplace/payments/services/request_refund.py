"""Request a refund: what is refunded is decided and written down; the worker sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.money import Money
from marketplace.orders.models import VendorOrder, VendorOrderLine
from marketplace.payments.errors import (
    DeliveryAlreadyRefunded,
    MoreThanBought,
    NothingToRefund,
    NotPaidYet,
    RefundedMeanwhile,
)
from marketplace.payments.models import PREPAID, Payment, Refund, RefundLine, RefundState
from marketplace.payments.services.refunding_alone import require_alone
from vendors.accounts import User
from vendors.scoping import Crossing, ScopedQuerySet

# A refund that is being sent where it was requested is not taken by the loop that sends the others.
SENT_HERE = timedelta(seconds=45)


@dataclass(frozen=True)
class Settles:
    """The complaint that a refund settles, who bears it, and amounts by line of a partial one."""

    complaint_id: UUID | None = None
    borne_by: str = ""
    amounts: Mapping[UUID, int] = field(default_factory=dict)


# long: the columns of a refund, written under one lock
def request_refund(
    *,
    vendor_order: VendorOrder,
    lines: Mapping[UUID, int],
    include_shipping: bool,
    reason: str,
    by: Actor,
    occurred_at: datetime | None = None,
    seen: int | None = None,
    confirmed_by: Actor | None = None,
    sent_here: bool = False,
    settles: Settles | None = None,
) -> Refund:
    """Write a refund down without sending it: the worker does. Raises as ``make_refund``.

    The worker does so as soon as it is written, or, if the caller sends it (``sent_here``), once
    that must have failed.

    The amounts are decided under a lock, so that two requests at once cannot refund twice. A person
    refunds alone up to the limits of an order and of a day; above them ``confirmed_by`` is the
    second one, else SecondPersonNeeded is raised. What the shop does itself, as after a
    cooperative's cancellation, has no limit. ``settles`` is the complaint behind it.
    """
    settles = settles or Settles()
    with transaction.atomic():
        locked = locked_order(vendor_order.pk)
        wanted, shipping_minor = decide_refund(
            locked, lines, include_shipping=include_shipping, seen=seen, amounts=settles.amounts
        )
        goods_minor = sum(line.amount_minor for line in wanted)
        payment = payment_with(locked.order_id, goods_minor + shipping_minor)
        if by.kind == "user" and confirmed_by is None:
            # The payment is locked by now, and with it every other refund of the order.
            require_alone(locked, goods_minor + shipping_minor, by)
        refund = Refund.objects.create(
            order_id=locked.order_id,
            vendor_order_id=locked.pk,
            cooperative_id=locked.cooperative_id,
            payment=payment,
            currency=locked.currency,
            goods_minor=goods_minor,
            shipping_minor=shipping_minor,
            reason=reason[:300],
            requested_by=User.objects.of_actor(by),
            occurred_at=occurred_at or timezone.now(),
            check_at=timezone.now() + (SENT_HERE if sent_here else timedelta()),
            complaint_id=settles.complaint_id,
            borne_by=settles.borne_by,
        )
        _add_lines(refund, wanted)
        told = {"confirmed_by": confirmed_by.name} if confirmed_by else {}
        record(
            "refund.requested", refund, by=by, total_minor=refund.total_minor, reason=reason, **told
        )
    return refund


def locked_order(vendor_order_id: UUID) -> VendorOrder:
    """A vendor order, locked: its refunds and proposals wait for each other."""
    rows = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).select_for_update(of=("self",))
    found: VendorOrder = rows.get(pk=vendor_order_id)
    return found


def decide_refund(
    locked: VendorOrder,
    lines: Mapping[UUID, int],
    *,
    include_shipping: bool,
    seen: int | None,
    amounts: Mapping[UUID, int] | None = None,
) -> tuple[list[RefundLine], int]:
    """The lines to refund, and the delivery (minor units), after the refunds made before.

    ``amounts`` are refunded of lines whose units the buyer keeps.
    """
    earlier = [r for r in _refunds_of(locked) if r.state != RefundState.FAILED]
    if seen is not None and len(earlier) != seen:
        raise RefundedMeanwhile
    wanted = _lines_to_refund(locked, lines, earlier) + _amounts_to_refund(
        locked, amounts or {}, earlier
    )
    shipping_minor = _shipping_to_refund(locked, earlier) if include_shipping else 0
    if not wanted and not shipping_minor:
        raise NothingToRefund
    return wanted, shipping_minor


def rest_of(vendor_order: VendorOrder) -> tuple[dict[UUID, int], bool]:
    """What of a vendor order is not refunded: units by the line's id, and whether its delivery."""
    earlier = [r for r in _refunds_of(vendor_order) if r.state != RefundState.FAILED]
    left = {line.pk: _payable(line)[0] for line in vendor_order.lines.all()}
    for refund in earlier:
        for line in refund.lines.all():
            left[line.line_id] -= line.quantity
    delivery_refunded = any(refund.shipping_minor for refund in earlier)
    return left, vendor_order.shipping_minor > 0 and not delivery_refunded


def _add_lines(refund: Refund, lines: list[RefundLine]) -> None:
    for line in lines:
        line.refund = refund
    RefundLine.objects.create_all(lines)


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
        if line is None or before + quantity > _payable(line)[0]:
            left = 0 if line is None else _payable(line)[0] - before
            raise MoreThanBought(title="" if line is None else line.local_title, left=left)
        amount = _amount_of(line, vendor_order.currency, before, quantity)
        # What was refunded of its price before is not refunded again with the unit.
        amount = min(amount, _payable(line)[1] - _refunded_minor(line_id, earlier))
        wanted.append(RefundLine(line_id=line_id, quantity=quantity, amount_minor=amount))
    return wanted


def _payable(line: VendorOrderLine) -> tuple[int, int]:
    """Units that the buyer paid or will pay, and their price: without what was refused before."""
    if line.vendor_order.order.payment_method in PREPAID:
        return line.quantity, line.total_minor
    return line.quantity_kept, line.total_minor - line.refused_minor


def _amounts_to_refund(
    vendor_order: VendorOrder, amounts: Mapping[UUID, int], earlier: list[Refund]
) -> list[RefundLine]:
    """Parts of lines' prices, no more than is left of each; no unit counts as refunded."""
    bought = {line.pk: line for line in vendor_order.lines.all()}
    wanted = []
    for line_id, amount in amounts.items():
        line = bought.get(line_id)
        if line is None or amount > _payable(line)[1] - _refunded_minor(line_id, earlier):
            raise MoreThanBought(title="" if line is None else line.local_title, left=0)
        if amount > 0:
            wanted.append(RefundLine(line_id=line_id, quantity=0, amount_minor=amount))
    return wanted


def _refunded_minor(line_id: UUID, earlier: list[Refund]) -> int:
    """What was refunded of a line, in minor units."""
    rows = [row for refund in earlier for row in refund.lines.all()]
    return sum(row.amount_minor for row in rows if row.line_id == line_id)


def _amount_of(line: VendorOrderLine, currency: str, before: int, quantity: int) -> int:
    """The units' part of the line's total: all units together are exactly the whole."""
    amounts = Money(line.total_minor, currency).allocate([1] * line.quantity)
    return sum(unit.amount_minor for unit in amounts[before : before + quantity])


def _shipping_to_refund(vendor_order: VendorOrder, earlier: list[Refund]) -> int:
    if any(refund.shipping_minor for refund in earlier):
        raise DeliveryAlreadyRefunded
    return int(vendor_order.shipping_minor)


def payment_with(order_id: UUID, amount_minor: int) -> Payment:
    """The charged payment which still holds the amount, less the refunds that are not failed."""
    for payment in Payment.objects.select_for_update().filter(order_id=order_id):
        others = all_refunds().filter(payment=payment).exclude(state=RefundState.FAILED)
        gone = sum(refund.total_minor for refund in others)
        if payment.returned_at is None and payment.charged_minor - gone >= amount_minor:
            return payment
    raise NotPaidYet


def _refunds_of(vendor_order: VendorOrder) -> list[Refund]:
    return list(all_refunds().filter(vendor_order_id=vendor_order.pk).prefetch_related("lines"))


def all_refunds() -> ScopedQuerySet:
    """Refunds of all cooperatives: a buyer's order may have several."""
    return Refund.objects.crossing(Crossing.BUYER_ORDER)
