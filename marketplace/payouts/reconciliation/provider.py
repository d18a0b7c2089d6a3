"""Compares the card provider's balance transactions with the recorded ones.

A provider may offer ``balance_transactions(since)``, each with the ``key`` under which the payments
room publishes fees and payouts, ``amount_minor`` (signed) and ``currency``. Others are not
compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol, cast

from marketplace.ledger.models import LedgerTransaction
from marketplace.payments import providers
from marketplace.payments.models import ProviderFact
from marketplace.payouts.reconciliation.comparison import FoundDifference
from marketplace.payouts.reconciliation.models import Counterpart, Likely
from marketplace.payouts.reconciliation.times import time_for
from vendors.scoping import Crossing


class BalanceTransaction(Protocol):
    """A change of a provider's balance."""

    key: str
    amount_minor: int
    currency: str


def balances_offered() -> Mapping[str, Any]:
    """The providers of this deployment that offer their balance transactions."""
    return {
        name: provider
        for name, provider in providers.available().items()
        if hasattr(provider, "balance_transactions")
    }


def provider_differences(now: datetime) -> Iterator[FoundDifference]:
    """Fees and payouts that only one side has, or with different amounts."""
    since = now - time_for("provider_looked_back", on=now.date())
    for name, provider in balances_offered().items():
        theirs = cast("Iterable[BalanceTransaction]", provider.balance_transactions(since))
        reported = {each.key: each for each in theirs}
        ours = {
            fact.key: fact
            for fact in ProviderFact.objects.filter(provider=name, occurred_at__gte=since)
        }
        yield from _compared(name, reported, ours)
        yield from _unbooked(name, ours, now)


def _compared(
    name: str, reported: Mapping[str, Any], ours: Mapping[str, Any]
) -> Iterator[FoundDifference]:
    for key in sorted(reported.keys() | ours.keys()):
        their, our = reported.get(key), ours.get(key)
        known = our.amount_minor if our else 0
        said = abs(their.amount_minor) if their and known >= 0 else _amount(their)
        if their is None or our is None or said != known:
            currency = their.currency if their else our.currency  # type: ignore[union-attr]
            likely = Likely.AMOUNT
            if our is None:
                likely = Likely.NOT_BOOKED
            elif their is None:
                likely = Likely.NOT_THERE
            yield FoundDifference(
                Counterpart.PROVIDER, f"{name}:{key}", currency, known, said, likely
            )


def _amount(their: BalanceTransaction | None) -> int:
    return their.amount_minor if their else 0


def _unbooked(name: str, ours: Mapping[str, Any], now: datetime) -> Iterator[FoundDifference]:
    """Recorded facts that are not posted in any book."""
    rows = LedgerTransaction.objects.crossing(Crossing.SCHEDULED_JOB)
    booked = set(
        rows.filter(cause__in=["psp_settled", "psp_fee_charged"]).values_list("key", flat=True)
    )
    stems = {key.rpartition(":")[0] for key in booked}
    for key, fact in ours.items():
        old = fact.occurred_at < now - time_for("heard_after", on=now.date())
        if old and not {f"psp-fee:{key}", f"psp-payout:{key}"} & stems:
            subject = f"{name}:booked:{key}"
            yield FoundDifference(
                Counterpart.PROVIDER, subject, fact.currency, 0, fact.amount_minor, Likely.LATE
            )
