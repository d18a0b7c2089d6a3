"""Synchronous webhooks: delivery methods and taxes, answered from our own rows."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils import timezone

from catalog.markets import market_of_channel
from catalog.queries import Offer, offers_for
from marketplace.core.days import day_of
from marketplace.core.money import WHOLE_BP, Money
from marketplace.orders.delivery_methods import delivery_methods
from marketplace.orders.delivery_plans import PlannedLine, cooperatives_by_id, plan_parcels
from marketplace.orders.engine_money import decimal_text, minor_of_json
from marketplace.orders.free_delivery import goods_after_voucher, promised, waive
from marketplace.orders.models import CheckoutAttempt, TaxQuote
from marketplace.orders.pickup import collected, promised_offers
from marketplace.orders.shipping_rates import PICKUP, SERVICES, STANDARD, Place
from marketplace.saleor import ids
from vendors.models import Cooperative
from vendors.queries import tax_status_on

logger = logging.getLogger(__name__)


def shipping_methods(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """The services that take every parcel of a checkout; a method's price is their sum.

    Standard delivery of a parcel is free where its cooperative made it so. Where a cooperative
    lets buyers collect, that is a service too. No answer when a line is not in our catalogue.
    """
    checkout = payload["checkout"]
    if not checkout or not checkout.get("shippingAddress"):
        return []
    channel = checkout["channel"]
    sold = _sold(checkout["lines"], channel["slug"])
    if not sold:
        return []
    attempt, market = _attempt(checkout), market_of_channel(channel["slug"])
    sold = _as_agreed(sold, attempt)
    lines = [PlannedLine.of_offer(offer, quantity=quantity) for quantity, offer in sold]
    destination = _destination(checkout, attempt)
    plans = {
        service: plan_parcels(
            lines,
            destination=destination,
            currency=channel["currencyCode"],
            on=day_of(timezone.now(), market.zone),
            service=service,
        )
        for service in SERVICES
    }
    goods = goods_after_voucher(sold, market.code, _voucher_code(checkout, attempt))
    own = list(plans[STANDARD])
    sums = promised(attempt, own, market.code, destination.country_code)
    plans[STANDARD] = waive(plans[STANDARD], goods, sums)
    if offers := promised_offers(attempt, own, market.code):
        plans[PICKUP] = collected(plans[STANDARD], offers)
    return delivery_methods(plans)


def checkout_taxes(payload: dict[str, Any]) -> dict[str, Any]:
    """Taxes of a checkout; the quote is stored, and no payment above it is taken."""
    base = payload["taxBase"]
    taxed = _taxed_lines(base)
    shipping = minor_of_json(base["shippingPrice"]["amount"], base["currency"])
    source = base.get("sourceObject") or {}
    if source.get("id"):
        TaxQuote.objects.update_or_create(
            checkout_id=ids.our_id_or_new(ids.CHECKOUT, source["id"]),
            defaults={
                "currency": base["currency"],
                "goods_minor": sum(line.gross_minor for line in taxed),
                "shipping_minor": shipping,
                "tax_minor": sum(line.gross_minor - line.net_minor for line in taxed),
                "cooperative_ids": _owners(taxed),
                "country_code": _country(base),
            },
        )
    return _answer(taxed, shipping, base["currency"])


def order_taxes(payload: dict[str, Any]) -> dict[str, Any]:
    """Taxes of an order that staff changes in the engine's Dashboard."""
    base = payload["taxBase"]
    shipping = minor_of_json(base["shippingPrice"]["amount"], base["currency"])
    return _answer(_taxed_lines(base), shipping, base["currency"])


@dataclass(frozen=True)
class _TaxedLine:
    gross_minor: int
    net_minor: int
    rate_bp: int
    # None for a line that is not in our catalogue.
    cooperative_id: UUID | None


def _owners(lines: Iterable[_TaxedLine]) -> list[UUID]:
    """Whose the lines are; nobody's as a whole where one is not in our catalogue."""
    found = {line.cooperative_id for line in lines}
    return [] if None in found else sorted((owner for owner in found if owner), key=str)


def _attempt(checkout: Mapping[str, Any]) -> CheckoutAttempt | None:
    our_id = ids.our_id(ids.CHECKOUT, checkout["id"])
    return CheckoutAttempt.objects.filter(checkout_id=our_id).first() if our_id else None


def _voucher_code(checkout: Mapping[str, Any], attempt: CheckoutAttempt | None) -> str:
    """What the engine says; ours where its webhook was set up before it was asked for that."""
    ours = attempt.voucher_code if attempt else ""
    return checkout.get("voucherCode", ours) or ""


