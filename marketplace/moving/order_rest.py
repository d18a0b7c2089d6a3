"""Completion of an order created in bulk: ids, payments, allocations, returns.

Each is looked up in the new engine's order first, so that nothing is done twice.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from marketplace.moving.order_inputs import LINE_KEY, amount_of
from marketplace.moving.order_reading import BACK, Use, WantedOrder
from marketplace.moving.progress import Course
from marketplace.moving.stocks import uuid_of
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    FulfillmentStatus,
    MoneyInput,
    OrderParts,
    OrderReturnFulfillmentLineInput,
    OrderReturnProductsInput,
    TransactionActionEnum,
    TransactionCreateInput,
    TransactionEventTypeEnum,
)

REFUNDED = TransactionEventTypeEnum.REFUND_SUCCESS


def link(pairs: Sequence[tuple[WantedOrder, OrderParts]]) -> None:
    """Map the new engine's orders, lines and parcels to ours."""
    lines, parcels = [], []
    for wanted, made in pairs:
        for line in made.lines:
            told = next((m.value for m in line.metadata if m.key == LINE_KEY), "")
            if (line_id := uuid_of(told)) is not None:
                lines.append((line_id, line.id))
        by_place = {f.fulfillment_order: f for f in made.fulfillments}
        for place, parcel in enumerate(wanted.parcels, start=1):
            if parcel.parcel_id is not None and parcel.use == Use.SENT and place in by_place:
                parcels.append((parcel.parcel_id, by_place[place].id))
    ids.relink_many(ids.ORDER_LINE, lines)
    ids.relink_many(ids.FULFILLMENT, parcels)
    ids.relink_many(ids.ORDER, [(wanted.order_id, made.id) for wanted, made in pairs])


def finish(course: Course, wanted: WantedOrder, made: OrderParts) -> None:
    """Complete the order. Raises EngineRefused or EngineUnavailable."""
    _pay(course, wanted, made)
    _give_back(course, wanted, made)
    _keep(course, wanted, made)


def _pay(course: Course, wanted: WantedOrder, made: OrderParts) -> None:
    """Payments, entered by our App, so that it handles their refunds as for new orders."""
    ours = course.source.our_ids(ids.TRANSACTION, [t.id for t in wanted.order.transactions])
    present = {t.psp_reference: t for t in made.transactions}
    links = []
    for old in wanted.order.transactions:
        payment_id = ours.get(old.id) or uuid5(wanted.order_id, old.id)
        reference = old.psp_reference or f"twiza-{payment_id.hex}"
        refunds = [e for e in old.events if e.type_ == REFUNDED and e.psp_reference]
        new: Any = present.get(reference) or _enter(course, made, old, reference, refunds)
        links.append((payment_id, new.id))
        told = {e.psp_reference for e in new.events}
        for event in refunds:
            if event.psp_reference not in told:
                _report(course, new.id, event, old)
    ids.relink_many(ids.TRANSACTION, links)


def _enter(
    course: Course, made: OrderParts, old: Any, reference: str, refunds: Sequence[Any]
) -> Any:
    """The payment as it was before the refunds that are reported after it."""
    back = sum(event.amount.fractional_amount for event in refunds)
    actions = old.actions or []
    wanted = TransactionCreateInput(
        name=old.name,
        message=old.message,
        psp_reference=reference,
        available_actions=[TransactionActionEnum(action.value) for action in actions] or None,
        amount_charged=_money(old.charged_amount, back),
        amount_authorized=_money(old.authorized_amount),
        amount_refunded=_money(old.refunded_amount, -back),
        amount_canceled=_money(old.canceled_amount),
    )
    answer = course.client.create_transaction(made.id, wanted)
    found = accepted(answer.transaction_create).transaction
    assert found is not None
    return found


def _report(course: Course, transaction_id: str, event: Any, old: Any) -> None:
    """A completed refund, under its own reference and with its own date."""
    answer = course.client.report_transaction_event(
        id=transaction_id,
        type_=REFUNDED,
        psp_reference=event.psp_reference,
        amount=amount_of(event.amount),
        message=event.message,
        time=event.created_at,
        available_actions=[TransactionActionEnum(action.value) for action in old.actions or []],
    )
    accepted(answer.transaction_event_report)


def _money(money: Any, more: int = 0) -> MoneyInput | None:
    """An amount plus so many minor units of its currency; None for zero."""
    changed = money.model_copy(update={"fractional_amount": money.fractional_amount + more})
    if changed.fractional_amount <= 0:
        return None
    return MoneyInput(currency=money.currency, amount=amount_of(changed))


def _give_back(course: Course, wanted: WantedOrder, made: OrderParts) -> None:
    """Repeat the returns to the cooperatives; stock does not change."""
    for parcel in _still(wanted, made, Use.BACK):
        lines = [
            OrderReturnFulfillmentLineInput(fulfillment_line_id=row.id, quantity=row.quantity)
            for row in parcel.lines or []
        ]
        answer = course.client.return_fulfillment_products(
            made.id, OrderReturnProductsInput(fulfillment_lines=lines, refund=False)
        )
        accepted(answer.order_fulfillment_return_products)


def _keep(course: Course, wanted: WantedOrder, made: OrderParts) -> None:
    """Cancel the parcels that represent unshipped items, which allocates their stock."""
    places = {f.fulfillment_order: p for f, p in _numbered(wanted, made)}
    for parcel in _still(wanted, made, Use.HELD):
        cooperative_id: UUID = places[parcel.fulfillment_order].cooperative_id
        warehouse = ids.global_id(ids.WAREHOUSE, cooperative_id)
        answer = course.client.cancel_fulfillment(parcel.id, warehouse)
        accepted(answer.order_fulfillment_cancel)


def _still(wanted: WantedOrder, made: OrderParts, use: Use) -> Iterable[Any]:
    """The parcels of a use that are neither returned nor cancelled yet."""
    return [
        parcel
        for parcel, asked in _numbered(wanted, made)
        if asked.use == use and parcel.status == FulfillmentStatus.FULFILLED
    ]


def _numbered(wanted: WantedOrder, made: OrderParts) -> Iterable[tuple[Any, Any]]:
    """The new engine's parcels of the input with what each represents, by number."""
    by_place = {f.fulfillment_order: f for f in made.fulfillments if f.status not in BACK}
    for place, parcel in enumerate(wanted.parcels, start=1):
        if place in by_place:
            yield by_place[place], parcel
