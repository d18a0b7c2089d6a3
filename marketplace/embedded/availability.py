"""How many units of a variant can still be bought, and from which stocks."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from marketplace.embedded.models import Channel, Reservation, Shop, Stock


def stocks_for(
    variant_ids: Collection[int], *, channel: Channel | None = None, country: str | None = None
) -> QuerySet[Stock]:
    """Return the stocks that may serve the variants, in the order of their keys.

    A warehouse must be linked to the channel. While the shop still uses shipping zones for
    availability, it must also be in a zone of the channel that covers the country; without a
    country, in any zone of the channel.
    """
    stocks = Stock.objects.filter(variant_id__in=variant_ids).order_by("pk")
    if channel is None:
        return stocks
    stocks = stocks.filter(warehouse__channel_links__channel=channel)
    if Shop.current().use_legacy_shipping_zone_stock_availability:
        zone = Q(warehouse__shipping_zones__channels=channel)
        if country:
            zone &= Q(warehouse__shipping_zones__countries__contains=[country])
        served = Stock.objects.filter(zone, variant_id__in=variant_ids).values("pk")
        stocks = stocks.filter(pk__in=served)
    return stocks


def reserved_by_stock(
    stock_ids: Iterable[int], *, except_lines: Collection[UUID] = ()
) -> dict[int, int]:
    """Return the units that checkouts have reserved, by stock, without those of `except_lines`."""
    reserved = Reservation.objects.filter(
        stock_id__in=list(stock_ids), reserved_until__gt=timezone.now()
    )
    if except_lines:
        reserved = reserved.exclude(checkout_line_id__in=except_lines)
    sums = reserved.order_by().values_list("stock_id").annotate(units=Sum("quantity_reserved"))
    return dict(sums)


def free_by_stock(
    stocks: Collection[Stock], *, except_lines: Collection[UUID] = ()
) -> dict[int, int]:
    """Return each stock's units that are neither allocated nor reserved, never below zero."""
    reserved = reserved_by_stock((each.pk for each in stocks), except_lines=except_lines)
    return {
        each.pk: max(each.quantity - each.quantity_allocated - reserved.get(each.pk, 0), 0)
        for each in stocks
    }


def available_by_variant(
    variant_ids: Collection[int], *, channel: Channel | None = None, country: str | None = None
) -> dict[int, int]:
    """Return how many units of each variant can be bought; zero where there is no stock.

    Variants that do not track inventory are counted too; the caller handles their limit.
    """
    stocks = list(stocks_for(variant_ids, channel=channel, country=country))
    free = free_by_stock(stocks)
    available = dict.fromkeys(variant_ids, 0)
    for stock in stocks:
        available[stock.variant_id] += free[stock.pk]
    return available
