"""The payout status of an order's parts: held, released, and in which payout."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from marketplace.ledger.chart import AccountCode, Cause, owed
from marketplace.ledger.models import Entry, LedgerTransaction
from marketplace.payouts.models import PayoutLine
from vendors.scoping import CooperativeScope

_ENDED_UNPAID = ("freed", "returned")


@dataclass(frozen=True)
class SalePayoutStatus:
    """One cooperative's share of an order in one currency, in minor units.

    ``held_minor`` awaits delivery; ``released_minor`` is available or paid, net of commission and
    the VAT on it. ``payout`` is the payout line that includes it; None until there is one.
    """

    currency: str
    held_minor: int
    released_minor: int
    commission_minor: int
    payout: PayoutLine | None


def payout_status_of_sale(scope: CooperativeScope, sale_id: UUID) -> list[SalePayoutStatus]:
    """The payout status of a vendor order by currency; empty before the first posting.

    A payout pays a cooperative's whole available balance, not single sales: a share belongs to the
    first run prepared after it became available.
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
        SalePayoutStatus(
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
