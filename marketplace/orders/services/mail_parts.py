"""Vendor orders as mails write them: who sells what, for how much, and when it comes."""

from typing import Any

from django.utils.translation import pgettext

from marketplace.core.formats import Format
from marketplace.orders.models import VendorOrder, VendorOrderLine, collection_of


def cooperative_name(vendor_order: VendorOrder, language: str) -> str:
    """The name of who sells it, in a language if there is one in it."""
    names = {text.language: text.name for text in vendor_order.cooperative.texts.all()}
    return str(names.get(language) or vendor_order.cooperative.legal_name)


def named(vendor_order: VendorOrder) -> dict[str, str]:
    """``cooperative`` and ``number`` of the order, for sentences to its buyer."""
    order = vendor_order.order
    return {"cooperative": cooperative_name(vendor_order, order.language), "number": order.number}


def part_facts(vendor_order: VendorOrder, language: str) -> dict[str, Any]:
    """A vendor order as text: who, what, and when it comes if it is sent."""
    written = Format(language, vendor_order.order.market)
    days = ""
    if (
        collection_of(vendor_order) is None
        and vendor_order.promised_from_on
        and vendor_order.promised_to_on
    ):
        days = written.day_range(vendor_order.promised_from_on, vendor_order.promised_to_on)
    return {
        "cooperative": cooperative_name(vendor_order, language),
        "lines": [
            _line(line, written, vendor_order.currency)
            for line in vendor_order.lines.all()
            if line.quantity_kept
        ],
        "days": days,
    }


def _line(line: VendorOrderLine, written: Format, currency: str) -> tuple[str, str, str]:
    """How many, what, and the price of the line, as they are written."""
    price = written.money(line.kept_before_discount_minor, currency)
    return written.number(line.quantity_kept), line.title_in(written.language), price


def amounts_of(parts: list[VendorOrder], written: Format, currency: str) -> dict[str, str]:
    """What the parcels cost: the products, the delivery, and both."""
    goods_minor = sum(part.kept_goods_minor for part in parts)
    off_minor = sum(part.kept_off_minor for part in parts)
    shipping_minor = sum(part.shipping_minor for part in parts)
    is_free = not shipping_minor and any(part.waived_minor for part in parts)
    is_free = is_free or (not shipping_minor and any(collection_of(part) for part in parts))
    free = pgettext("delivery", "Free") if is_free else ""
    return {
        "goods": written.money(goods_minor - off_minor, currency),
        "voucher": written.money(off_minor, currency) if off_minor else "",
        "delivery": free or written.money(shipping_minor, currency),
        "total": written.money(goods_minor + shipping_minor, currency),
    }
