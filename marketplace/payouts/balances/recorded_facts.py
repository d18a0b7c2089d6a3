"""What is recorded of sales: their facts, their lines, and both summed by kind."""

from collections.abc import Collection, Sequence
from uuid import UUID

from marketplace.payouts.balances.facts import PLACED
from marketplace.payouts.balances.sale_totals import SaleTotals, SoldLine
from marketplace.payouts.models import FrozenCommission, Sale, SaleFact
from vendors.scoping import Crossing


def facts_of(sale_ids: Collection[UUID]) -> dict[UUID, list[SaleFact]]:
    """The facts of each sale, as they were recorded."""
    found: dict[UUID, list[SaleFact]] = {sale_id: [] for sale_id in sale_ids}
    rows = SaleFact.objects.crossing(Crossing.LEDGER_POSTING).filter(sale_id__in=found)
    for row in rows.order_by("id"):
        found[row.sale_id].append(row)
    return found


def sold_in(sale_ids: Collection[UUID]) -> dict[UUID, list[SoldLine]]:
    """The lines of each sale with their frozen commission, in their order."""
    found: dict[UUID, list[SoldLine]] = {sale_id: [] for sale_id in sale_ids}
    rows = FrozenCommission.objects.crossing(Crossing.LEDGER_POSTING).filter(sale_id__in=found)
    for row in rows.order_by("position"):
        vat = (row.vat_bp, row.vat_included)
        voucher = (row.voucher_minor, row.voucher_by)
        line = SoldLine(row.line_id, row.total_minor, row.rate_bp, *vat, *voucher)
        found[row.sale_id].append(line)
    return found


def known_of(sale: Sale, sold: list[SoldLine], facts: Sequence[SaleFact]) -> SaleTotals:
    """The lines and facts of a sale, summed by kind."""
    known = SaleTotals(method=sale.payment_method, sold=sold)
    for fact in facts:
        if fact.kind != PLACED:
            by_line: dict[UUID, int] = {}
            for line_id, _quantity, amount in fact.lines:
                by_line[UUID(line_id)] = by_line.get(UUID(line_id), 0) + amount
            getattr(known, fact.kind).add(fact.goods_minor, fact.shipping_minor, by_line)
    return known
