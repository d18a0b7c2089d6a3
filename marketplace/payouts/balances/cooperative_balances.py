"""Balances of cooperatives: held, available, payable now, being paid, paid, disputed, with reasons.

Amounts are minor units of the row's currency, positive where they are the cooperative's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Entry
from marketplace.payouts import queries
from marketplace.payouts.models import LineState, PayoutHold, PayoutLine, Reason
from marketplace.payouts.queries import Balance
from marketplace.payouts.runs.eligibility import Eligibility
from marketplace.payouts.runs.forecast import forecast
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope, ProgrammeScope, Scope

# The states that a list can be filtered by.
FILTERS = ("negative", "available", "held", "in_run", "disputed", "on_hold")


@dataclass(frozen=True)
class CurrencyBalance:
    """A cooperative's balance in one currency.

    ``payable_minor`` is what a payout prepared now would pay; ``reason`` says why it is not the
    whole available amount (empty: it is).
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
        """Whether the available amount is below zero, after refunds."""
        return self.released_minor < 0

    @property
    def waiting_minor(self) -> int:
        """The available amount that a payout prepared now would not pay."""
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
class CooperativeBalances:
    """A cooperative with its balance in each currency, and the hold on its payouts, if any."""

    cooperative: Cooperative
    balances: list[CurrencyBalance] = field(default_factory=list)
    hold: PayoutHold | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed in any currency, in either direction."""
        return all(balance.is_settled for balance in self.balances)


def balances_of(scope: CooperativeScope) -> CooperativeBalances:
    """One cooperative's balances; that in its payout currency comes first, even when zero."""
    cooperative = Cooperative.objects.within(scope).select_related("programme").get()
    return _rows(scope, [cooperative])[0]


def balances_of_all(
    scope: ProgrammeScope, cooperatives: list[Cooperative]
) -> list[CooperativeBalances]:
    """The balances of some cooperatives of a scope, in their order.

    The number of queries does not depend on the number of cooperatives and sales.
    """
    return _rows(scope, cooperatives)


def filtered_by(scope: ProgrammeScope, only: str) -> Iterable[UUID]:
    """The cooperatives of a scope with something in a state, which is one of ``FILTERS``."""
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


def _rows(scope: Scope, cooperatives: list[Cooperative]) -> list[CooperativeBalances]:
    ids = [cooperative.pk for cooperative in cooperatives]
    main = {(cooperative.pk, cooperative.payout_currency) for cooperative in cooperatives}
    booked = {key: Balance(*key) for key in main}
    for row in queries.balances(scope, cooperatives=ids):
        booked[row.cooperative_id, row.currency] = row
    available = {key: row.released_minor for key, row in booked.items() if row.released_minor}
    expected = forecast(cooperatives[0].programme, available, timezone.now()) if available else {}
    paid = _paid(scope, ids)
    by_cooperative: dict[UUID, list[CurrencyBalance]] = {}
    for key, row in booked.items():
        by_cooperative.setdefault(row.cooperative_id, []).append(
            _currency_balance(row, expected.get(key), paid.get(key, 0))
        )
    holds = _holds(scope, ids)
    return [
        CooperativeBalances(
            cooperative,
            _main_first(by_cooperative[cooperative.pk], cooperative.payout_currency),
            holds.get(cooperative.pk),
        )
        for cooperative in cooperatives
    ]


def _holds(scope: Scope, ids: list[UUID]) -> dict[UUID, PayoutHold]:
    rows = PayoutHold.objects.within(scope).filter(lifted_at__isnull=True, cooperative__in=ids)
    return {hold.cooperative_id: hold for hold in rows.select_related("placed_by")}


def _main_first(balances: list[CurrencyBalance], currency: str) -> list[CurrencyBalance]:
    return sorted(balances, key=lambda balance: (balance.currency != currency, balance.currency))


def _currency_balance(
    booked: Balance, eligibility: Eligibility | None, paid_minor: int
) -> CurrencyBalance:
    payable_minor, reason = 0, ""
    if eligibility is not None:
        reason = eligibility.reason
        if eligibility.state == LineState.READY:
            payable_minor = eligibility.payable_minor
            if payable_minor < booked.released_minor:
                reason = Reason.RESTING
    return CurrencyBalance(
        booked.currency,
        held_minor=booked.held_minor,
        released_minor=booked.released_minor,
        in_run_minor=booked.in_run_minor,
        disputed_minor=booked.disputed_minor,
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
