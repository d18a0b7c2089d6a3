"""Handlers of domain events: each becomes facts of sales, or postings; delivered at least once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from marketplace.core.money import Money
from marketplace.core.outbox import BatchHandler, in_batches
from marketplace.orders.events import (
    GoodsRefused,
    ParcelDelivered,
    VendorOrderCancelled,
    VendorOrderPlaced,
)
from marketplace.payments import events as payment_events
from marketplace.payments.events import (
    CashRemitted,
    PaymentCaptured,
    PaymentFeeCharged,
    ProviderPaidOut,
    RefundMade,
)
from marketplace.payouts.balances import (
    book_disputes,
    book_provider_fees,
    record_facts,
    refund_cost_allocation,
)
from marketplace.payouts.balances.dispute import Dispute
from marketplace.payouts.balances.facts import (
    CANCELLED,
    CAPTURED,
    DELIVERED,
    PLACED,
    REFUNDED,
    REMITTED,
    WAIVED,
    Fact,
)
from marketplace.payouts.balances.sale_position import CARD, CASH

Payload = dict[str, Any]


def _recorded_in_batches(read: Callable[[Payload], list[Fact]]) -> BatchHandler:
    """A handler of many events in one transaction, from a reader of one; none is deferred."""

    def record(payloads: Sequence[Payload]) -> Iterable[int]:
        record_facts.record_all([fact for payload in payloads for fact in read(payload)])
        return ()

    return record


def _placed(payload: Payload) -> list[Fact]:
    event = VendorOrderPlaced.model_validate(payload)
    fact = _fact(
        event,
        key=f"vendor-order-placed:{event.vendor_order_id}",
        kind=PLACED,
        payment_method=event.payment_method,
        country_code=event.country_code,
        ordered=event.lines,
    )
    return [fact]


def _captured(payload: Payload) -> list[Fact]:
    event = PaymentCaptured.model_validate(payload)
    if event.method == CASH:
        return []  # Cash counts when it is collected and when it is remitted.
    return [
        Fact(
            key=f"payment-captured:{event.payment_id}:{part.vendor_order_id}",
            kind=CAPTURED,
            sale_id=part.vendor_order_id,
            order_id=event.order_id,
            cooperative_id=part.cooperative_id,
            programme_id=part.programme_id,
            currency=event.currency,
            goods_minor=part.goods_minor,
            shipping_minor=part.shipping_minor,
            occurred_at=event.occurred_at,
            payment_method=CARD,
        )
        for part in event.parts
    ]


def _delivered(payload: Payload) -> list[Fact]:
    event = ParcelDelivered.model_validate(payload)
    fact = _fact(
        event,
        key=f"parcel-delivered:{event.parcel_id}",
        kind=DELIVERED,
        payment_method=event.payment_method,
        lines=[(line.line_id, line.quantity, line.amount_minor) for line in event.lines],
    )
    return [fact, *_waived(fact, event.waived_minor)]


def _waived(delivered: Fact, waived_minor: int) -> list[Fact]:
    """The carrier's price of a delivery that was free for the buyer; none where she paid it."""
    if not waived_minor:
        return []
    key = f"delivery-waived:{delivered.sale_id}"
    return [
        replace(
            delivered, key=key, kind=WAIVED, goods_minor=0, shipping_minor=waived_minor, lines=()
        )
    ]


def _remitted(payload: Payload) -> list[Fact]:
    event = CashRemitted.model_validate(payload)
    fact = _fact(
        event,
        key=f"cash-remitted:{event.remittance_line_id}",
        kind=REMITTED,
        payment_method=CASH,
    )
    return [fact]


@in_batches(_recorded_in_batches(_placed))
def on_vendor_order_placed(payload: Payload) -> None:
    """Freeze the commission; payments that arrived earlier are posted now."""
    record_facts.record_all(_placed(payload))


@in_batches(_recorded_in_batches(_captured))
def on_payment_captured(payload: Payload) -> None:
    """A card was charged: each cooperative's share is held."""
    record_facts.record_all(_captured(payload))


