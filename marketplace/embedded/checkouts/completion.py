"""Completing a checkout: it becomes an order once, with its stock, or not at all.

Apps are called first, without locks. Then one write locks the checkout, verifies that it has not
changed, allocates the stock, creates the order and deletes the checkout. A second call returns the
same order.
"""

from collections.abc import Sequence

from django.utils import timezone

from marketplace.embedded import unit_of_work
from marketplace.embedded.allocation import InsufficientStock, allocate
from marketplace.embedded.checkouts.buyer import drop_addresses
from marketplace.embedded.checkouts.changes import (
    find_checkout,
    insufficient_stock,
    is_shipping_required,
    lines_of,
)
from marketplace.embedded.checkouts.delivery_options import current_delivery_options
from marketplace.embedded.checkouts.order_lines import order_lines_of
from marketplace.embedded.checkouts.prices import refresh_prices, tax_configuration
from marketplace.embedded.checkouts.vouchers import use_voucher
from marketplace.embedded.errors import CommandError, refuse
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.models import (
    App,
    Checkout,
    CheckoutLine,
    Order,
    OrderEventType,
    OrderLine,
    ProductVariantChannelListing,
    TransactionItem,
    User,
)
from marketplace.embedded.orders import events
from marketplace.embedded.orders.amounts import refresh_amounts
from marketplace.embedded.orders.history import record_event
from marketplace.embedded.orders.numbers import next_numbers

ATTEMPTS = 3
NOT_FULLY_PAID = "Provided payment methods can not cover the checkout's total amount"


def complete_checkout(
    key: str,
    *,
    by: App | User | None,
    metadata: dict[str, str] | None = None,
    redirect_url: str = "",
) -> Order:
    """Return the order that the checkout becomes, or has become already.

    Refuses with Saleor's checkout codes: missing data (EMAIL_NOT_SET, NO_LINES,
    BILLING_ADDRESS_NOT_SET, SHIPPING_ADDRESS_NOT_SET, SHIPPING_METHOD_NOT_SET), invalid
    data (INVALID_SHIPPING_METHOD, UNAVAILABLE_VARIANT_IN_CHANNEL, TAX_ERROR), payment
    (CHECKOUT_NOT_FULLY_PAID), voucher (VOUCHER_NOT_APPLICABLE) and stock (INSUFFICIENT_STOCK).
    """
    for _ in range(ATTEMPTS):
        try:
            checkout = find_checkout(key)
        except CommandError:
            return _order_of(key)
        checkout = _prepare(checkout)
        try:
            with unit_of_work.write():
                order = _create_order(checkout, by=by, metadata=metadata, redirect_url=redirect_url)
        except InsufficientStock as error:
            raise insufficient_stock(error, at_completion=True) from error
        if order is not None:
            return order
    raise refuse("INVALID", "The checkout kept changing while it was being completed.")


def _order_of(key: str) -> Order:
    order = Order.objects.select_related("channel").filter(checkout_token=key).first()
    if order is None:
        message = f"Couldn't resolve to a node: {to_global_id('Checkout', key)}"
        raise refuse("NOT_FOUND", message, field="id")
    if not order.channel.is_active:
        raise refuse(
            "CHANNEL_INACTIVE", "Cannot complete checkout with inactive channel.", field="channel"
        )
    return order


def _prepare(checkout: Checkout) -> Checkout:
    """Check what needs no lock; return the checkout with valid delivery options and prices."""
    if not checkout.channel.is_active:
        raise refuse(
            "CHANNEL_INACTIVE", "Cannot complete checkout with inactive channel.", field="channel"
        )
    if not _email_of(checkout):
        raise refuse("EMAIL_NOT_SET", "Checkout email must be set.", field="email")
    lines = lines_of(checkout)
    _check_lines(checkout, lines)
    if is_shipping_required(lines):
        current_delivery_options(checkout)
        checkout = find_checkout(str(checkout.pk))
        _check_delivery(checkout)
    if checkout.billing_address is None:
        raise refuse(
            "BILLING_ADDRESS_NOT_SET", "Billing address is not set", field="billingAddress"
        )
    if checkout.tax_error is not None:
        checkout.prices_expire_at = None
    return refresh_prices(checkout)


def _email_of(checkout: Checkout) -> str:
    return checkout.email or (checkout.user.email if checkout.user else "")


