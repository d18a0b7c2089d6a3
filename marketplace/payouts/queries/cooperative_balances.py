"""Balances of cooperatives from the ledger, in minor units."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from marketplace.ledger.chart import COOPERATIVE_ACCOUNTS, owed
from marketplace.ledger.models import Entry
from vendors.scoping import Scope


@dataclass(frozen=True)
class Balance:
    """A cooperative's balance in one currency: pending (held), available, being paid, disputed."""

    cooperative_id: UUID
    currency: str
    held_minor: int = 0
    released_minor: int = 0
    in_run_minor: int = 0
    disputed_minor: int = 0


def balances(scope: Scope, *, cooperatives: Iterable[UUID] | None = None) -> list[Balance]:
    """Balances in a scope, of some ``cooperatives`` or of all, by cooperative and currency.

    Balances of zero are omitted.
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
