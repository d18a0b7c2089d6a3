"""The movements of a cooperative's available balance in one currency, read page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, overload
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from marketplace.ledger.accounting.pieces import piece_of, sale_of
from marketplace.ledger.chart import VOUCHER_ACCOUNTS, AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.orders.models import VendorOrder
from marketplace.payouts.models import LineState, PayoutLine
from vendors.scoping import CooperativeScope

SALES = (
    *(Cause.PAYMENT_CAPTURED, Cause.PARCEL_DELIVERED, Cause.CASH_REMITTED),
    *(Cause.REFUND_MADE, Cause.ORDER_CANCELLED, Cause.ORDER_PLACED),
    *(Cause.DISPUTE_OPENED, Cause.DISPUTE_WON, Cause.DISPUTE_LOST),
)
# Lines whose money became available again.
UNPAID = (LineState.FREED, LineState.RETURNED)
_COLUMNS = (
    *("id", "key", "booked_on", "cause", "memo", "sale_id", "payout_line_id"),
    *("released", "commission", "tax", "voucher"),
)
_CHUNK_SIZE = 500


@dataclass(frozen=True)
class StatementRow:
    """One movement of the available balance, in minor units.

    ``gross`` less ``commission`` and the tax on it is ``amount``. ``is_recovery``: the refund of an
    order already paid out, recovered from later sales.
    """

    booked_on: date
    cause: str
    number: str
    gross_minor: int
    commission_minor: int
    tax_minor: int
    amount_minor: int
    balance_minor: int
    # What of ``gross_minor`` a voucher paid that the programme or a region bears.
    voucher_minor: int = 0
    is_recovery: bool = False
    payout_line_id: UUID | None = None

    @property
    def is_sale(self) -> bool:
        """Whether gross and commission apply: not for payments and conversions."""
        return self.cause in SALES

    @property
    def label(self) -> str:
        """Why the balance changed, in the reader's language."""
        if self.is_recovery:
            return _("refund after your payout; later sales make up for it")
        return str(Cause(self.cause).label)


def balance_movements(scope: CooperativeScope, currency: str) -> "QuerySet[Any]":
    """The transactions that change the available balance, with their amounts, in order."""

    def credited(*codes: AccountCode) -> Coalesce:
        own = Q(entries__account__code__in=codes)
        return Coalesce(-Sum("entries__amount_minor", filter=own, default=0), 0)

    found: QuerySet[Any] = (
        LedgerTransaction.objects.within(scope)
        .filter(entries__currency=currency)
        .annotate(
            released=credited(AccountCode.RELEASED),
            commission=credited(AccountCode.COMMISSION),
            tax=credited(AccountCode.TAX_PAYABLE),
            voucher=-credited(*VOUCHER_ACCOUNTS),
        )
        .exclude(released=0)
        .order_by("booked_on", "id")
    )
    return found


