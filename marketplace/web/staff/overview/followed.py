"""Cooperatives that need attention: late parcels, unconfirmed accounts, few or no sales."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q

from marketplace.orders.models import Parcel, ParcelState
from vendors.models import BankAccount, Cooperative, CooperativeStatus
from vendors.scoping import ProgrammeScope

QUIET_DAYS = 60


@dataclass(frozen=True)
class Followed:
    """A cooperative that needs attention, with the code of the reason."""

    cooperative: Cooperative
    late_parcels: int
    last_sale_on: date | None
    is_account_waiting: bool
    is_quiet: bool

    @property
    def has_never_sold(self) -> bool:
        """Whether nothing of it was ever delivered."""
        return self.last_sale_on is None


def followed(scope: ProgrammeScope, today: date) -> list[Followed]:
    """Active cooperatives with late parcels, an unconfirmed account, or no sale for two months.

    Those that never sold are among them. Late parcels come first, then accounts, then the longest
    without a sale.
    """
    late, waiting = _late_parcels(scope, today), _waiting_accounts(scope)
    quiet_since = today - timedelta(days=QUIET_DAYS)
    rows = Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE)
    rows = rows.annotate(last_sale=Max("sales__delivered_on"))
    without = Q(last_sale__lt=quiet_since) | Q(last_sale__isnull=True)
    found = [
        Followed(
            row,
            late.get(row.pk, 0),
            row.last_sale,
            row.pk in waiting,
            row.last_sale is not None and row.last_sale < quiet_since,
        )
        for row in rows.filter(Q(pk__in={*late, *waiting}) | without).order_by("legal_name")
    ]
    found.sort(
        key=lambda row: (
            -row.late_parcels,
            not row.is_account_waiting,
            row.last_sale_on or date.min,
        )
    )
    return found


def _late_parcels(scope: ProgrammeScope, today: date) -> dict[UUID, int]:
    rows = Parcel.objects.within(scope).filter(state=ParcelState.SHIPPED, promised_on__lt=today)
    by_cooperative = rows.order_by().values_list("vendor_order__cooperative_id")
    return dict(by_cooperative.annotate(Count("pk")))


def _waiting_accounts(scope: ProgrammeScope) -> set[UUID]:
    rows = BankAccount.objects.within(scope).filter(
        confirmed_at__isnull=True, replaced_at__isnull=True
    )
    return set(rows.values_list("cooperative_id", flat=True))