@in_batches(_recorded_in_batches(_delivered))
def on_parcel_delivered(payload: Payload) -> None:
    """A parcel was delivered: its share is released, or its cash is with the carrier."""
    record_facts.record_all(_delivered(payload))


@in_batches(_recorded_in_batches(_remitted))
def on_cash_remitted(payload: Payload) -> None:
    """A carrier remitted cash: the share of a delivered sale is released."""
    record_facts.record_all(_remitted(payload))


def on_refund_made(payload: Payload) -> None:
    """A buyer was refunded: the cooperative's share and the commission on it are reversed."""
    event = RefundMade.model_validate(payload)
    fact = _fact(
        event,
        key=f"refund-made:{event.refund_id}",
        kind=REFUNDED,
        payment_method=event.payment_method,
        lines=[(line.line_id, line.quantity, line.amount_minor) for line in event.lines],
    )
    borne = refund_cost_allocation.programme_part_of_refund(fact, event.borne_by)
    record_facts.record_all([fact, *borne])


def on_vendor_order_cancelled(payload: Payload) -> None:
    """The rest of a vendor order was cancelled: what was paid for it is owed to the buyer."""
    event = VendorOrderCancelled.model_validate(payload)
    when = event.occurred_at.isoformat()
    _record_cancelled(event, f"vendor-order-cancelled:{event.vendor_order_id}:{when}")


def on_goods_refused(payload: Payload) -> None:
    """A cooperative cannot deliver a part: what was paid for it is owed to the buyer."""
    event = GoodsRefused.model_validate(payload)
    _record_cancelled(event, f"goods-refused:{event.refusal_id}")


def _record_cancelled(event: VendorOrderCancelled | GoodsRefused, key: str) -> None:
    lines = [(line.line_id, line.quantity, line.amount_minor) for line in event.lines]
    fact = _fact(event, key=key, kind=CANCELLED, payment_method=event.payment_method, lines=lines)
    record_facts.record(fact)


def _fact(event: Any, **more: Any) -> Fact:
    return Fact(
        sale_id=event.vendor_order_id,
        order_id=event.order_id,
        cooperative_id=event.cooperative_id,
        programme_id=event.programme_id,
        currency=event.currency,
        goods_minor=event.goods_minor,
        shipping_minor=event.shipping_minor,
        occurred_at=event.occurred_at,
        **more,
    )


def on_dispute_opened(payload: Payload) -> None:
    """A buyer's bank disputes a payment: the cooperatives' shares are held."""
    book_disputes.open_dispute(_dispute(payment_events.DisputeOpened.model_validate(payload)))


def on_dispute_won(payload: Payload) -> None:
    """A dispute was won: what was held is released."""
    book_disputes.win_dispute(_dispute(payment_events.DisputeWon.model_validate(payload)))


def on_dispute_lost(payload: Payload) -> None:
    """A dispute was lost: a cost allocation rule says who bears it."""
    book_disputes.lose_dispute(_dispute(payment_events.DisputeLost.model_validate(payload)))


def on_payment_fee_charged(payload: Payload) -> None:
    """A provider charged a fee: it is the programme's cost."""
    event = PaymentFeeCharged.model_validate(payload)
    book_provider_fees.book_fee(
        key=event.key,
        provider=event.provider,
        order_id=event.order_id,
        fee=Money(event.fee_minor, event.currency),
        occurred_at=event.occurred_at,
    )


def on_provider_paid_out(payload: Payload) -> None:
    """A provider paid out to the programme's bank."""
    event = ProviderPaidOut.model_validate(payload)
    book_provider_fees.book_provider_payout(
        key=event.key,
        provider=event.provider,
        amount=Money(event.amount_minor, event.currency),
        reference=event.reference,
        occurred_at=event.occurred_at,
    )


def _dispute(event: payment_events.Dispute) -> Dispute:
    return Dispute(
        dispute_id=event.dispute_id,
        order_id=event.order_id,
        amount_minor=event.amount_minor,
        currency=event.currency,
        fee_minor=event.fee_minor,
        occurred_at=event.occurred_at,
    )
