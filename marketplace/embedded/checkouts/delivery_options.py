"""Delivery options of a checkout: the methods of its zone, and those that Apps offer."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from marketplace.embedded import unit_of_work, webhooks
from marketplace.embedded.checkouts.changes import (
    is_shipping_required,
    lines_of,
    mark_changed,
)
from marketplace.embedded.checkouts.prices import tax_base
from marketplace.embedded.errors import refuse
from marketplace.embedded.ids import from_global_id
from marketplace.embedded.models import (
    App,
    Checkout,
    CheckoutDelivery,
    CheckoutLine,
    ShippingMethodChannelListing,
)
from marketplace.embedded.money import to_minor

OPTIONS_VALID_FOR = timedelta(hours=24)
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """A delivery option as offered; the price is in minor units."""

    method_id: str
    name: str
    price_minor: int
    description: Any = None
    minimum_delivery_days: int | None = None
    maximum_delivery_days: int | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    private_metadata: dict[str, str] = field(default_factory=dict)
    shipping_method_id: int | None = None


def calculate_delivery_options(checkout: Checkout) -> list[CheckoutDelivery]:
    """Calculate the options, store them, and return the usable ones. Opens its own writes.

    An option keeps its id as long as its method is offered. If the chosen one is no longer offered,
    it stays but is invalid; if its price has changed, the checkout's prices become stale.
    """
    for _ in range(ATTEMPTS):
        lines = lines_of(checkout)
        options = _offered(checkout, lines)
        with unit_of_work.write():
            locked = Checkout.objects.select_for_update().filter(pk=checkout.pk).first()
            if locked is None:
                raise refuse("NOT_FOUND", "Checkout does not exist anymore.", field="id")
            if locked.version == checkout.version:
                _store(locked, options)
                break
            checkout = locked
    return usable_delivery_options(checkout)


def usable_delivery_options(checkout: Checkout) -> list[CheckoutDelivery]:
    """Return the stored options, in the order in which they were first offered."""
    return list(checkout.deliveries.filter(active=True, is_valid=True))


def current_delivery_options(checkout: Checkout) -> list[CheckoutDelivery]:
    """Return the options, calculating them only when the stored ones are stale."""
    stale_at = checkout.deliveries_stale_at
    if stale_at is None or stale_at <= timezone.now():
        return calculate_delivery_options(checkout)
    return usable_delivery_options(checkout)


def choose_delivery_option(checkout: Checkout, global_id: str | None) -> None:
    """Choose an option by its own id or its method's; None removes the choice.

    Recalculates stale options first, then writes. Refuses INVALID (an id of another type) and
    DELIVERY_METHOD_NOT_APPLICABLE (not among the options).
    """
    chosen = _find(current_delivery_options(checkout), global_id) if global_id else None
    with unit_of_work.write():
        locked = Checkout.objects.select_for_update().get(pk=checkout.pk)
        locked.delivery = chosen
        mark_changed(locked)


def _find(options: list[CheckoutDelivery], global_id: str) -> CheckoutDelivery:
    decoded = from_global_id(global_id)
    if decoded is None or decoded.type_name not in ("ShippingMethod", "CheckoutDelivery", "app"):
        raise refuse(
            "INVALID",
            "ID does not belong to Warehouse, ShippingMethod, or CheckoutDelivery",
            field="deliveryMethodId",
        )
    wanted = f"{decoded.type_name}:{decoded.pk}"
    for option in options:
        if wanted in (option.method_id, f"CheckoutDelivery:{option.pk}"):
            return option
    raise refuse(
        "DELIVERY_METHOD_NOT_APPLICABLE",
        "This shipping method is not applicable.",
        field="deliveryMethodId",
    )


def _offered(checkout: Checkout, lines: list[CheckoutLine]) -> list[DeliveryOption]:
    if checkout.shipping_address is None or not is_shipping_required(lines):
        return []
    options = _of_zones(checkout, lines)
    for answer in webhooks.call_sync("SHIPPING_LIST_METHODS_FOR_CHECKOUT", checkout):
        options.extend(_of_app(answer.app, answer.response, checkout.currency))
    return options


def _of_zones(checkout: Checkout, lines: list[CheckoutLine]) -> list[DeliveryOption]:
    base = tax_base(checkout, lines)
    subtotal = sum(line.total_minor for line in base.lines)
    weight = sum((line.variant.weight_grams or 0) * line.quantity for line in lines)
    listings = ShippingMethodChannelListing.objects.filter(
        Q(minimum_order_price_minor=None) | Q(minimum_order_price_minor__lte=subtotal),
        Q(maximum_order_price_minor=None) | Q(maximum_order_price_minor__gte=subtotal),
        Q(shipping_method__minimum_weight_grams=None)
        | Q(shipping_method__minimum_weight_grams__lte=weight),
        Q(shipping_method__maximum_weight_grams=None)
        | Q(shipping_method__maximum_weight_grams__gte=weight),
        channel=checkout.channel,
        shipping_method__shipping_zone__channels=checkout.channel,
        shipping_method__shipping_zone__countries__contains=[checkout.country],
    ).select_related("shipping_method")
    return [
        DeliveryOption(
            method_id=f"ShippingMethod:{listing.shipping_method.pk}",
            name=listing.shipping_method.name,
            price_minor=listing.price_minor,
            description=listing.shipping_method.description,
            minimum_delivery_days=listing.shipping_method.minimum_delivery_days,
            maximum_delivery_days=listing.shipping_method.maximum_delivery_days,
            metadata=listing.shipping_method.metadata,
            private_metadata=listing.shipping_method.private_metadata,
            shipping_method_id=listing.shipping_method.pk,
        )
        for listing in listings
    ]


def _of_app(app: App, response: Any, currency: str) -> list[DeliveryOption]:
    """Read an App's offers; one in another currency, or malformed, is left out."""
    options = []
    for offer in response if isinstance(response, list) else []:
        try:
            if str(offer["currency"]) != currency:
                continue
            price = to_minor(str(offer["amount"]), currency)
            options.append(_option(app, offer, price))
        except (KeyError, TypeError, ArithmeticError, ValueError):
            continue
    return options