class Movements:
    """Movements, each with the balance after it: iterate over all, or slice for a page."""

    def __init__(
        self,
        scope: CooperativeScope,
        query: "QuerySet[Any]",
        currency: str,
        opening_minor: int,
        count: int | None = None,
    ) -> None:
        self._scope, self._query = scope, query
        self._currency, self._opening, self._known_count = currency, opening_minor, count

    @cached_property
    def _count(self) -> int:
        return int(self._query.count()) if self._known_count is None else self._known_count

    @cached_property
    def total_minor(self) -> int:
        """Their sum, in minor units."""
        return int(self._query.aggregate(total=Sum("released", default=0))["total"])

    def __len__(self) -> int:
        return self._count

    def __bool__(self) -> bool:
        return self._count > 0

    def __iter__(self) -> Iterator[StatementRow]:
        return self._rows(self._query, self._opening)

    @overload
    def __getitem__(self, part: int) -> StatementRow: ...
    @overload
    def __getitem__(self, part: slice) -> list[StatementRow]: ...
    def __getitem__(self, part: int | slice) -> StatementRow | list[StatementRow]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first = part.start or 0
        before = self._query[:first].aggregate(total=Sum("released"))["total"] if first else 0
        return list(self._rows(self._query[part], self._opening + int(before or 0)))

    def _rows(self, query: "QuerySet[Any]", balance: int) -> Iterator[StatementRow]:
        found = query.values_list(*_COLUMNS).iterator(chunk_size=_CHUNK_SIZE)
        while batch := list(islice(found, _CHUNK_SIZE)):
            rows = [(sale_of(row[1], row[5]), *row) for row in batch]
            numbers = _numbers(self._scope, {row[0] for row in rows if row[0]})
            recovered = self._recoveries(batch)
            for sale, pk, key, day, cause, memo, _id, line, *amounts in rows:
                released, commission, tax, voucher = amounts
                balance += released
                number, remark = piece_of(
                    Cause(cause),
                    transaction_id=pk,
                    key=key,
                    memo=memo,
                    sale_number=numbers.get(sale) if sale else None,
                )
                yield StatementRow(
                    booked_on=day,
                    cause=cause,
                    number=f"{number} {remark}".strip(),
                    gross_minor=released + commission + tax,
                    commission_minor=commission,
                    tax_minor=tax,
                    voucher_minor=voucher,
                    amount_minor=released,
                    balance_minor=balance,
                    is_recovery=pk in recovered,
                    payout_line_id=line,
                )

    def _recoveries(self, batch: list[tuple[Any, ...]]) -> set[int]:
        """Those of the movements that refund a sale already paid out."""
        refunds = {row[0]: row[5] for row in batch if row[3] == Cause.REFUND_MADE}
        if not refunds:
            return set()
        sales = balance_movements(self._scope, self._currency).filter(
            sale_id__in=set(refunds.values())
        )
        firsts: dict[UUID, int] = {}
        for sale, key in sales.values_list("sale_id", "id"):
            firsts[sale] = min(key, firsts.get(sale, key))
        return {
            key
            for key, sale in refunds.items()
            if any(firsts.get(sale, key) < paid < key for paid in self._paid)
        }

    @cached_property
    def _paid(self) -> list[int]:
        rows = payout_reservations(self._scope, self._currency)
        return list(rows.values_list("id", flat=True))


def payout_reservations(scope: CooperativeScope, currency: str) -> "QuerySet[Any]":
    """The movements that reserved the balance for payments, without those that failed."""
    lines = PayoutLine.objects.within(scope).filter(run__currency=currency)
    return (
        LedgerTransaction.objects.within(scope)
        .filter(cause=Cause.PAYOUT_RESERVED)
        .filter(payout_line_id__in=lines.exclude(state__in=UNPAID).values("pk"))
        .order_by("id")
    )


def movements_paid_by(scope: CooperativeScope, line: PayoutLine) -> Movements:
    """The movements that a payment pays: those since the cooperative's payment before it."""
    currency = line.run.currency
    this = (
        LedgerTransaction.objects.within(scope)
        .filter(cause=Cause.PAYOUT_RESERVED, payout_line_id=line.pk)
        .first()
    )
    query = balance_movements(scope, currency)
    if this is None:
        return Movements(scope, query.none(), currency, 0)
    before = _reserved_before(scope, currency, this)
    query = query.filter(id__lt=this.pk, id__gt=before.pk if before else 0)
    return Movements(scope, query.filter(sale_id__isnull=False), currency, 0)


def _reserved_before(
    scope: CooperativeScope, currency: str, this: LedgerTransaction
) -> LedgerTransaction | None:
    """The payment before this one, as it was known then: one that failed later still counts."""
    rows = LedgerTransaction.objects.within(scope).filter(id__lt=this.pk)
    failed = rows.filter(cause__in=[Cause.PAYOUT_FREED, Cause.PAYOUT_RETURNED])
    lines = PayoutLine.objects.within(scope).filter(run__currency=currency)
    reserved = rows.filter(
        cause=Cause.PAYOUT_RESERVED, payout_line_id__in=lines.values("pk")
    ).exclude(payout_line_id__in=failed.values("payout_line_id"))
    found: LedgerTransaction | None = reserved.order_by("id").last()
    return found


def _numbers(scope: CooperativeScope, sale_ids: set[UUID]) -> dict[UUID, str]:
    """The numbers of vendor orders, by id."""
    orders = VendorOrder.objects.within(scope).filter(pk__in=sale_ids)
    found = dict(orders.values_list("pk", "number"))
    return {sale_id: found.get(sale_id, str(sale_id)[:8]) for sale_id in sale_ids}