def _check_lines(checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    if not lines:
        raise refuse("NO_LINES", "Cannot complete checkout without lines.", field="lines")
    listed = set(
        ProductVariantChannelListing.objects.filter(
            channel=checkout.channel, price_minor__gte=0, variant__in=[x.variant_id for x in lines]
        ).values_list("variant_id", flat=True)
    )
    missing = {line.variant_id for line in lines} - listed
    if missing:
        raise refuse(
            "UNAVAILABLE_VARIANT_IN_CHANNEL",
            "Some of the checkout lines variants are unavailable.",
            field="lines",
            variants=[to_global_id("ProductVariant", each) for each in sorted(missing)],
        )


def _check_delivery(checkout: Checkout) -> None:
    if checkout.shipping_address is None:
        raise refuse(
            "SHIPPING_ADDRESS_NOT_SET", "Shipping address is not set", field="shippingAddress"
        )
    if checkout.delivery is None:
        raise refuse(
            "SHIPPING_METHOD_NOT_SET", "Shipping method is not set", field="shippingMethod"
        )
    if not checkout.delivery.is_valid:
        raise refuse(
            "INVALID_SHIPPING_METHOD",
            "Delivery method is not valid for your shipping address",
            field="shippingMethod",
        )


def _create_order(
    prepared: Checkout,
    *,
    by: App | User | None,
    metadata: dict[str, str] | None,
    redirect_url: str,
) -> Order | None:
    """Create the order under the checkout's lock; None when the checkout has changed meanwhile."""
    rows = Checkout.objects.select_for_update(of=("self",)).select_related("channel", "delivery")
    checkout = rows.filter(pk=prepared.pk).first()
    if checkout is None:
        return _order_of(str(prepared.pk))
    if checkout.version != prepared.version or checkout.prices_expire_at is None:
        return None
    if checkout.tax_error is not None:
        raise refuse("TAX_ERROR", "Configured Tax App returned invalid response.")
    if checkout.authorize_status != "FULL" and not checkout.channel.allow_unpaid_orders:
        raise refuse("CHECKOUT_NOT_FULLY_PAID", NOT_FULLY_PAID)
    voucher = use_voucher(checkout)
    order = _new_order(checkout, redirect_url=redirect_url)
    order.voucher = voucher
    order.metadata.update(metadata or {})
    order.save()
    _move_to_order(checkout, order)
    refresh_amounts(order)
    record_event(order, OrderEventType.PLACED, by=by)
    addresses = {checkout.billing_address_id, checkout.shipping_address_id}
    checkout.delete()
    drop_addresses(addresses)
    events.order_placed(order)
    return order


def _move_to_order(checkout: Checkout, order: Order) -> None:
    """Create the order's lines, allocate their stock, and move the transactions to the order."""
    pairs = order_lines_of(checkout, order, lines_of(checkout))
    OrderLine.objects.bulk_create(line for line, _ in pairs)
    _total_without_discounts(order, [line for line, _ in pairs])
    allocate(checkout, pairs)
    TransactionItem.objects.filter(checkout=checkout).update(
        order=order, checkout=None, modified_at=timezone.now()
    )


def _total_without_discounts(order: Order, lines: Sequence[OrderLine]) -> None:
    delivery = order.undiscounted_shipping_minor
    for kind in ("net", "gross"):
        products = sum(getattr(line, f"undiscounted_total_{kind}_minor") for line in lines)
        setattr(order, f"undiscounted_total_{kind}_minor", products + delivery)
    order.save(update_fields=["undiscounted_total_net_minor", "undiscounted_total_gross_minor"])


# long: an argument for each column of the table
def _new_order(checkout: Checkout, *, redirect_url: str) -> Order:
    shipping, billing = checkout.shipping_address, checkout.billing_address
    delivery = checkout.delivery
    configuration = tax_configuration(checkout.channel)
    lines = lines_of(checkout)
    confirmed = checkout.channel.automatically_confirm_all_new_orders
    return Order(
        number=next_numbers(1)[0],
        status="UNFULFILLED" if confirmed else "UNCONFIRMED",
        origin="CHECKOUT",
        channel=checkout.channel,
        user=checkout.user,
        user_email=_email_of(checkout),
        language_code=checkout.language_code,
        customer_note=checkout.customer_note,
        redirect_url=redirect_url or checkout.redirect_url,
        checkout_token=checkout.pk,
        billing_address=billing.copy() if billing else None,
        shipping_address=shipping.copy() if shipping else None,
        shipping_method_id_text=delivery.method_id if delivery else "",
        shipping_method_name=delivery.name if delivery else "",
        shipping_method_metadata=delivery.metadata if delivery else {},
        shipping_method_private_metadata=delivery.private_metadata if delivery else {},
        undiscounted_shipping_minor=delivery.price_minor if delivery else 0,
        shipping_tax_rate=checkout.shipping_tax_rate,
        currency=checkout.currency,
        shipping_net_minor=checkout.shipping_net_minor,
        shipping_gross_minor=checkout.shipping_gross_minor,
        subtotal_net_minor=checkout.subtotal_net_minor,
        subtotal_gross_minor=checkout.subtotal_gross_minor,
        total_net_minor=checkout.total_net_minor,
        total_gross_minor=checkout.total_gross_minor,
        voucher_code=checkout.voucher_code,
        display_gross_prices=configuration.display_gross_prices,
        weight_grams=sum((x.variant.weight_grams or 0) * x.quantity for x in lines),
        metadata=dict(checkout.metadata),
        private_metadata=dict(checkout.private_metadata),
    )
