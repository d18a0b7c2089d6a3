"""A cooperative's statement: what became available in a month, what was paid, and from what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from marketplace.core.money import Money, exponent
from marketplace.orders.models import VendorOrder
from marketplace.payouts.ledger.chart import AccountCode, Cause
from marketplace.payouts.models import Entry, LedgerTransaction, PayoutLine
from vendors.scoping import CooperativeScope


@dataclass(frozen=True)
class StatementRow:
    """One movement of the available balance; ``gross`` less ``commission`` is ``amount``."""

    booked_on: date
    cause: str
    number: str
    gross_minor: int
    commission_minor: int
    amount_minor: int
    balance_minor: int

    @property
    def is_sale(self) -> bool:
        """Whether gross and commission say anything: not for payments and conversions."""
        return not _is_payment(self.cause) and self.cause != Cause.CONVERSION

    @property
    def label(self) -> str:
        """Why it moved, in the reader's language."""
        return str(Cause(self.cause).label)


@dataclass(frozen=True)
class Statement:
    """A month in one currency: opening balance, movements, closing balance."""

    month: date
    currency: str
    opening_minor: int
    rows: list[StatementRow]
    closing_minor: int

    @property
    def earned_minor(self) -> int:
        """What sales added less what refunds took, after commission."""
        return sum(row.amount_minor for row in self.rows if not _is_payment(row.cause))

    @property
    def paid_minor(self) -> int:
        """What left for the bank, less what came back."""
        return -sum(row.amount_minor for row in self.rows if _is_payment(row.cause))


def statements(scope: CooperativeScope, month: date) -> list[Statement]:
    """The statements of a month, one for each currency that moved or stands; ``month`` any day."""
    first = month.replace(day=1)
    released = Entry.objects.within(scope).filter(account__code=AccountCode.RELEASED)
    opening = dict(
        released.filter(transaction__booked_on__lt=first)
        .values_list("currency")
        .annotate(total=Sum("amount_minor"))
        .order_by()
    )
    moved = _movements(scope, first)
    currencies = sorted({currency for row in moved for currency in row.currencies} | set(opening))
    numbers = _numbers(moved)
    found = [_statement(first, c, -opening.get(c, 0), moved, numbers) for c in currencies]
    return [s for s in found if s.rows or s.opening_minor]


def months(scope: CooperativeScope) -> list[date]:
    """The months in which the available balance moved, the newest first."""
    days = (
        LedgerTransaction.objects.within(scope)
        .filter(entries__account__code=AccountCode.RELEASED)
        .dates("booked_on", "month", order="DESC")
    )
    return list(days)


@dataclass(frozen=True)
class _Movement:
    transaction: LedgerTransaction
    released: dict[str, int]
    commission: dict[str, int]

    @property
    def currencies(self) -> set[str]:
        return set(self.released)


def _movements(scope: CooperativeScope, first: date) -> list[_Movement]:
    found = (
        LedgerTransaction.objects.within(scope)
        .filter(booked_on__gte=first, booked_on__lt=_next_month(first))
        .filter(entries__account__code=AccountCode.RELEASED)
        .distinct()
        .order_by("booked_on", "id")
        .prefetch_related("entries__account")
    )
    return [
        _Movement(
            row,
            _sums(row.entries.all(), AccountCode.RELEASED),
            _sums(row.entries.all(), AccountCode.COMMISSION),
        )
        for row in found
    ]


def _sums(entries: Iterable[Entry], code: AccountCode) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in entries:
        if entry.account.code == code:
            found[entry.currency] = found.get(entry.currency, 0) - entry.amount_minor
    return found


def _statement(
    month: date, currency: str, opening: int, moved: list[_Movement], numbers: dict[UUID, str]
) -> Statement:
    balance, rows = opening, []
    for movement in moved:
        amount = movement.released.get(currency)
        if not amount:
            continue
        balance += amount
        commission = movement.commission.get(currency, 0)
        row = movement.transaction
        rows.append(
            StatementRow(
                booked_on=row.booked_on,
                cause=row.cause,
                number=numbers.get(row.sale_id, row.memo) if row.sale_id else row.memo,
                gross_minor=amount + commission,
                commission_minor=commission,
                amount_minor=amount,
                balance_minor=balance,
            )
        )
    return Statement(month, currency, opening, rows, balance)


def _numbers(moved: list[_Movement]) -> dict[UUID, str]:
    """The vendor orders' numbers, as the cooperative knows them."""
    ids = {m.transaction.sale_id for m in moved if m.transaction.sale_id}
    owners = {m.transaction.cooperative_id for m in moved if m.transaction.cooperative_id}
    found: dict[UUID, str] = {}
    for owner in owners:
        orders = VendorOrder.objects.within(CooperativeScope(owner)).filter(pk__in=ids)
        found.update(orders.values_list("pk", "number"))
    return {sale_id: found.get(sale_id, str(sale_id)[:8]) for sale_id in ids}


def sale_rows(scope: CooperativeScope, line: PayoutLine) -> list[StatementRow]:
    """What a payment is made of: the movements since the cooperative's payment before it."""
    reserved = (
        LedgerTransaction.objects.within(scope).filter(cause=Cause.PAYOUT_RESERVED).order_by("id")
    )
    this = reserved.filter(payout_line_id=line.pk).first()
    if this is None:
        return []
    before = reserved.filter(id__lt=this.pk).exclude(
        payout_line_id__in=PayoutLine.objects.within(scope)
        .filter(state__in=["freed", "returned"])
        .values("pk")
    )
    since = before.last()
    found = (
        LedgerTransaction.objects.within(scope)
        .filter(id__lt=this.pk, id__gt=since.pk if since else 0, sale_id__isnull=False)
        .filter(entries__account__code=AccountCode.RELEASED, entries__currency=line.run.currency)
        .distinct()
        .order_by("booked_on", "id")
        .prefetch_related("entries__account")
    )
    moved = [
        _Movement(
            row,
            _sums(row.entries.all(), AccountCode.RELEASED),
            _sums(row.entries.all(), AccountCode.COMMISSION),
        )
        for row in found
    ]
    return _statement(this.booked_on, line.run.currency, 0, moved, _numbers(moved)).rows


def plain_amount(amount_minor: int, currency: str) -> str:
    """An amount for programs: a point, the currency's decimals, no grouping."""
    return f"{Money(amount_minor, currency).decimal:.{exponent(currency)}f}"


def _is_payment(cause: str) -> bool:
    return cause in {Cause.PAYOUT_RESERVED, Cause.PAYOUT_FREED, Cause.PAYOUT_RETURNED}


def _next_month(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
