"""The commission that a document covers, from the ledger; amounts in minor units."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from marketplace.ledger.chart import AccountCode, owed
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.documents.models import CommissionInvoice
from marketplace.payouts.models import FrozenCommission
from marketplace.payouts.statements.lines import next_month
from vendors.models import Programme
from vendors.scoping import CooperativeScope


@dataclass(frozen=True)
class PostedCommission:
    """Commission of a cooperative in a currency, and the VAT posted on it."""

    commission_minor: int
    tax_minor: int


@dataclass(frozen=True)
class MonthSales:
    """A month's sales: their number, the amount that commission was taken of, the commission."""

    sales: int
    base_minor: int
    net_minor: int


def commission_due(
    programme: Programme, cooperative_id: UUID, currency: str, until: date
) -> PostedCommission:
    """What was posted before ``until`` and is not covered by a document."""
    posted = _posted(programme, cooperative_id, currency, Q(booked_on__lt=until))
    documents = CommissionInvoice.objects.within(CooperativeScope(cooperative_id))
    covered = documents.filter(programme=programme, currency=currency).aggregate(
        commission=Sum("covers_commission_minor", default=0), tax=Sum("covers_tax_minor", default=0)
    )
    return PostedCommission(
        posted.commission_minor - covered["commission"], posted.tax_minor - covered["tax"]
    )


def sales_of_month(
    programme: Programme, cooperative_id: UUID, currency: str, month: date
) -> MonthSales:
    """The sales with commission posted in a month (its first day)."""
    in_month = Q(booked_on__gte=month, booked_on__lt=next_month(month))
    rows = LedgerTransaction.objects.within(CooperativeScope(cooperative_id)).filter(
        in_month, book__programme=programme, entries__account__code=AccountCode.COMMISSION
    )
    posted = _posted(programme, cooperative_id, currency, in_month)
    released = LedgerTransaction.objects.within(CooperativeScope(cooperative_id)).filter(
        pk__in=rows.values("pk"),
        entries__account__code=AccountCode.RELEASED,
        entries__currency=currency,
    )
    share = owed(released.aggregate(total=Sum("entries__amount_minor", default=0))["total"])
    return MonthSales(
        sales=rows.filter(entries__currency=currency).values("sale_id").distinct().count(),
        base_minor=share + posted.commission_minor + posted.tax_minor,
        net_minor=posted.commission_minor,
    )


def vat_rates(cooperative_id: UUID, currency: str, month: date) -> list[int]:
    """The rates, in basis points, of the VAT posted in a month, or else at any time before."""
    scope = CooperativeScope(cooperative_id)
    taxed = LedgerTransaction.objects.within(scope).filter(
        entries__account__code=AccountCode.TAX_PAYABLE,
        entries__currency=currency,
        booked_on__lt=next_month(month),
    )
    lines = FrozenCommission.objects.within(scope).filter(vat_bp__gt=0)
    for rows in (taxed.filter(booked_on__gte=month), taxed):
        found = lines.filter(sale_id__in=rows.values("sale_id")).values_list("vat_bp", flat=True)
        if rates := sorted(set(found)):
            return rates
    return []


def _posted(programme: Programme, cooperative_id: UUID, currency: str, when: Q) -> PostedCommission:
    def total(code: AccountCode) -> Sum:
        wanted = Q(entries__account__code=code, entries__currency=currency)
        return Sum("entries__amount_minor", filter=wanted, default=0)

    rows = LedgerTransaction.objects.within(CooperativeScope(cooperative_id))
    sums = rows.filter(when, book__programme=programme, sale_id__isnull=False).aggregate(
        commission=total(AccountCode.COMMISSION), tax=total(AccountCode.TAX_PAYABLE)
    )
    return PostedCommission(owed(sums["commission"]), owed(sums["tax"]))
