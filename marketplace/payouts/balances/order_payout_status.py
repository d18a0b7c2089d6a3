"""What became of an order's money, part by part: waiting, available, and in which payout."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from marketplace.ledger.chart import AccountCode, Cause, owed
from marketplace.ledger.models import Entry, LedgerTransaction
from marketplace.payouts.models import PayoutLine
from vendors.scoping import CooperativeScope

_ENDED_UNPAID = ("freed", "returned")


@dataclass(frozen=True)
class SaleMoney:
    """One cooperative's share of an order in one currency, in minor units.

    ``held_minor`` waits for delivery; ``released_minor`` became the cooperative's, commission
    with the VAT on it taken. ``payout`` is the line of the run into which that went, or None while
    it waits for one.
    """

    currency: str
    held_minor: int
    released_minor: int
    commission_minor: int
    payout: PayoutLine | None


def money_of_sale(scope: CooperativeScope, sale_id: UUID) -> list[SaleMoney]:
    """The money of a vendor order by currency; nothing before the first posting.

    A payout takes a cooperative's whole available balance, not single sales: a share belongs to
    the first run prepared after it became available.
    """
    sums = (
        Entry.objects.within(scope)
        .filter(transaction__sale_id=sale_id)
        .values_list("currency", "account__code")
        .annotate(total=Sum("amount_minor"))
        .order_by("currency")
    )
    booked: dict[str, dict[str, int]] = {}
    for currency, code, total in sums:
        booked.setdefault(currency, {})[code] = owed(total)
    commissions = _commissions(scope, sale_id)
    return [
        SaleMoney(
            currency=currency,
            held_minor=amounts.get(AccountCode.HELD, 0),
            released_minor=amounts.get(AccountCode.RELEASED, 0),
            commission_minor=commissions.get(currency, 0),
            payout=_payout(scope, sale_id, currency) if amounts.get(AccountCode.RELEASED) else None,
        )
        for currency, amounts in booked.items()
    ]


def _commissions(scope: CooperativeScope, sale_id: UUID) -> dict[str, int]:
    transactions = LedgerTransaction.objects.within(scope).filter(sale_id=sale_id)
    entries = transactions.filter(
        entries__account__code__in=[AccountCode.COMMISSION, AccountCode.TAX_PAYABLE]
    )
    sums = entries.values_list("entries__currency").annotate(total=Sum("entries__amount_minor"))
    return {currency: owed(total) for currency, total in sums.order_by()}


def _payout(scope: CooperativeScope, sale_id: UUID, currency: str) -> PayoutLine | None:
    rows = LedgerTransaction.objects.within(scope)
    released = rows.filter(
        sale_id=sale_id,
        entries__account__code=AccountCode.RELEASED,
        entries__currency=currency,
    )
    last = released.order_by("-id").first()
    if last is None:
        return None
    reserved = rows.filter(cause=Cause.PAYOUT_RESERVED, id__gt=last.pk)
    lines = PayoutLine.objects.within(scope).filter(
        pk__in=reserved.values("payout_line_id"), run__currency=currency
    )
    found: PayoutLine | None = (
        lines.exclude(state__in=_ENDED_UNPAID).select_related("run").order_by("run__prepared_at")
    ).first()
    return found
