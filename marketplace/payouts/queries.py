"""What others may read of money: balances, payouts, the journal. Amounts in minor units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum

from marketplace.core.errors import NotFound
from marketplace.ledger.chart import COOPERATIVE_ACCOUNTS, AccountCode, owed
from marketplace.ledger.models import Book, Entry, LedgerTransaction
from marketplace.payouts.models import (
    BankReport,
    LineState,
    PayoutHold,
    PayoutLine,
    PayoutRoute,
    PayoutRun,
    Provider,
    StagedBankReport,
)
from vendors.models import Programme
from vendors.scoping import CooperativeScope, ProgrammeScope, Scope

PAGE_SIZE = 25


@dataclass(frozen=True)
class Balance:
    """What a cooperative has in one currency: coming (held), available, being paid, disputed."""

    cooperative_id: UUID
    currency: str
    held_minor: int = 0
    released_minor: int = 0
    in_run_minor: int = 0
    disputed_minor: int = 0


@dataclass(frozen=True)
class AccountBalance:
    """An account of a book in one currency, debit positive; cooperatives' shares summed."""

    code: AccountCode
    currency: str
    amount_minor: int

    @property
    def label(self) -> str:
        """The account's name in the reader's language."""
        return str(self.code.label)


def balances(scope: Scope, *, cooperatives: Iterable[UUID] | None = None) -> list[Balance]:
    """Balances in a scope, of some ``cooperatives`` or of all, by cooperative and currency.

    Where everything came to zero again, the balance is left out.
    """
    entries = Entry.objects.within(scope).filter(account__code__in=COOPERATIVE_ACCOUNTS)
    if cooperatives is not None:
        entries = entries.filter(account__cooperative__in=cooperatives)
    sums = (
        entries.values_list("account__cooperative_id", "currency", "account__code")
        .annotate(total=Sum("amount_minor"))
        .order_by("account__cooperative_id", "currency")
    )
    found: dict[tuple[UUID, str], dict[str, int]] = {}
    for cooperative_id, currency, code, total in sums:
        found.setdefault((cooperative_id, currency), {})[f"{code}_minor"] = owed(total)
    return [
        Balance(cooperative_id, currency, **amounts)
        for (cooperative_id, currency), amounts in found.items()
        if any(amounts.values())
    ]


def account_balances(programme: Programme) -> list[AccountBalance]:
    """The balance of every account of a programme's book, in the order of the chart."""
    book = Book.objects.filter(programme=programme).first()
    if book is None:
        return []
    sums = {
        (code, currency): total
        for code, currency, total in book.accounts.values_list("code", "currency")
        .annotate(total=Sum("entries__amount_minor"))
        .order_by()
    }
    currencies = sorted({currency for _, currency in sums})
    return [
        AccountBalance(code, currency, sums[code.value, currency])
        for currency in currencies
        for code in AccountCode
        if sums.get((code.value, currency))
    ]


def holds(scope: ProgrammeScope, *, page: int | str = 1) -> Page[PayoutHold]:
    """The cooperatives whose payouts are held now, the newest hold first."""
    found = PayoutHold.objects.within(scope).filter(lifted_at__isnull=True)
    found = found.select_related("cooperative__programme", "placed_by").order_by("-placed_at")
    return Paginator(found, PAGE_SIZE).get_page(page)


