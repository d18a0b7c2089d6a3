"""Prices of a checkout: base prices of its channel, and the taxes that the tax App adds."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from marketplace.embedded import fault_injection, unit_of_work, webhooks
from marketplace.embedded.checkouts.changes import lines_of
from marketplace.embedded.checkouts.vouchers import Discounts, discounts_of
from marketplace.embedded.models import (
    Address,
    Channel,
    Checkout,
    CheckoutLine,
    Order,
    OrderLine,
    ProductVariantChannelListing,
    TaxConfiguration,
)
from marketplace.embedded.payments.transaction_events import refresh_checkout
from marketplace.embedded.pricing import Prices, TaxResponseInvalid, taxed, unit_of, untaxed
from marketplace.embedded.request_cache import get_or_load

PRICES_VALID_FOR = timedelta(hours=1)
ATTEMPTS = 3
# The columns of a line that are calculated.
PRICED = (
    *("undiscounted_unit_minor", "discount_minor"),
    *("total_net_minor", "total_gross_minor", "tax_rate"),
)


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A line to be taxed, with base prices in minor units, `discount_minor` off its total."""

    source: CheckoutLine | OrderLine
    quantity: int
    undiscounted_unit_minor: int
    discount_minor: int
    charge_taxes: bool
    product_name: str
    variant_name: str
    product_sku: str | None
    currency: str

    @property
    def total_minor(self) -> int:
        return self.undiscounted_unit_minor * self.quantity - self.discount_minor

    @property
    def unit_minor(self) -> int:
        return unit_of(self.total_minor, self.quantity)


@dataclass(frozen=True, slots=True)
class TaxBase:
    """What is to be taxed: the subject of the tax App's webhook. Amounts are in minor units."""

    source: Checkout | Order
    channel: Channel
    currency: str
    prices_entered_with_tax: bool
    address: Address | None
    shipping_minor: int
    lines: tuple[TaxLine, ...]
    discounts: Discounts

    @property
    def pk(self) -> UUID:
        return self.source.pk


def tax_configuration(channel: Channel) -> TaxConfiguration:
    """Return the channel's tax configuration; a channel without one has Saleor's defaults."""

    def load() -> TaxConfiguration:
        found = TaxConfiguration.objects.filter(channel=channel).first()
        return found or TaxConfiguration(channel=channel)

    return get_or_load((TaxConfiguration, channel.pk), load)


def refresh_prices(checkout: Checkout) -> Checkout:
    """Return the checkout with valid prices, calling the tax App when they have expired.

    Must be called outside of a write. A response about a state that has changed meanwhile is
    dropped, and the App is called again.
    """
    for _ in range(ATTEMPTS):
        if _are_valid(checkout):
            return checkout
        lines = lines_of(checkout)
        base = tax_base(checkout, lines)
        prices, problem = _calculate(base)
        with unit_of_work.write():
            locked = Checkout.objects.select_for_update().filter(pk=checkout.pk).first()
            if locked is None:
                return checkout
            if locked.version == checkout.version:
                _store(locked, lines, base, prices, problem)
                return locked
            checkout = locked
    return checkout


def _are_valid(checkout: Checkout) -> bool:
    expires = checkout.prices_expire_at
    return expires is not None and expires > timezone.now()


def tax_base(checkout: Checkout, lines: list[CheckoutLine]) -> TaxBase:
    """Return the base prices: the channel's or a line's own, less a voucher, and the delivery's."""
    channel = checkout.channel
    listed = dict(
        ProductVariantChannelListing.objects.filter(
            channel=channel, variant__in=[line.variant_id for line in lines]
        ).values_list("variant_id", "price_minor")
    )
    units = {line.pk: _unit(line, listed.get(line.variant_id)) for line in lines}
    discounts = discounts_of(checkout, lines, units)
    return TaxBase(
        source=checkout,
        channel=channel,
        currency=checkout.currency,
        prices_entered_with_tax=tax_configuration(channel).prices_entered_with_tax,
        address=checkout.shipping_address or checkout.billing_address,
        shipping_minor=checkout.delivery.price_minor if checkout.delivery else 0,
        lines=tuple(_tax_line(x, units[x.pk], discounts.by_line.get(x.pk, 0)) for x in lines),
        discounts=discounts,
    )


def _unit(line: CheckoutLine, listed_minor: int | None) -> int:
    if line.price_override_minor is not None:
        return line.price_override_minor
    return listed_minor if listed_minor is not None else line.undiscounted_unit_minor


def _tax_line(line: CheckoutLine, unit: int, discount: int) -> TaxLine:
    product = line.variant.product
    return TaxLine(
        source=line,
        quantity=line.quantity,
        undiscounted_unit_minor=unit,
        discount_minor=discount,
        charge_taxes=product.charge_taxes,
        product_name=product.name,
        variant_name=line.variant.name,
        product_sku=line.variant.sku,
        currency=line.checkout.currency,
    )


def _calculate(base: TaxBase) -> tuple[Prices, str | None]:
    """Return the prices, and the reason if the tax App's response could not be used."""
    plain = untaxed([line.total_minor for line in base.lines], base.shipping_minor)
    configuration = tax_configuration(base.channel)
    by_app = configuration.charge_taxes and configuration.tax_calculation_strategy == "TAX_APP"
    if not by_app or not base.lines:
        return plain, None
    try:
        return taxed(
            _call_tax_app(base, configuration), lines=len(base.lines), currency=base.currency
        ), None
    except TaxResponseInvalid as error:
        return plain, str(error)


def _call_tax_app(base: TaxBase, configuration: TaxConfiguration) -> Any:
    app = configuration.tax_app()
    if app is None or fault_injection.is_injected("tax_answer_missing"):
        return None
    answers = webhooks.call_sync("CHECKOUT_CALCULATE_TAXES", base, app=app)
    return answers[0].response if answers else None


def _store(
    checkout: Checkout,
    lines: list[CheckoutLine],
    base: TaxBase,
    prices: Prices,
    problem: str | None,
) -> None:
    for line, asked, price in zip(lines, base.lines, prices.lines, strict=True):
        line.undiscounted_unit_minor = asked.undiscounted_unit_minor
        line.discount_minor = asked.discount_minor
        line.total_net_minor, line.total_gross_minor = price.net, price.gross
        line.tax_rate = price.rate
    CheckoutLine.objects.bulk_update(lines, PRICED)
    checkout.voucher_code, checkout.discount_name = base.discounts.code, base.discounts.name
    checkout.discount_minor = sum(base.discounts.by_line.values())
    checkout.subtotal_net_minor = prices.subtotal.net
    checkout.subtotal_gross_minor = prices.subtotal.gross
    checkout.shipping_net_minor = prices.shipping.net
    checkout.shipping_gross_minor = prices.shipping.gross
    checkout.shipping_tax_rate = prices.shipping.rate
    checkout.total_net_minor = prices.total.net
    checkout.total_gross_minor = prices.total.gross
    checkout.prices_expire_at = timezone.now() + PRICES_VALID_FOR
    checkout.tax_error = problem[:255] if problem else None
    checkout.save()
    refresh_checkout(checkout)
