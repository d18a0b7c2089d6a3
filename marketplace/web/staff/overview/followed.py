"""Cooperatives that need attention: late parcels, unconfirmed accounts, few or no sales."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from marketplace.core.days import day_of
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


# Late parcels come first, then accounts, then the longest without a sale.
ORDER = (
    F("late_parcels").desc(),
    F("is_account_waiting").desc(),
    F("last_sale_on").asc(nulls_first=True),
    "legal_name",
)


def followed(scope: ProgrammeScope, today: date) -> list[Followed]:
    """Active cooperatives that need attention, those that need it most first."""
    return [_followed(row, today) for row in followed_rows(scope, today).order_by(*ORDER, "pk")]


def followed_rows(scope: ProgrammeScope, today: date) -> QuerySet[Any]:
    """Active cooperatives with late parcels, an unconfirmed account, or no sale for two months.

    Those that never sold are among them.
    """
    late = Parcel.objects.within(scope).filter(state=ParcelState.SHIPPED, promised_on__lt=today)
    own = late.filter(vendor_order__cooperative=OuterRef("pk")).order_by()
    counted = own.values("vendor_order__cooperative").annotate(n=Count("pk")).values("n")
    waiting = BankAccount.objects.within(scope).filter(
        cooperative=OuterRef("pk"), confirmed_at__isnull=True, replaced_at__isnull=True
    )
    rows: QuerySet[Any] = Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE)
    rows = rows.annotate(
        late_parcels=Coalesce(Subquery(counted), 0),
        is_account_waiting=Exists(waiting),
        last_sale_on=Max("sales__delivered_on"),
    )
    without = Q(last_sale_on__lt=_quiet_since(today)) | Q(last_sale_on__isnull=True)
    return rows.filter(Q(late_parcels__gt=0) | Q(is_account_waiting=True) | without)


def dressed(rows: list[Any], time_zone: str) -> list[Followed]:
    """The reasons why some of these rows need attention today."""
    today = day_of(timezone.now(), time_zone)
    return [_followed(row, today) for row in rows]


def _followed(row: Any, today: date) -> Followed:
    last = row.last_sale_on
    is_quiet = last is not None and last < _quiet_since(today)
    return Followed(row, row.late_parcels, last, row.is_account_waiting, is_quiet)


def _quiet_since(today: date) -> date:
    return today - timedelta(days=QUIET_DAYS)