def _option(app: App, offer: dict[str, Any], price_minor: int) -> DeliveryOption:
    if price_minor < 0:
        raise ValueError("A negative price.")
    return DeliveryOption(
        method_id=f"app:{app.identifier}:{offer['id']}",
        name=str(offer["name"])[:255],
        price_minor=price_minor,
        description=_description(offer.get("description")),
        minimum_delivery_days=offer.get("minimum_delivery_days"),
        maximum_delivery_days=offer.get("maximum_delivery_days"),
        metadata=dict(offer.get("metadata") or {}),
        private_metadata=dict(offer.get("private_metadata") or {}),
    )


def _description(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _store(checkout: Checkout, options: list[DeliveryOption]) -> None:
    kept = {each.method_id: each for each in checkout.deliveries.all()}
    chosen_id = checkout.delivery_id
    for option in options:
        row = kept.pop(option.method_id, None) or CheckoutDelivery(checkout=checkout)
        former_price = row.price_minor if row.pk == chosen_id else option.price_minor
        for name in DeliveryOption.__slots__:
            setattr(row, name, getattr(option, name))
        row.currency, row.is_valid, row.active = checkout.currency, True, True
        row.save()
        if former_price != option.price_minor:
            mark_changed(checkout)
    for gone in kept.values():
        if gone.pk == chosen_id:
            gone.is_valid = False
            gone.save(update_fields=["is_valid"])
        else:
            gone.delete()
    checkout.deliveries_stale_at = timezone.now() + OPTIONS_VALID_FOR
    checkout.save(update_fields=["deliveries_stale_at", "updated_at"])
