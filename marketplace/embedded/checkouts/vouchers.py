"""A voucher in a checkout: entering its code, what it takes off, and using it once.

As in Saleor a voucher that has ended, is used up or suits no line any more is dropped when prices
are calculated again; a checkout that is completed before that is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import F, Q, Sum
from django.utils import timezone

from marketplace.embedded.checkouts.changes import lines_of, mark_changed
from marketplace.embedded.errors import CommandError, refuse
from marketplace.embedded.models import (
    Channel,
    Checkout,
    CheckoutLine,
    DiscountValueType,
    Voucher,
    VoucherChannelListing,
    VoucherCode,
    VoucherCustomer,
)
from marketplace.embedded.money import to_minor

NOT_APPLICABLE = "VOUCHER_NOT_APPLICABLE"


def add_promo_code(checkout: Checkout, promo_code: str) -> None:
    """Enter a voucher's code in a locked checkout; it takes the place of another one.

    Refuses INVALID for a code that gives nothing here now, VOUCHER_NOT_APPLICABLE for one that is
    for other products, or that this buyer has used.
    """
    code = usable_code(promo_code, checkout.channel)
    if code is None:
        raise refuse("INVALID", "Promo code is invalid", field="promoCode")
    if not _is_applicable(code, checkout, lines_of(checkout)):
        message = "Voucher is not applicable to this checkout."
        raise refuse(NOT_APPLICABLE, message, field="promoCode")
    checkout.voucher_code = code.code
    mark_changed(checkout, deliveries=True)


def remove_promo_code(checkout: Checkout, promo_code: str) -> None:
    """Take a voucher's code out of a locked checkout; refuses NOT_FOUND and INVALID."""
    if checkout.voucher_code != promo_code:
        if VoucherCode.objects.filter(code=promo_code).exists():
            message = "Cannot remove a voucher not attached to this checkout."
            raise refuse("INVALID", message, field="promoCode")
        raise refuse("NOT_FOUND", "Promo code does not exists.", field="promoCode")
    checkout.voucher_code = None
    mark_changed(checkout, deliveries=True)


def usable_code(code: str, channel: Channel) -> VoucherCode | None:
    """Return the code when its voucher holds now, in this channel, and is not used up."""
    now = timezone.now()
    rows = VoucherCode.objects.select_related("voucher").filter(
        Q(voucher__end_date=None) | Q(voucher__end_date__gte=now),
        code=code,
        is_active=True,
        voucher__start_date__lte=now,
        voucher__channel_listings__channel=channel,
    )
    found = rows.first()
    if found is None:
        return None
    limit = found.voucher.usage_limit
    used = found.voucher.codes.aggregate(used=Sum("used"))["used"] or 0
    return found if limit is None or used < limit else None


@dataclass(frozen=True, slots=True)
class Discounts:
    """What a checkout's voucher takes off, in minor units by the line's key; empty without one."""

    code: str | None = None
    name: str | None = None
    by_line: dict[UUID, int] = field(default_factory=dict)


def discounts_of(
    checkout: Checkout, lines: Sequence[CheckoutLine], units: Mapping[UUID, int]
) -> Discounts:
    """Return what the voucher in a checkout takes off, by the lines' unit prices.

    A code that no longer holds is not in the answer: calculating prices drops it.
    """
    code = usable_code(checkout.voucher_code, checkout.channel) if checkout.voucher_code else None
    if code is None or not _is_applicable(code, checkout, lines):
        return Discounts()
    voucher = code.voucher
    listing = voucher.channel_listings.get(channel=checkout.channel)
    wanted = discounted_lines(voucher, lines)
    off = {
        line.pk: discount_minor(
            listing,
            voucher.discount_value_type,
            unit_minor=units[line.pk],
            quantity=line.quantity,
        )
        for line in lines
        if line.pk in wanted
    }
    return Discounts(code.code, voucher.name, off)


def discounted_lines(voucher: Voucher, lines: Sequence[CheckoutLine]) -> set[UUID]:
    """Return the keys of the lines that a voucher is for."""
    products = set(voucher.products.values_list("pk", flat=True))
    return {x.pk for x in lines if not products or x.variant.product_id in products}


def discount_minor(
    listing: VoucherChannelListing, value_type: str, *, unit_minor: int, quantity: int
) -> int:
    """Return what a voucher takes off a line, never more than the line costs.

    A percentage is of the whole line, rounded half up; an amount is off each unit.
    """
    total = unit_minor * quantity
    if value_type == DiscountValueType.PERCENTAGE:
        off = Decimal(total) * listing.discount_value / 100
        return min(int(off.quantize(Decimal(1), rounding=ROUND_HALF_UP)), total)
    return min(to_minor(listing.discount_value, listing.currency), unit_minor) * quantity


def use_voucher(checkout: Checkout) -> Voucher | None:
    """Return the voucher of a checkout that becomes an order, its use counted within the write.

    Refuses VOUCHER_NOT_APPLICABLE when others had the last use, or the buyer used it before.
    """
    if not checkout.voucher_code:
        return None
    # The row is locked first, so that of two buyers only one has the last use.
    locked = VoucherCode.objects.select_for_update().filter(code=checkout.voucher_code).first()
    if locked is None or usable_code(checkout.voucher_code, checkout.channel) is None:
        raise _not_applicable()
    voucher = locked.voucher
    if voucher.usage_limit is not None:
        VoucherCode.objects.filter(pk=locked.pk).update(used=F("used") + 1)
    if voucher.apply_once_per_customer:
        email = _email_of(checkout)
        if _has_used(voucher, email):
            raise _not_applicable()
        VoucherCustomer.objects.create(voucher_code=locked, customer_email=email)
    return voucher


def _is_applicable(code: VoucherCode, checkout: Checkout, lines: Sequence[CheckoutLine]) -> bool:
    if code.voucher.apply_once_per_customer and _has_used(code.voucher, _email_of(checkout)):
        return False
    return bool(discounted_lines(code.voucher, lines))


def _has_used(voucher: Voucher, email: str) -> bool:
    return VoucherCustomer.objects.filter(
        voucher_code__voucher=voucher, customer_email=email
    ).exists()


def _email_of(checkout: Checkout) -> str:
    return checkout.user.email if checkout.user else checkout.email


def _not_applicable() -> CommandError:
    return refuse(NOT_APPLICABLE, "Voucher not applicable", field="voucherCode")
