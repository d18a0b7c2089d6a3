"""Cooperatives that need attention: unseen orders, late parcels, gaps, few or no sales."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from marketplace.orders.models import Parcel, ParcelState, VendorOrder
from marketplace.orders.queries import unseen
from marketplace.web.staff.attention import quiet_days
from vendors.models import BankAccount, Cooperative, CooperativeStatus
from vendors.queries import Gap, any_of, gaps_of, with_gaps
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Followed:
    """A cooperative that needs attention, with the code of the reason."""

    cooperative: Cooperative
    late_parcels: int
    unseen_orders: int
    last_sale_on: date | None
    is_account_waiting: bool
    # Days since the last sale where they are too many, else none.
    quiet_for: int
    gaps: list[Gap]

    @property
    def has_never_sold(self) -> bool:
        """Whether nothing of it was ever delivered."""
        return self.last_sale_on is None


# Unseen orders come first, then late parcels and accounts, then the longest without a sale.
ORDER = (
    F("unseen_orders").desc(),
    F("late_parcels").desc(),
    F("is_account_waiting").desc(),
    F("last_sale_on").asc(nulls_first=True),
    "legal_name",
)


def followed(scope: ProgrammeScope, today: date, most: int) -> tuple[list[Followed], int]:
    """The active cooperatives that need attention most, and how many need it in all."""
    rows = followed_rows(scope, today)
    first = rows.order_by(*ORDER, "pk")[:most]
    return [_followed(row, today) for row in first], rows.count()


def followed_rows(scope: ProgrammeScope, today: date) -> QuerySet[Any]:
    """Active cooperatives with orders that nobody saw, late parcels or gaps, or without sales.

    Gaps are what a cooperative needs to sell and be paid; without sales means for too many
    days (``quiet_days``), or never.
    """
    late = Parcel.objects.within(scope).filter(state=ParcelState.SHIPPED, promised_on__lt=today)
    orders = unseen(VendorOrder.objects.within(scope))
    waiting = BankAccount.objects.within(scope).filter(
        cooperative=OuterRef("pk"), confirmed_at__isnull=True, replaced_at__isnull=True
    )
    rows: QuerySet[Any] = Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE)
    rows = with_gaps(rows, today).annotate(
        late_parcels=_counted(late, "vendor_order__cooperative"),
        unseen_orders=_counted(orders, "cooperative"),
        is_account_waiting=Exists(waiting),
        last_sale_on=Max("sales__delivered_on"),
    )
    without = Q(last_sale_on__lt=_quiet_since(today)) | Q(last_sale_on__isnull=True)
    busy = Q(late_parcels__gt=0) | Q(unseen_orders__gt=0) | Q(is_account_waiting=True)
    return rows.filter(busy | without | any_of(list(Gap)))


def _counted(rows: QuerySet[Any], path: str) -> Coalesce:
    """How many of these rows belong to each cooperative."""
    own = rows.filter(**{path: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(own.values(path).annotate(n=Count("pk")).values("n")), 0)


def dressed(rows: list[Any], today: date) -> list[Followed]:
    """The reasons why some of these rows need attention today."""
    return [_followed(row, today) for row in rows]


def _followed(row: Any, today: date) -> Followed:
    last = row.last_sale_on
    is_quiet = last is not None and last < _quiet_since(today)
    gaps = gaps_of(row)
    if row.is_account_waiting:
        # Said already, with what is to be done.
        gaps = [gap for gap in gaps if gap != Gap.ACCOUNT]
    return Followed(
        cooperative=row,
        late_parcels=row.late_parcels,
        unseen_orders=row.unseen_orders,
        last_sale_on=last,
        is_account_waiting=row.is_account_waiting,
        quiet_for=(today - last).days if is_quiet else 0,
        gaps=gaps,
    )


def _quiet_since(today: date) -> date:
    return today - timedelta(days=quiet_days(today))
