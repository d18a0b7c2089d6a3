"""Making vouchers, changing them, and saying which products they are for."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.embedded import ids
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given, set_if_present
from marketplace.embedded.models import Channel, DiscountValueType, Product, Voucher, VoucherCode
from marketplace.embedded.money import exact_minor

WHOLE_PERCENT = 100


def create_voucher(data: Mapping[str, Any]) -> Voucher:
    """Create a voucher with its codes.

    Refuses REQUIRED, ALREADY_EXISTS (a code), DUPLICATED_INPUT_ITEM, INVALID (it ends before it
    begins) and NOT_FOUND.
    """
    voucher = Voucher()
    _apply(voucher, data)
    codes = _new_codes(data.get("add_codes") or [])
    voucher.save()
    VoucherCode.objects.bulk_create(VoucherCode(voucher=voucher, code=code) for code in codes)
    add_products(voucher, data.get("products") or [])
    return voucher


def update_voucher(voucher: Voucher, data: Mapping[str, Any]) -> None:
    """Change what is given of a voucher; refuses as `create_voucher` does."""
    _apply(voucher, data)
    codes = _new_codes(data.get("add_codes") or [])
    voucher.save()
    VoucherCode.objects.bulk_create(VoucherCode(voucher=voucher, code=code) for code in codes)
    if data.get("products") is not None:
        voucher.products.set(_products(data["products"]))


def add_products(voucher: Voucher, global_ids: Sequence[str]) -> None:
    """Let a voucher be for more products; refuses NOT_FOUND."""
    voucher.products.add(*_products(global_ids))


def remove_products(voucher: Voucher, global_ids: Sequence[str]) -> None:
    """Let a voucher no longer be for products; refuses NOT_FOUND."""
    voucher.products.remove(*_products(global_ids))


def update_voucher_listings(
    voucher: Voucher, *, add: Sequence[Mapping[str, Any]], remove: Sequence[str]
) -> None:
    """Set a voucher's value by channel, and take it out of others.

    Refuses REQUIRED, INVALID (over 100 per cent, or more decimals than the currency has) and
    NOT_FOUND.
    """
    for item in add:
        channel = ids.fetch(Channel.objects.all(), item["channel_id"], "Channel", field="channels")
        value = item.get("discount_value")
        if value is None:
            raise refuse("REQUIRED", "Value is required for voucher.", field="discountValue")
        _check_value(voucher, value, channel)
        voucher.channel_listings.update_or_create(
            channel=channel, defaults={"discount_value": value, "currency": channel.currency_code}
        )
    voucher.channel_listings.filter(channel_id__in=ids.pks(list(remove), "Channel")).delete()


def _apply(voucher: Voucher, data: Mapping[str, Any]) -> None:
    set_given(voucher, data, "type", "discount_value_type", "start_date", "apply_once_per_customer")
    set_if_present(voucher, data, "name", "end_date", "usage_limit")
    if voucher.end_date is not None and voucher.end_date < voucher.start_date:
        raise refuse("INVALID", "End date cannot be before the start date.", field="endDate")


def _new_codes(codes: Sequence[str]) -> list[str]:
    wanted = [code.strip() for code in codes]
    if not all(wanted):
        raise refuse("REQUIRED", "This field cannot be blank.", field="codes")
    if len(set(wanted)) != len(wanted):
        message = "Duplicated promo codes provided."
        raise refuse("DUPLICATED_INPUT_ITEM", message, field="codes")
    known = VoucherCode.objects.filter(code__in=wanted).values_list("code", flat=True)
    if existing := sorted(known):
        message = "Promo code already exists."
        raise refuse("ALREADY_EXISTS", message, field="codes", voucher_codes=existing)
    return wanted


def _products(global_ids: Sequence[str]) -> list[Product]:
    keys = [key for key in ids.pks(list(global_ids), "Product") if ids.valid_pk(Product, key)]
    found = list(Product.objects.filter(pk__in=keys))
    if len(found) != len(set(global_ids)):
        raise refuse("NOT_FOUND", "Couldn't resolve to a node.", field="products")
    return found


def _check_value(voucher: Voucher, value: Decimal, channel: Channel) -> None:
    if voucher.discount_value_type == DiscountValueType.FIXED:
        exact_minor(value, channel.currency_code, field="discountValue")
    elif value > WHOLE_PERCENT:
        raise refuse("INVALID", "Invalid percentage value.", field="discountValue")
