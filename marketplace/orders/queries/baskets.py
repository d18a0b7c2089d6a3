"""A basket as its page shows it: parcel by parcel, with the delivery to the buyer's country."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from catalog.markets import market_of
from catalog.queries import Offer, offers_for
from marketplace.orders.cash_on_delivery import cash_is_possible
from marketplace.orders.delivery_plans import PlannedLine, PlannedParcel, plan_parcels
from marketplace.orders.free_delivery import Sums, free_by_offer, free_from, sums_of, waive
from marketplace.orders.models import Basket, BasketLine
from marketplace.orders.price_offers import at_agreed_price
from marketplace.orders.queries.lines import BasketLineView, gone_line, line_view
from marketplace.orders.shipping_rates import Place
from marketplace.orders.voucher_errors import VoucherProblem
from marketplace.orders.vouchers import AppliedVoucher, apply_code
from vendors.queries import ShortProfile, profiles_by_id


@dataclass(frozen=True)
class BasketParcel:
    """What comes from one cooperative. ``shipping_minor`` is None where nothing can be sent.

    So many ``spare_grams`` more from it cost nothing more to send.
    """

    cooperative_id: UUID
    cooperative: ShortProfile | None
    lines: list[BasketLineView]
    goods_minor: int
    shipping_minor: int | None
    spare_grams: int
    days_min: int
    days_max: int
    from_on: date | None
    to_on: date | None
    # The tariff: its zone, and the weight up to which it holds.
    zone: str = ""
    up_to_grams: int = 0
    # The carrier's price where delivery is free for the buyer; else what of its goods, after the
    # voucher, is missing to the sum from which it is, zero where it never is.
    waived_minor: int = 0
    to_free_minor: int = 0


@dataclass(frozen=True)
class BasketView:
    """The whole basket; minor units of ``currency``. ``gone`` lines are not in the totals.

    ``goods_minor`` is before a voucher, ``total_minor`` after it.
    """

    market: str
    currency: str
    country_code: str
    parcels: list[BasketParcel]
    gone: list[BasketLineView]
    goods_minor: int
    shipping_minor: int | None
    total_minor: int
    quantity: int
    has_problems: bool
    cash_possible: bool
    voucher_code: str = ""
    discount_minor: int = 0
    # Why the voucher in the basket takes nothing off now.
    voucher_problem: str = ""

    @property
    def off_minor(self) -> int:
        """What the voucher takes off, below zero."""
        return -self.discount_minor

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.parcels and not self.gone


# long: one view, field by field, with the sums that it shows
def basket_view(
    basket: Basket, *, language: str, country_code: str = "", region_code: str = ""
) -> BasketView:
    """The basket with prices of today, and delivery to a country (the market's own by default)."""
    market = market_of(basket.market)
    country = country_code or market.default_country
    rows = list(basket.lines.order_by("added_at", "pk"))
    offers = at_agreed_price(
        offers_for([row.variant_id for row in rows], market.channel_slug), basket
    )
    sold = [(row, offers[row.variant_id]) for row in rows if row.variant_id in offers]
    gone = [gone_line(row, market.currency) for row in rows if row.variant_id not in offers]
    plans = plan_parcels(
        [PlannedLine.of_offer(offer, quantity=row.quantity) for row, offer in sold],
        destination=Place(country, region_code),
        currency=market.currency,
        on=timezone.localdate(),
    )
    applied, voucher_problem = _applied(basket, sold)
    goods = sums_of([(row.quantity, offer) for row, offer in sold], applied.off if applied else {})
    sums = free_from(plans, market.code) | free_by_offer(basket.price_offer, country)
    parcels = basket_parcels(sold, waive(plans, goods, sums), language=language)
    parcels = [_with_missing(parcel, goods, sums) for parcel in parcels]
    goods_minor = sum(parcel.goods_minor for parcel in parcels)
    shipping = _shipping_minor(parcels)
    discount = applied.discount_minor if applied else 0
    problems = any(line.problem for parcel in parcels for line in parcel.lines)
    return BasketView(
        market=market.code,
        currency=market.currency,
        country_code=country,
        parcels=parcels,
        gone=gone,
        goods_minor=goods_minor,
        shipping_minor=shipping,
        total_minor=goods_minor - discount + (shipping or 0),
        voucher_code=basket.voucher_code,
        discount_minor=discount,
        voucher_problem=voucher_problem,
        quantity=sum(row.quantity for row in rows),
        has_problems=bool(gone) or problems or shipping is None,
        cash_possible=cash_is_possible(plans, country, market.currency),
    )


def _applied(
    basket: Basket, sold: list[tuple[BasketLine, Offer]]
) -> tuple[AppliedVoucher | None, str]:
    """What the basket's voucher takes off now, or why it takes nothing off."""
    if not basket.voucher_code or not sold:
        return None, ""
    try:
        pairs = [(row.quantity, offer) for row, offer in sold]
        return apply_code(basket.voucher_code, basket.market, pairs), ""
    except VoucherProblem as problem:
        return None, str(problem)


def _with_missing(parcel: BasketParcel, goods: Sums, sums: Sums) -> BasketParcel:
    """The parcel with what is missing to a free delivery, where it can be sent at all."""
    key = parcel.cooperative_id
    if key not in sums or parcel.shipping_minor is None:
        return parcel
    return replace(parcel, to_free_minor=max(0, sums[key] - goods.get(key, 0)))


def _shipping_minor(parcels: list[BasketParcel]) -> int | None:
    """Delivery of all parcels; None where one of them cannot be sent."""
    prices = [parcel.shipping_minor for parcel in parcels if parcel.shipping_minor is not None]
    return sum(prices) if len(prices) == len(parcels) else None


# long: one parcel, field by field
def basket_parcels(
    sold: list[tuple[BasketLine, Offer]],
    plans: Mapping[UUID, PlannedParcel | None],
    *,
    language: str,
) -> list[BasketParcel]:
    """The lines grouped by cooperative, with what each parcel costs to send."""
    profiles, today, found = profiles_by_id(list(plans), language), timezone.localdate(), []
    for cooperative_id, plan in plans.items():
        lines = [
            line_view(offer, row.quantity, language)
            for row, offer in sold
            if offer.cooperative_id == cooperative_id
        ]
        found.append(
            BasketParcel(
                cooperative_id=cooperative_id,
                cooperative=profiles.get(cooperative_id),
                lines=lines,
                goods_minor=sum(line.total_minor for line in lines),
                shipping_minor=plan.amount_minor if plan else None,
                spare_grams=plan.spare_grams if plan else 0,
                days_min=plan.days_min if plan else 0,
                days_max=plan.days_max if plan else 0,
                from_on=plan.from_on(today) if plan else None,
                to_on=plan.to_on(today) if plan else None,
                zone=plan.zone if plan else "",
                up_to_grams=plan.up_to_grams if plan else 0,
                waived_minor=plan.waived_minor if plan else 0,
            )
        )
    return found
