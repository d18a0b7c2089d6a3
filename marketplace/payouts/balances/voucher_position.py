"""The part of a voucher that the programme or a region bears, on the accounts of a sale.

From the payment on it is a cost, and payable to the cooperative, in proportion to what of each line
is paid and neither refunded, lost nor cancelled. It becomes the cooperative's together with the
line. Each part is rounded down on the whole amount of the line so far, so that parts add up to it.
"""

from uuid import UUID

from marketplace.ledger.chart import AccountCode as Code
from marketplace.payouts.balances.sale_totals import SaleTotals, SoldLine

# Who bears it, and the account of that cost; what a cooperative bears itself is no cost of ours.
COSTS = {"programme": Code.VOUCHER_COST, "region": Code.VOUCHER_REGION}


def with_vouchers(sold: list[SoldLine], amounts: dict[UUID, int]) -> dict[UUID, int]:
    """Amounts by line with what the voucher adds to them for the cooperative."""
    return {
        line.line_id: amounts[line.line_id] + line.voucher_part(amounts[line.line_id])
        for line in sold
    }


def book_vouchers(
    known: SaleTotals,
    net: dict[UUID, int],
    released: dict[UUID, int],
    balances: dict[Code, int],
    *,
    is_cash: bool,
) -> None:
    """Add the cost of the voucher to a sale's balances, and what of it is not released yet."""
    kept = _kept(known, net, is_cash=is_cash)
    for line in known.sold:
        if not line.voucher_minor:
            continue
        given = line.voucher_part(released[line.line_id])
        cost = max(line.voucher_part(kept[line.line_id]), given)
        code = COSTS[line.voucher_by]
        balances[code] = balances.get(code, 0) + cost
        balances[Code.VOUCHER_PAYABLE] = balances.get(Code.VOUCHER_PAYABLE, 0) - (cost - given)


def _kept(known: SaleTotals, net: dict[UUID, int], *, is_cash: bool) -> dict[UUID, int]:
    """What of each line is paid and stays paid; amounts without a line fill the lines in order."""
    paid = known.delivered if is_cash else known.captured
    left = max(0, paid.goods - known.refunded.goods - known.dispute_lost.goods)
    left += min(known.refund_borne.goods + known.dispute_borne.goods, max(0, paid.goods - left))
    most = net if is_cash else _not_gone(known, net)
    kept: dict[UUID, int] = {}
    for line in known.sold:
        kept[line.line_id] = min(most[line.line_id], left)
        left -= kept[line.line_id]
    return kept


def _not_gone(known: SaleTotals, net: dict[UUID, int]) -> dict[UUID, int]:
    """What of each line was neither refunded (unless the programme bears that) nor cancelled."""
    refunded, borne = known.refunded.spread(known.sold), known.refund_borne.spread(known.sold)
    cancelled = known.cancelled.spread(known.sold)
    found = {}
    for line in known.sold:
        key = line.line_id
        stays = line.total_minor - refunded[key] + borne[key]
        owed = max(0, min(stays - net[key], cancelled[key] - refunded[key]))
        found[key] = max(0, stays - owed)
    return found
