"""What a cooperative sold in a period: through the shop, directly, and what sold best."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from marketplace.core.days import moments_of
from marketplace.direct_sales.models import DirectSale, DirectSaleDocument
from marketplace.direct_sales.periods import Span
from marketplace.orders.models import VendorOrder, VendorOrderLine, VendorOrderState
from vendors.models import Cooperative
from vendors.scoping import Scope

MOST_SHOWN = 5


@dataclass(frozen=True)
class Numbers:
    """Sums in minor units of ``currency``; ``others`` are the shop's in other currencies.

    Orders count by the day on which they were placed, without cancelled ones, at the price of their
    goods; direct sales by the day on which they took place, without cancelled ones.
    """

    currency: str
    orders: int
    shop_minor: int
    direct: int
    direct_minor: int
    documented: int
    documented_minor: int
    others: dict[str, int]

    @property
    def total_minor(self) -> int:
        return self.shop_minor + self.direct_minor


@dataclass(frozen=True)
class MostSold:
    """A product and the pieces of it that were sold; ``names`` by language."""

    listing_id: UUID
    names: dict[str, str]
    pieces: int


def numbers(cooperative: Cooperative, span: Span) -> Numbers:
    """The numbers of some days in the programme's time zone."""
    own = cooperative.payout_currency
    placed = _orders(cooperative, span)
    sums = placed.order_by().values_list("currency").annotate(n=Sum("goods_minor"))
    by_currency = dict(sums.order_by("currency"))
    direct = _direct(cooperative.scope, span)
    for currency, minor in (
        direct.order_by().values_list("currency").annotate(n=Sum("amount_minor"))
    ):
        if currency != own:
            by_currency[currency] = by_currency.get(currency, 0) + minor
    return Numbers(
        currency=own,
        orders=placed.count(),
        shop_minor=by_currency.pop(own, 0),
        others=by_currency,
        **_counted(cooperative.scope, direct, own),
    )


def most_sold(cooperative: Cooperative, span: Span) -> list[MostSold]:
    """The products of which most pieces were sold, in the shop and directly; at most five."""
    pieces: Counter[UUID] = Counter()
    names: dict[UUID, dict[str, str]] = {}
    lines = VendorOrderLine.objects.within(cooperative.scope).filter(
        vendor_order__in=_orders(cooperative, span)
    )
    rows = lines.order_by().values_list("listing_id", "title", "titles")
    for listing_id, title, titles, n in rows.annotate(n=Sum("quantity")):
        pieces[listing_id] += n
        names[listing_id] = titles or {"": title}
    sold = _direct(cooperative.scope, span).order_by()
    for listing_id, called, n in sold.values_list("variant__listing_id", "names").annotate(
        n=Sum("quantity")
    ):
        pieces[listing_id] += n
        names.setdefault(listing_id, called)
    best = sorted(pieces.items(), key=lambda each: (-each[1], str(each[0])))[:MOST_SHOWN]
    return [MostSold(key, names[key], n) for key, n in best]


def _orders(cooperative: Cooperative, span: Span) -> QuerySet[VendorOrder]:
    zone = ZoneInfo(cooperative.programme.time_zone)
    begin, end = moments_of(span.first, span.last, zone)
    rows: QuerySet[VendorOrder] = VendorOrder.objects.within(cooperative.scope)
    return rows.filter(placed_at__gte=begin, placed_at__lt=end).exclude(
        state=VendorOrderState.CANCELLED
    )


def _direct(scope: Scope, span: Span) -> QuerySet[DirectSale]:
    rows: QuerySet[DirectSale] = DirectSale.objects.within(scope)
    return rows.filter(sold_on__range=(span.first, span.last), cancelled_at=None)


def _counted(scope: Scope, direct: QuerySet[DirectSale], currency: str) -> dict[str, Any]:
    documents = DirectSaleDocument.objects.within(scope).filter(sale=OuterRef("pk"))
    proven = Q(has_document=True)
    marked = direct.filter(currency=currency).annotate(has_document=Exists(documents))
    return marked.aggregate(
        direct=Count("pk"),
        direct_minor=Sum("amount_minor", default=0),
        documented=Count("pk", filter=proven),
        documented_minor=Sum("amount_minor", filter=proven, default=0),
    )
