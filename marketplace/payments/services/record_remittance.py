"""Record the cash that a carrier collected and paid to the programme.

The file is CSV with a header and the columns ``order`` (the vendor order's number), ``amount`` (in
the currency's main unit, as the reader's language writes it) and optionally ``tracking``. It is
booked whole or not at all: each vendor order once, and for exactly what its buyer had to pay.
"""

import hashlib
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.actors import Actor
from marketplace.core.amounts import AmbiguousAmount, UnreadableAmount, read_amount
from marketplace.core.audit import record
from marketplace.core.csv_table import Cells, CsvUnreadable, in_column, read_table
from marketplace.core.events import publish
from marketplace.core.formats import Format
from marketplace.core.money import Money
from marketplace.orders.models import VendorOrder
from marketplace.payments.errors import RemittanceInvalid, RemittanceKnown
from marketplace.payments.events import CashRemitted
from marketplace.payments.models import Method, Refund, RefundState, Remittance, RemittanceLine
from vendors.accounts import User
from vendors.models import Programme
from vendors.scoping import Crossing, ProgrammeScope

MAX_ROWS = 5000
COLUMNS = ("order", "amount", "tracking")

Row = tuple[VendorOrder, int]


# long: a file is booked with its lines, events and audit entry in one transaction
def record_remittance(
    *,
    programme: Programme,
    carrier: str,
    reference: str,
    received_on: date,
    content: bytes,
    by: Actor,
    scope: ProgrammeScope | None = None,
    recorded_at: datetime | None = None,
) -> Remittance:
    """Book a carrier's file; publishes CashRemitted for each vendor order.

    ``scope`` limits the orders to the regions of the person who records it.
    Raises RemittanceInvalid with (line, what is wrong) for every bad row, and
    RemittanceKnown when the file or the carrier's reference was booked before.
    """
    fingerprint = hashlib.sha256(content).hexdigest()
    if _is_known(programme, carrier, reference, fingerprint):
        raise RemittanceKnown
    with transaction.atomic():
        rows = _read(content, scope or ProgrammeScope(programme.pk))
        remittance = Remittance.objects.create(
            programme=programme,
            carrier=carrier,
            reference=reference,
            currency=rows[0][0].currency,
            total_minor=sum(amount for _order, amount in rows),
            received_on=received_on,
            file_hash=fingerprint,
            recorded_by=User.objects.of_actor(by),
        )
        lines = RemittanceLine.objects.create_all(_lines(remittance, rows))
        midday = timezone.make_aware(datetime.combine(received_on, time(12)))
        for line, (vendor_order, _amount) in zip(lines, rows, strict=True):
            publish(_event(line, vendor_order, recorded_at or midday))
        record("remittance.recorded", remittance, by=by, rows=len(rows))
    return remittance


def _is_known(programme: Programme, carrier: str, reference: str, fingerprint: str) -> bool:
    of_programme = Remittance.objects.filter(programme=programme)
    return (
        of_programme.filter(file_hash=fingerprint).exists()
        or of_programme.filter(carrier=carrier, reference=reference).exists()
    )


def _read(content: bytes, scope: ProgrammeScope) -> list[Row]:
    table = _table(content)
    orders = _vendor_orders(scope, [row["order"] for _line, row in table])
    remitted = set(
        RemittanceLine.objects.crossing(Crossing.LEDGER_POSTING)
        .filter(vendor_order_id__in=[order.pk for order in orders.values()])
        .values_list("vendor_order_id", flat=True)
    )
    rows: list[Row] = []
    problems: list[tuple[int, str]] = []
    for line, row in table:
        order = orders.get(row["order"])
        problem = _problem(row, order, remitted)
        if problem or order is None:
            problems.append((line, problem))
            continue
        remitted.add(order.pk)
        rows.append((order, due_at_door(order)))
    if problems:
        raise RemittanceInvalid(problems)
    if len({order.currency for order, _amount in rows}) > 1:
        raise RemittanceInvalid([(2, _("A file may contain only one currency."))])
    return rows


def _problem(row: dict[str, str], order: VendorOrder | None, remitted: set[Any]) -> str:
    """What is wrong with a row, in the reader's language; empty when it may be booked."""
    if order is None:
        return _("No order of this programme has this number.")
    if order.order.payment_method != Method.CASH_ON_DELIVERY:
        return _("This order was not paid in cash.")
    if order.pk in remitted:
        return _("The cash for this order has already been recorded.")
    due = Money(due_at_door(order), order.currency)
    try:
        amounts: tuple[Money, ...] = (read_amount(row["amount"], order.currency),)
    except AmbiguousAmount as ambiguous:
        # Either may be meant; only the order's own amount is booked.
        amounts = ambiguous.readings
    except UnreadableAmount as error:
        return in_column("amount", row["amount"], error)
    if due in amounts:
        return ""
    shown = Format(get_language() or "ar").money(due.amount_minor, due.currency)
    text = _("The amount differs from the order's: %(expected)s was expected.")
    return in_column("amount", row["amount"], text % {"expected": shown})


def due_at_door(vendor_order: VendorOrder) -> int:
    """What the carrier had to collect: goods and delivery, less what was refused or refunded."""
    refunds = Refund.objects.crossing(Crossing.LEDGER_POSTING).filter(
        vendor_order_id=vendor_order.pk, state=RefundState.MADE
    )
    gone: int = sum(refund.total_minor for refund in refunds)
    return vendor_order.kept_total_minor - gone


def _table(content: bytes) -> list[tuple[int, Cells]]:
    try:
        table = read_table(content, COLUMNS)
        rows = list(islice(table.rows, MAX_ROWS + 1))
    except CsvUnreadable as unreadable:
        raise RemittanceInvalid([(unreadable.line, unreadable.why)]) from None
    if not {"order", "amount"} <= set(table.columns):
        raise RemittanceInvalid([(1, _("The columns “order” and “amount” are needed."))])
    if not rows or len(rows) > MAX_ROWS:
        raise RemittanceInvalid([(1, _("The file must have between 1 and 5000 rows."))])
    return rows


def _vendor_orders(scope: ProgrammeScope, numbers: list[str]) -> dict[str, VendorOrder]:
    found = (
        VendorOrder.objects.within(scope)
        .filter(number__in=set(numbers))
        .select_related("order", "cooperative")
        .select_for_update(of=("self",))
    )
    return {order.number: order for order in found}


def _lines(remittance: Remittance, rows: list[Row]) -> list[RemittanceLine]:
    return [
        RemittanceLine(
            remittance=remittance,
            cooperative_id=order.cooperative_id,
            vendor_order_id=order.pk,
            goods_minor=amount - order.shipping_minor,
            shipping_minor=order.shipping_minor,
        )
        for order, amount in rows
    ]


def _event(line: RemittanceLine, order: VendorOrder, occurred_at: datetime) -> CashRemitted:
    return CashRemitted(
        aggregate_id=order.pk,
        occurred_at=occurred_at,
        remittance_line_id=line.pk,
        vendor_order_id=order.pk,
        order_id=order.order_id,
        cooperative_id=order.cooperative_id,
        programme_id=order.programme_id,
        currency=order.currency,
        goods_minor=line.goods_minor,
        shipping_minor=line.shipping_minor,
    )
