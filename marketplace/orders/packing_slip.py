"""The packing slip of a parcel as a PDF: addressee, contents, and what the buyer wrote."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
import typst
from django.utils.translation import gettext as _

from marketplace.core.days import day_of
from marketplace.core.documents.drawing import FONTS, in_digits, isolated
from marketplace.core.formats import Format
from marketplace.core.market_usage import speaking
from marketplace.core.phones import shown_phone
from marketplace.orders.cash_to_collect import collected_with, quantities_in, to_collect
from marketplace.orders.models import Order, Parcel, VendorOrder, collection_of
from marketplace.orders.services.pickup_words import place_of

HERE = Path(__file__).parent
TEMPLATE = HERE / "documents" / "packing_slip.typ"


def packing_slip(
    vendor_order: VendorOrder, *, language: str, parcel: Parcel | None = None
) -> bytes:
    """An A5 PDF in a language (``ar``, ``fr``, ``en``) with what goes into a parcel.

    Without a parcel: one with everything that is still to be shipped. For cash on delivery it
    names what this parcel must bring, in the order's currency.
    """
    with speaking(language, vendor_order.order.market):
        form = Format(language, vendor_order.order.market)
        data = in_digits(_facts(vendor_order, parcel, language), form)
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={
            "slip": json.dumps(data, ensure_ascii=False),
            "code": segno.make(vendor_order.number, error="m", micro=False).svg_inline(border=0),
        },
    )
    return made


# long: everything that is on the slip
def _facts(vendor_order: VendorOrder, parcel: Parcel | None, language: str) -> dict[str, Any]:
    order: Order = vendor_order.order
    written = Format(language, order.market)
    if parcel is not None:
        wanted, collect = quantities_in(parcel), collected_with(parcel)
    else:
        wanted = vendor_order.quantities_left
        collect = to_collect(vendor_order, wanted)
    sent_from = vendor_order.cooperative.country_code
    home = sent_from if sent_from == order.country_code else ""
    return {
        "language": language,
        "direction": written.direction,
        "title": _("Packing slip"),
        "parcel": _("Parcel %(n)s") % {"n": parcel.number} if parcel else "",
        "number": vendor_order.number,
        "placed": _("Ordered on %(day)s")
        % {"day": written.day(day_of(vendor_order.placed_at, order.zone))},
        "labels": {
            "from": _("From"),
            "to": _("To"),
            "quantity": _("Quantity"),
            "product": _("Product"),
            "sku": _("Code"),
            "packed": _("Packed"),
            "collect": _("To collect on delivery"),
            "pickup": _("The buyer collects it"),
            "message": _("A message for you"),
            "note": _("The buyer's note"),
        },
        "from": _sender(vendor_order, language, home),
        "to": _recipient(order, written, home),
        "lines": [
            {"quantity": str(quantity), "title": title, "sku": sku}
            for quantity, title, sku in _lines(vendor_order, wanted, language)
        ],
        "collect": written.money(collect, vendor_order.currency) if collect else "",
        "pickup": _pickup(vendor_order, written),
        "message": _printed(order.gift_message),
        # Whoever unpacks a gift is not to read what was written to the cooperative.
        "note": [] if order.is_gift else _printed(order.note),
        "footer": _("Thank you for buying from a cooperative."),
    }


def _pickup(vendor_order: VendorOrder, written: Format) -> list[str]:
    """Until when it waits for its buyer; nothing of what is sent, and never the code."""
    collection = collection_of(vendor_order)
    if collection is None:
        return []
    found = [isolated(place_of(collection.offer))]
    if collection.keep_until_on:
        found.append(_("Kept until %(day)s") % {"day": written.day(collection.keep_until_on)})
    return found


def _printed(text: str) -> list[str]:
    """A text of the buyer's, line by line, each in its own direction."""
    return [isolated(line) for line in text.split("\n")] if text else []


def _lines(
    vendor_order: VendorOrder, wanted: Mapping[UUID, int], language: str
) -> list[tuple[int, str, str]]:
    return [
        (wanted[line.pk], line.title_in(language), line.sku)
        for line in vendor_order.lines.all()
        if line.pk in wanted
    ]


def _sender(vendor_order: VendorOrder, language: str, home: str) -> dict[str, Any]:
    cooperative = vendor_order.cooperative
    names = {text.language: text.name for text in cooperative.texts.all()}
    place = cooperative.place_name_ar if language == "ar" else cooperative.place_name
    lines = (cooperative.address_line, place or cooperative.place_name)
    return {
        "name": names.get(language) or cooperative.legal_name,
        "lines": [isolated(line) for line in lines if line],
        "phone": shown_phone(cooperative.phone, home),
    }


def _recipient(order: Order, written: Format, home: str) -> dict[str, Any]:
    address = order.address
    if address is None:
        return {"name": "", "lines": [], "phone": ""}
    country = f"{written.country(address.country_code)} ({address.country_code})"
    lines = [isolated(line) for line in (order.company_name, *address.lines(), country) if line]
    if order.purchase_order:
        lines.append(f"{_('Purchase order')}: {isolated(order.purchase_order)}")
    phone = shown_phone(order.phone or address.phone, home)
    return {"name": address.name, "lines": lines, "phone": phone}