def hold(scope: ProgrammeScope, hold_id: int) -> PayoutHold:
    """One hold; raises NotFound."""
    found: PayoutHold | None = (
        PayoutHold.objects.within(scope)
        .select_related("cooperative__programme")
        .filter(pk=hold_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def hold_at(scope: CooperativeScope, moment: datetime) -> PayoutHold | None:
    """The hold that a payout prepared at a moment met, if there was one."""
    found: PayoutHold | None = (
        PayoutHold.objects.within(scope)
        .filter(Q(lifted_at=None) | Q(lifted_at__gt=moment), placed_at__lte=moment)
        .order_by("-placed_at")
        .first()
    )
    return found


def routes(scope: ProgrammeScope, *, page: int | str = 1) -> Page[PayoutRoute]:
    """The cooperatives that are not paid by a bank file, by name."""
    found = PayoutRoute.objects.within(scope).filter(replaced_at__isnull=True)
    found = found.select_related("cooperative__programme", "added_by", "confirmed_by")
    return Paginator(found.order_by("cooperative__slug"), PAGE_SIZE).get_page(page)


def route(scope: ProgrammeScope, route_id: int) -> PayoutRoute:
    """One route; raises NotFound."""
    found: PayoutRoute | None = (
        PayoutRoute.objects.within(scope)
        .select_related("cooperative__programme")
        .filter(pk=route_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def payout_methods_in_use(scope: ProgrammeScope) -> list[Provider]:
    """The ways by which cooperatives are paid, the bank file first."""
    rows = PayoutRoute.objects.within(scope).filter(replaced_at__isnull=True)
    used = set(rows.order_by().values_list("provider", flat=True).distinct())
    return [p for p in Provider if p in used or p == Provider.BANK_BATCH]


def bank_reports(scope: ProgrammeScope, *, page: int | str = 1) -> Page[BankReport]:
    """The applied bank reports, the latest first, each with its number of payments."""
    found: QuerySet[BankReport] = (
        BankReport.objects.filter(programme_id=scope.programme_id)
        .select_related("applied_by")
        .defer("content")
        .annotate(item_count=Count("items"))
        .order_by("-applied_at")
    )
    return Paginator(found, PAGE_SIZE).get_page(page)


def staged_bank_report(scope: ProgrammeScope, report_id: UUID) -> StagedBankReport:
    """A report that is not applied yet; raises NotFound."""
    found = StagedBankReport.objects.filter(programme_id=scope.programme_id, pk=report_id).first()
    if found is None:
        raise NotFound
    return found


def runs(scope: ProgrammeScope, *, page: int | str = 1) -> Page[PayoutRun]:
    """The payout runs of a programme, the newest first, with how many lines wait."""
    found: QuerySet[PayoutRun] = (
        PayoutRun.objects.filter(programme_id=scope.programme_id)
        .select_related("prepared_by", "approved_by")
        .annotate(waiting_count=Count("lines", filter=Q(lines__state__in=["held", "carried"])))
        .order_by("-prepared_at", "-reference")
    )
    return Paginator(found, PAGE_SIZE).get_page(page)


def run(scope: ProgrammeScope, reference: str) -> PayoutRun:
    """A run of the programme by its reference; raises NotFound."""
    found = (
        PayoutRun.objects.select_related("programme", "prepared_by", "approved_by", "sent_by")
        .filter(programme_id=scope.programme_id, reference=reference)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def run_lines(
    scope: ProgrammeScope, of_run: PayoutRun, *, states: Iterable[str] = (), page: int | str = 1
) -> Page[PayoutLine]:
    """Lines of a run, by position, of some states or all."""
    found = PayoutLine.objects.within(scope).filter(run=of_run).select_related("cooperative")
    if wanted := list(states):
        found = found.filter(state__in=wanted)
    return Paginator(found.order_by("position"), PAGE_SIZE).get_page(page)


def run_line(scope: Scope, of_run: PayoutRun, line_id: UUID) -> PayoutLine:
    """One line of a run; raises NotFound."""
    found = PayoutLine.objects.within(scope).select_related("run__programme", "cooperative")
    line: PayoutLine | None = found.filter(run=of_run, pk=line_id).first()
    if line is None:
        raise NotFound
    return line


@dataclass(frozen=True)
class StateTally:
    """Lines of a run in one state: how many, and their sum in minor units."""

    state: LineState
    count: int
    amount_minor: int


def tallies(scope: ProgrammeScope, of_run: PayoutRun) -> dict[str, StateTally]:
    """How many lines of a run stand where."""
    rows = (
        PayoutLine.objects.within(scope)
        .filter(run=of_run)
        .values_list("state")
        .annotate(count=Count("id"), total=Sum("amount_minor"))
        .order_by()
    )
    return {state: StateTally(LineState(state), count, total) for state, count, total in rows}


def payments(scope: CooperativeScope, *, page: int | str = 1) -> Page[PayoutLine]:
    """The payments of a cooperative, the newest first; payouts that were not approved left out."""
    found = (
        PayoutLine.objects.within(scope)
        .exclude(state=LineState.FREED)
        .exclude(run__state__in=["draft", "prepared", "sent_back"])
        .select_related("run")
        .order_by("-run__prepared_at")
    )
    return Paginator(found, PAGE_SIZE).get_page(page)


def payment(scope: CooperativeScope, line_id: UUID) -> PayoutLine:
    """One payment of a cooperative; raises NotFound."""
    found = PayoutLine.objects.within(scope).exclude(state=LineState.FREED)
    line: PayoutLine | None = found.select_related("run").filter(pk=line_id).first()
    if line is None:
        raise NotFound
    return line


def last_return(scope: CooperativeScope) -> PayoutLine | None:
    """The cooperative's newest payment if the bank sent it back and none went through since."""
    found: PayoutLine | None = (
        PayoutLine.objects.within(scope)
        .filter(state__in=[LineState.RETURNED, LineState.SETTLED])
        .select_related("run")
        .order_by("-run__prepared_at")
        .first()
    )
    return found if found is not None and found.state == LineState.RETURNED else None


def journal(
    programme: Programme, *, cause: str = "", page: int | str = 1
) -> Page[LedgerTransaction]:
    """The movements of a programme's book with their entries, the newest first."""
    book = Book.objects.filter(programme=programme).first() or Book(programme=programme)
    found = (
        book.transactions.select_related("cooperative")
        .prefetch_related("entries__account")
        .order_by("-booked_on", "-id")
    )
    if cause:
        found = found.filter(cause=cause)
    return Paginator(found, PAGE_SIZE).get_page(page)
