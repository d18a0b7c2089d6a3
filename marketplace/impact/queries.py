"""Sales by region, sector, rural or urban area, and kind of cooperative."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NotRequired, TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.days import moments_of
from marketplace.payouts.models import Sale
from vendors.geography import region_name
from vendors.models import Cooperative, CooperativeStatus, Kind
from vendors.scoping import ProgrammeScope, ScopedQuerySet
from vendors.sectors import sector_name


@dataclass(frozen=True)
class Period:
    """Days of first delivery, both ends included."""

    first: date
    last: date

    @classmethod
    def last_months(cls, count: int, today: date) -> "Period":
        """The month of ``today`` up to today, and the whole months before it."""
        months = today.year * 12 + today.month - 1 - (count - 1)
        return cls(date(months // 12, months % 12 + 1, 1), today)

    def same_days_before(self) -> "Period":
        """The same days of the month before, as far as it has them."""
        last_of_before = self.first - timedelta(days=1)
        last = last_of_before.replace(day=min(self.last.day, last_of_before.day))
        return Period(last_of_before.replace(day=self.first.day), last)

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The beginning of its first day, and the end of its last, in a time zone."""
        return moments_of(self.first, self.last, zone)

    def months(self) -> list[date]:
        """The first day of each month of the period."""
        found, day = [], self.first.replace(day=1)
        while day <= self.last:
            found.append(day)
            day = (day + timedelta(days=32)).replace(day=1)
        return found


@dataclass(frozen=True)
class Figures:
    """Sales, in minor units of the programme's base currency.

    An order of several cooperatives counts once, also in each group that has a part of it: the
    groups' orders may add up to more than the whole.
    """

    order_count: int
    cooperative_count: int
    sales_minor: int
    abroad_minor: int
    women_minor: int
    youth_minor: int
    rural_minor: int

    def share(self, part_minor: int) -> float:
        """A share of the sales as a ratio for display, 0 when there were none."""
        return part_minor / self.sales_minor if self.sales_minor else 0.0


@dataclass(frozen=True)
class Group:
    """The figures of one region, sector, area or kind of cooperative."""

    key: str
    label: str
    figures: Figures


@dataclass(frozen=True)
class Month:
    """Sales of one month: at home (in the cooperative's country) and abroad."""

    month: date
    home_minor: int
    abroad_minor: int


_FIGURES = {
    "order_count": Count("order_id", distinct=True),
    "cooperative_count": Count("cooperative_id", distinct=True),
    "sales_minor": Sum("net_goods_base_minor", default=0),
    "abroad_minor": Sum(
        "net_goods_base_minor",
        filter=~Q(country_code="") & ~Q(country_code=F("cooperative__country_code")),
        default=0,
    ),
    "women_minor": Sum("net_goods_base_minor", filter=Q(cooperative__kind=Kind.WOMEN), default=0),
    "youth_minor": Sum("net_goods_base_minor", filter=Q(cooperative__kind=Kind.YOUTH), default=0),
    "rural_minor": Sum("net_goods_base_minor", filter=Q(cooperative__is_rural=True), default=0),
}

# What tells rows of details apart, and where it stands.
DIMENSIONS = ("month", "region", "sector", "rural", "kind")
_COLUMNS = {
    "region": "cooperative__region_code",
    "sector": "cooperative__sector",
    "rural": "cooperative__is_rural",
    "kind": "cooperative__kind",
}
Key = tuple[Any, ...]
AREAS = {True: _("rural"), False: _("urban")}

# Grouping → (the column, its value as a key, its name for the reader).
GROUPINGS: dict[str, tuple[str, Callable[[Any], str], Callable[[Any], str]]] = {
    "region": (
        "cooperative__region_code",
        str,
        lambda code: region_name(code, get_language() or "en"),
    ),
    "sector": ("cooperative__sector", str, sector_name),
    "area": (
        "cooperative__is_rural",
        lambda rural: "rural" if rural else "urban",
        lambda rural: str(AREAS[rural]),
    ),
    "kind": ("cooperative__kind", str, lambda kind: str(Kind(kind).label)),
}


class DetailRow(TypedDict):
    """Sales of one group, in minor units of the base currency; coarser ones lack dimensions."""

    month: date
    region: NotRequired[str]
    sector: NotRequired[str]
    rural: NotRequired[bool]
    kind: NotRequired[str]
    order_count: int
    cooperative_count: int
    sales_minor: int
    abroad_minor: int


def totals(scope: ProgrammeScope, period: Period) -> Figures:
    """The figures of the whole scope."""
    return Figures(**_counted(scope, period).aggregate(**_FIGURES))


def groups(scope: ProgrammeScope, period: Period, *, by: str) -> list[Group]:
    """The figures by ``region``, ``sector``, ``area`` or ``kind``, the largest first."""
    column, key, label = GROUPINGS[by]
    rows = _counted(scope, period).values(column).annotate(**_FIGURES).order_by("-sales_minor")
    found = []
    for row in rows:
        value = row.pop(column)
        found.append(Group(key(value), label(value), Figures(**row)))
    return found


def by_month(scope: ProgrammeScope, period: Period) -> list[Month]:
    """Sales of each month of the period, including months without any."""
    rows = (
        _counted(scope, period)
        .annotate(month=TruncMonth("delivered_on"))
        .values("month")
        .annotate(total=_FIGURES["sales_minor"], abroad=_FIGURES["abroad_minor"])
        .order_by("month")
    )
    sums = {row["month"]: row for row in rows}
    found = []
    for month in period.months():
        row = sums.get(month, {"total": 0, "abroad": 0})
        found.append(Month(month, row["total"] - row["abroad"], row["abroad"]))
    return found


def details(
    scope: ProgrammeScope, period: Period, dimensions: Sequence[str] = DIMENSIONS
) -> list[DetailRow]:
    """Sales by month, region, sector, area and kind, or by some of these in this order.

    Also where only one cooperative sold: for files that name nobody see ``published_details``.
    """
    columns = {name: F(_COLUMNS[name]) for name in dimensions if name != "month"}
    return list(
        _counted(scope, period)
        .annotate(month=TruncMonth("delivered_on"))
        .values("month", **columns)
        .annotate(**{name: _FIGURES[name] for name in _EXPORTED})
        .order_by("month", *columns)
    )


def detail_sales(scope: ProgrammeScope, period: Period) -> tuple[dict[Key, dict[UUID, int]], ...]:
    """Who sold how much in each finest group of details: in all, abroad, at home."""
    rows = (
        _counted(scope, period)
        .annotate(month=TruncMonth("delivered_on"))
        .values_list("month", *(_COLUMNS[name] for name in DIMENSIONS[1:]), "cooperative_id")
        .annotate(total=_FIGURES["sales_minor"], abroad=_FIGURES["abroad_minor"])
        .order_by()
    )
    found: tuple[dict[Key, dict[UUID, int]], ...] = ({}, {}, {})
    for *key, cooperative, total, abroad in rows:
        for place, amount in enumerate((total, abroad, total - abroad)):
            owners = found[place].setdefault(tuple(key), {})
            if amount or not place:
                owners[cooperative] = amount
    return found


_EXPORTED = ("order_count", "cooperative_count", "sales_minor", "abroad_minor")


def active_cooperatives(scope: ProgrammeScope) -> int:
    """The number of cooperatives that could have sold."""
    return Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE).count()


def _counted(scope: ProgrammeScope, period: Period) -> ScopedQuerySet:
    found: ScopedQuerySet = Sale.objects.within(scope).filter(
        delivered_on__gte=period.first, delivered_on__lte=period.last, net_goods_minor__gt=0
    )
    return found
