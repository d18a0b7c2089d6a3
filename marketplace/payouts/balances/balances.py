"""Where each cooperative's money is: held, available, payable, being paid, paid, disputed; and why.

Amounts are minor units of the row's currency, positive where they are the cooperative's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.utils import timezone

from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Entry
from marketplace.payouts.models import LineState, PayoutHold, PayoutLine, Reason
from marketplace.payouts.queries import Balance, balances
from marketplace.payouts.runs.eligibility import Judgement
from marketplace.payouts.runs.forecast import outlook
from vendors.models import Cooperative
from vendors.queries import cooperative_rows
from vendors.scoping import CooperativeScope, ProgrammeScope, Scope

COOPERATIVES_ON_A_PAGE = 25
# What a list can be narrowed to, and the account whose balance says it.
NARROWED = ("negative", "available", "held", "in_run", "disputed", "on_hold")


@dataclass(frozen=True)
class Standing:
    """A cooperative's money in one currency.

    ``payable_minor`` is what a payout prepared now would pay; ``reason`` says why that is not all
    that is available (empty: it is).
    """

    currency: str
    held_minor: int = 0
    released_minor: int = 0
    in_run_minor: int = 0
    disputed_minor: int = 0
    paid_minor: int = 0
    payable_minor: int = 0
    reason: str = ""

    @property
    def is_negative(self) -> bool:
        """Whether refunds took more than there was."""
        return self.released_minor < 0

    @property
    def waiting_minor(self) -> int:
        """What is available and not paid by a payout prepared now."""
        return max(0, self.released_minor) - self.payable_minor

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return str(Reason(self.reason).label) if self.reason else ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed to the cooperative, nor by it."""
        return not (
            self.held_minor or self.released_minor or self.in_run_minor or self.disputed_minor
        )


@dataclass(frozen=True)
class Stand:
    """A cooperative, what it has in each currency, and the hold on it if there is one."""

    cooperative: Cooperative
    purses: list[Standing] = field(default_factory=list)
    hold: PayoutHold | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed in any currency."""
        return all(purse.is_settled for purse in self.purses)


def standing(scope: CooperativeScope) -> Stand:
    """One cooperative's money; its payout currency comes first, even when nothing is in it."""
    cooperative = Cooperative.objects.within(scope).select_related("programme").get()
    return _stands(scope, [cooperative])[0]


def standings(
    scope: ProgrammeScope, *, text: str = "", only: str = "", page: int | str = 1
) -> Page[Stand]:
    """The cooperatives of a scope by name with their money, narrowed by ``text`` and ``NARROWED``.

    A page costs a few queries, however many cooperatives and sales there are.
    """
    found = cooperative_rows(scope, text=text).select_related("programme")
    if only in NARROWED:
        found = found.filter(pk__in=_narrowed(scope, only))
    pages = Paginator(found.order_by("slug"), COOPERATIVES_ON_A_PAGE)
    shown: Page[Cooperative] = pages.get_page(page)
    return Page(_stands(scope, list(shown.object_list)), shown.number, pages)


def _narrowed(scope: ProgrammeScope, only: str) -> Iterable[UUID]:
    if only == "on_hold":
        holds = PayoutHold.objects.within(scope).filter(lifted_at__isnull=True)
        return list(holds.values_list("cooperative_id", flat=True))
    code = AccountCode.RELEASED if only in {"negative", "available"} else AccountCode(only)
    sums = (
        Entry.objects.within(scope)
        .filter(account__code=code)
        .values_list("account__cooperative_id", "currency")
        .annotate(total=Sum("amount_minor"))
        .order_by()
    )
    # A debit is what the cooperative owes.
    found = sums.filter(total__gt=0) if only == "negative" else sums.filter(total__lt=0)
    return {cooperative for cooperative, _currency, _total in found}


def _stands(scope: Scope, cooperatives: list[Cooperative]) -> list[Stand]:
    ids = [cooperative.pk for cooperative in cooperatives]
    main = {(cooperative.pk, cooperative.payout_currency) for cooperative in cooperatives}
    found = {key: Balance(*key) for key in main}
    for balance in balances(scope, cooperatives=ids):
        found[balance.cooperative_id, balance.currency] = balance
    holds = {
        hold.cooperative_id: hold
        for hold in PayoutHold.objects.within(scope)
        .filter(lifted_at__isnull=True, cooperative__in=ids)
        .select_related("placed_by")
    }
    available = {key: row.released_minor for key, row in found.items() if row.released_minor}
    judged = outlook(cooperatives[0].programme, available, timezone.now()) if available else {}
    paid = _paid(scope, ids)
    purses: dict[UUID, list[Standing]] = {}
    for key, row in found.items():
        purses.setdefault(row.cooperative_id, []).append(
            _purse(row, judged.get(key), paid.get(key, 0))
        )
    return [
        Stand(
            cooperative,
            _main_first(purses[cooperative.pk], cooperative.payout_currency),
            holds.get(cooperative.pk),
        )
        for cooperative in cooperatives
    ]


def _main_first(purses: list[Standing], currency: str) -> list[Standing]:
    return sorted(purses, key=lambda purse: (purse.currency != currency, purse.currency))


def _purse(balance: Balance, judgement: Judgement | None, paid_minor: int) -> Standing:
    payable_minor, reason = 0, ""
    if judgement is not None:
        reason = judgement.reason
        if judgement.state == LineState.READY:
            payable_minor = judgement.payable_minor
            if payable_minor < balance.released_minor:
                reason = Reason.RESTING
    return Standing(
        balance.currency,
        held_minor=balance.held_minor,
        released_minor=balance.released_minor,
        in_run_minor=balance.in_run_minor,
        disputed_minor=balance.disputed_minor,
        paid_minor=paid_minor,
        payable_minor=payable_minor,
        reason=reason,
    )


def _paid(scope: Scope, ids: list[UUID]) -> dict[tuple[UUID, str], int]:
    rows = (
        PayoutLine.objects.within(scope)
        .filter(state=LineState.SETTLED, cooperative__in=ids)
        .values_list("cooperative_id", "run__currency")
        .annotate(total=Sum("amount_minor"))
        .order_by()
    )
    return {(cooperative, currency): total for cooperative, currency, total in rows}