def _destination(checkout: Mapping[str, Any], attempt: CheckoutAttempt | None) -> Place:
    """Country as the engine says; the region from our own attempt, which knows it by its code."""
    address = checkout["shippingAddress"]
    country = address["country"]["code"]
    if attempt and attempt.address.country_code == country:
        return Place(country, attempt.address.region_code)
    return Place(country, address.get("countryArea") or "")


def _variant_id(variant: Mapping[str, Any] | None) -> UUID | None:
    if not variant:
        return None
    # A product that the store had before us may have a reference of its own.
    if variant.get("id") and (known := ids.our_id(ids.VARIANT, variant["id"])):
        return known
    try:
        return UUID(variant.get("externalReference") or "")
    except ValueError:
        return None


def _sold(lines: Iterable[Mapping[str, Any]], channel: str) -> list[tuple[int, Offer]]:
    wanted = [(_variant_id(line["variant"]), int(line["quantity"])) for line in lines]
    offers = offers_for([variant for variant, _ in wanted if variant], channel)
    found = []
    for variant, quantity in wanted:
        offer = offers.get(variant) if variant else None
        if offer is None:
            logger.warning(
                "A checkout holds a variant that the catalogue does not sell: %s", variant
            )
            return []
        found.append((quantity, offer))
    return found


def _as_agreed(
    sold: list[tuple[int, Offer]], attempt: CheckoutAttempt | None
) -> list[tuple[int, Offer]]:
    """What was offered to this buyer counts at its price, not at the list's."""
    agreed = attempt.price_offer if attempt else None
    if agreed is None:
        return sold
    return [
        (
            quantity,
            replace(offer, amount_minor=agreed.unit_minor)
            if offer.variant_id == agreed.variant_id
            else offer,
        )
        for quantity, offer in sold
    ]


def _taxed_lines(base: Mapping[str, Any]) -> list[_TaxedLine]:
    currency, country = base["currency"], _country(base)
    variants = [_variant_id(_source_variant(line)) for line in base["lines"]]
    offers = offers_for([v for v in variants if v], base["channel"]["slug"])
    rates = _rates(offers.values(), country)
    found = []
    for line, variant in zip(base["lines"], variants, strict=True):
        offer = offers.get(variant) if variant else None
        rate_bp = rates.get(offer.cooperative_id, 0) if offer and line["chargeTaxes"] else 0
        amount = minor_of_json(line["totalPrice"]["amount"], currency)
        gross, net = _taxed(amount, rate_bp, currency, with_tax=base["pricesEnteredWithTax"])
        found.append(_TaxedLine(gross, net, rate_bp, offer.cooperative_id if offer else None))
    return found


def _source_variant(line: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A checkout's line and an order's line name their variant differently."""
    source = line.get("sourceLine") or {}
    return source.get("variant") or source.get("orderedVariant")


def _taxed(amount_minor: int, rate_bp: int, currency: str, *, with_tax: bool) -> tuple[int, int]:
    """Gross and net, in minor units."""
    amount, whole = Money(amount_minor, currency), WHOLE_BP + rate_bp
    if with_tax:
        return amount_minor, amount.share(Fraction(WHOLE_BP, whole)).amount_minor
    return amount.share(Fraction(whole, WHOLE_BP)).amount_minor, amount_minor


def _country(base: Mapping[str, Any]) -> str:
    address = base.get("address") or {}
    return str((address.get("country") or {}).get("code", ""))


def _rates(offers: Iterable[Offer], country: str) -> dict[UUID, int]:
    """Basis points of VAT by cooperative: none when it is not registered, or sells abroad."""
    today = timezone.localdate()
    cooperatives = cooperatives_by_id({offer.cooperative_id for offer in offers})
    return {key: _rate_bp(cooperative, country, today) for key, cooperative in cooperatives.items()}


def _rate_bp(cooperative: Cooperative, country: str, today: Any) -> int:
    if country and country != cooperative.country_code:
        return 0
    status = tax_status_on(cooperative.pk, today)
    return status.vat_rate_bp if status and status.vat_registered else 0


def _answer(lines: list[_TaxedLine], shipping_minor: int, currency: str) -> dict[str, Any]:
    """Delivery is passed on to the carrier as it is: no tax of ours on it."""
    shipping = decimal_text(shipping_minor, currency)
    return {
        "shipping_price_gross_amount": shipping,
        "shipping_price_net_amount": shipping,
        "shipping_tax_rate": 0,
        "lines": [
            {
                "total_gross_amount": decimal_text(line.gross_minor, currency),
                "total_net_amount": decimal_text(line.net_minor, currency),
                "tax_rate": f"{line.rate_bp // 100}.{line.rate_bp % 100:02d}",
            }
            for line in lines
        ],
    }
