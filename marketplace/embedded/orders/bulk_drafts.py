"""One past order from its input: checked, priced from what it says, not yet saved."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from marketplace.embedded.addresses import province_problem
from marketplace.embedded.errors import CommandError
from marketplace.embedded.ids import from_global_id, to_global_id
from marketplace.embedded.models import (
    Address,
    Fulfillment,
    FulfillmentLine,
    Invoice,
    Order,
    OrderEvent,
    OrderLine,
    TransactionEvent,
    TransactionItem,
    Warehouse,
)
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders.bulk_lookups import VARIANT_KEYS, Lookups, Problem
from marketplace.embedded.payments.past import KINDS, past_payment
from marketplace.embedded.pricing import unit_of
from marketplace.embedded.statuses import authorize_status, charge_status

NOTE_LENGTH = 255


@dataclass(slots=True)
class Draft:
    """An order to be, with everything that belongs to it, unsaved; or why it cannot be."""

    order: Order = field(default_factory=Order)
    problems: list[Problem] = field(default_factory=list)
    lines: list[OrderLine] = field(default_factory=list)
    warehouses: list[Warehouse] = field(default_factory=list)
    fulfillments: list[Fulfillment] = field(default_factory=list)
    fulfillment_lines: list[FulfillmentLine] = field(default_factory=list)
    payments: list[TransactionItem] = field(default_factory=list)
    payment_events: list[TransactionEvent] = field(default_factory=list)
    notes: list[OrderEvent] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)

    def refuse(self, path: str, code: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(path, code, message))


def draft_order(data: dict[str, Any], found: Lookups) -> Draft:
    """Build an order and its parts from its input; problems are noted, not raised."""
    draft = Draft()
    channel = found.channels.get(data["channel"])
    if channel is None:
        draft.refuse("channel", "NOT_FOUND", f"Channel with slug {data['channel']} not found.")
        return draft
    if data["currency"] != channel.currency_code:
        message = f"Currency from input doesn't match channel's: {channel.currency_code}."
        draft.refuse("currency", "INCORRECT_CURRENCY", message)
        return draft
    user = found.user(data["user"])
    if user is None and not data["user"].get("email"):
        draft.refuse("user", "NOT_FOUND", "There is no user for this input, and no e-mail.")
    order = draft.order
    order.channel, order.currency = channel, channel.currency_code
    order.origin, order.status = "BULK_CREATE", _text(data.get("status"), "UNFULFILLED")
    order.created_at = _past(draft, "createdAt", data["created_at"])
    order.user = user
    order.user_email = data["user"].get("email") or (user.email if user else "")
    order.external_reference = data.get("external_reference") or None
    order.language_code = _text(data["language_code"], "EN").lower().replace("_", "-")
    order.customer_note = data.get("customer_note") or ""
    order.redirect_url = data.get("redirect_url") or ""
    order.display_gross_prices = data.get("display_gross_prices") is not False
    order.weight_grams = round((data.get("weight") or 0) * 1000)
    order.metadata = _pairs(data.get("metadata"))
    order.private_metadata = _pairs(data.get("private_metadata"))
    order.billing_address = _address(draft, data, "billing_address", "billingAddress")
    order.shipping_address = _address(draft, data, "shipping_address", "shippingAddress")
    if order.external_reference in found.known_references:
        message = f"Order with external reference {order.external_reference} already exists."
        draft.refuse("externalReference", "UNIQUE", message)
    _add_lines(draft, data["lines"], found)
    if draft.problems:
        return draft
    _add_delivery(draft, data.get("delivery_method") or {}, found)
    _add_fulfillments(draft, data.get("fulfillments") or [], found)
    _add_totals(draft)
    _add_payments(draft, data.get("transactions") or [])
    _add_papers(draft, data, found)
    return draft


def _text(value: Any, default: str) -> str:
    return default if value is None else str(getattr(value, "value", value))


def _pairs(items: list[dict[str, str]] | None) -> dict[str, str]:
    return {item["key"]: item["value"] for item in items or []}


def _past(draft: Draft, path: str, moment: datetime) -> datetime:
    if moment > timezone.now():
        draft.refuse(path, "FUTURE_DATE", "Provided date is from the future.")
    return moment


def _address(draft: Draft, order: dict[str, Any], key: str, path: str) -> Address | None:
    data = order.get(key)
    if data is None:
        return None
    given = {name: data.get(name) or "" for name in Address.FIELDS}
    found = Address(**{**given, "country": _text(data.get("country"), "")})
    if not found.city or province_problem(found.country, found.country_area, required=True):
        draft.refuse(path, "INVALID", "The address is not valid.")
    return found


def _add_lines(draft: Draft, items: list[dict[str, Any]], found: Lookups) -> None:
    if not items:
        draft.refuse("lines", "REQUIRED", "At least one line is required.")
    for place, item in enumerate(items):
        path = f"lines.{place}"
        if sum(1 for key in VARIANT_KEYS if item.get(key)) > 1:
            draft.refuse(path, "TOO_MANY_IDENTIFIERS", "Name the variant in one way only.")
        variant = found.variant(item)
        if variant is None and not item.get("product_name"):
            draft.refuse(path, "NOT_FOUND", "There is no such variant, and no product name.")
        warehouse = found.warehouses.get(item["warehouse"])
        if warehouse is None:
            draft.refuse(f"{path}.warehouse", "NOT_FOUND", "There is no such warehouse.")
        if item["quantity"] < 1:
            draft.refuse(f"{path}.quantity", "INVALID_QUANTITY", "The quantity must be positive.")
        total = item["total_price"]
        if total["gross"] < total["net"]:
            message = "Net price can't be greater than gross price."
            draft.refuse(f"{path}.totalPrice", "PRICE_ERROR", message)
        if warehouse is not None:
            _check_tax_class(draft, path, item, "tax_class_id", found)
        if draft.problems or warehouse is None:
            continue
        draft.lines.append(_line(draft.order, item, variant))
        draft.warehouses.append(warehouse)


def _line(order: Order, item: dict[str, Any], variant: Any) -> OrderLine:
    currency, quantity = order.currency, item["quantity"]
    net = to_minor(item["total_price"]["net"], currency)
    gross = to_minor(item["total_price"]["gross"], currency)
    full_net = to_minor(item["undiscounted_total_price"]["net"], currency)
    full_gross = to_minor(item["undiscounted_total_price"]["gross"], currency)
    return OrderLine(
        order=order,
        created_at=item["created_at"],
        variant=variant,
        product_name=item.get("product_name") or variant.product.name,
        variant_name=item.get("variant_name") or (variant.name if variant else ""),
        translated_product_name=item.get("translated_product_name") or "",
        translated_variant_name=item.get("translated_variant_name") or "",
        product_sku=item.get("product_sku") or (variant.sku if variant else None),
        product_variant_id=to_global_id("ProductVariant", variant.pk) if variant else None,
        is_shipping_required=item["is_shipping_required"],
        quantity=quantity,
        currency=currency,
        unit_net_minor=unit_of(net, quantity),
        unit_gross_minor=unit_of(gross, quantity),
        total_net_minor=net,
        total_gross_minor=gross,
        undiscounted_unit_net_minor=unit_of(full_net, quantity),
        undiscounted_unit_gross_minor=unit_of(full_gross, quantity),
        undiscounted_total_net_minor=full_net,
        undiscounted_total_gross_minor=full_gross,
        tax_rate=item.get("tax_rate"),
        tax_class_name=item.get("tax_class_name"),
        metadata=_pairs(item.get("metadata")),
        private_metadata=_pairs(item.get("private_metadata")),
    )


def _check_tax_class(
    draft: Draft, path: str, data: dict[str, Any], key: str, found: Lookups
) -> None:
    """As Saleor does: it has to be named, and to be there."""
    if not data.get(key):
        draft.refuse(path, "NOT_FOUND", "A tax class has to be named.")
    elif data[key] not in found.tax_classes:
        first, *rest = key.split("_")
        leaf = first + "".join(word.capitalize() for word in rest)
        draft.refuse(f"{path}.{leaf}", *_unknown(data[key], "TaxClass"))


def _unknown(global_id: str, kind: str) -> tuple[str, str]:
    decoded = from_global_id(global_id)
    if decoded is None or decoded.type_name != kind:
        return "INVALID", f"Invalid ID: {global_id}. Expected: {kind}."
    return "NOT_FOUND", f"There is no such {kind}."


def _add_delivery(draft: Draft, data: dict[str, Any], found: Lookups) -> None:
    order = draft.order
    if not any(line.is_shipping_required for line in draft.lines):
        return
    given = data.get("shipping_method_id")
    method = found.shipping_methods.get(given or "")
    if given:
        # (Saleor names the field twice in these paths)
        if method is None:
            path = "deliveryMethod.shippingMethodId.shippingMethodId"
            draft.refuse(path, *_unknown(given, "ShippingMethod"))
        path = "deliveryMethod.shippingTaxClassId"
        _check_tax_class(draft, path, data, "shipping_tax_class_id", found)
    if method is None:
        draft.refuse("deliveryMethod", "REQUIRED", "No delivery method provided.")
        return
    order.shipping_method_id_text = f"ShippingMethod:{method.pk}"
    order.shipping_method_name = data.get("shipping_method_name") or ""
    order.shipping_tax_rate = data.get("shipping_tax_rate")
    price = data.get("shipping_price")
    if price:
        order.shipping_net_minor = to_minor(price["net"], order.currency)
        order.shipping_gross_minor = to_minor(price["gross"], order.currency)
        order.undiscounted_shipping_minor = order.shipping_gross_minor


def _add_fulfillments(draft: Draft, items: list[dict[str, Any]], found: Lookups) -> None:
    for place, item in enumerate(items):
        fulfillment = Fulfillment(
            order=draft.order,
            fulfillment_order=place + 1,
            tracking_number=item.get("tracking_code") or "",
            created_at=draft.order.created_at,
        )
        draft.fulfillments.append(fulfillment)
        for index, sent in enumerate(item.get("lines") or []):
            path = f"fulfillments.{place}.lines.{index}"
            _add_fulfillment_line(draft, fulfillment, sent, found, path=path)
    for line in draft.lines:
        if line.quantity_fulfilled > line.quantity:
            message = "There is more fulfilled than ordered."
            draft.refuse("fulfillments", "INVALID_QUANTITY", message)


def _add_fulfillment_line(
    draft: Draft, fulfillment: Fulfillment, item: dict[str, Any], found: Lookups, *, path: str
) -> None:
    index = item["order_line_index"]
    if index < 0:
        draft.refuse(f"{path}.orderLineIndex", "NEGATIVE_INDEX", "The index is negative.")
        return
    if index >= len(draft.lines):
        message = f"There is no order line with index {index}."
        draft.refuse(f"{path}.orderLineIndex", "NO_RELATED_ORDER_LINE", message)
        return
    warehouse = found.warehouses.get(item["warehouse"])
    if warehouse is None:
        draft.refuse(f"{path}.warehouse", "NOT_FOUND", "There is no such warehouse.")
        return
    if item["quantity"] < 1:
        draft.refuse(f"{path}.quantity", "INVALID_QUANTITY", "The quantity must be positive.")
        return
    line = draft.lines[index]
    line.quantity_fulfilled += item["quantity"]
    draft.fulfillment_lines.append(
        FulfillmentLine(
            fulfillment=fulfillment,
            order_line=line,
            quantity=item["quantity"],
            stock=found.stocks.get((line.variant_id or 0, warehouse.pk)),
        )
    )


def _add_totals(draft: Draft) -> None:
    order = draft.order
    order.subtotal_net_minor = sum(line.total_net_minor for line in draft.lines)
    order.subtotal_gross_minor = sum(line.total_gross_minor for line in draft.lines)
    order.total_net_minor = order.subtotal_net_minor + order.shipping_net_minor
    order.total_gross_minor = order.subtotal_gross_minor + order.shipping_gross_minor
    order.undiscounted_total_net_minor = order.shipping_net_minor + sum(
        line.undiscounted_total_net_minor for line in draft.lines
    )
    order.undiscounted_total_gross_minor = order.shipping_gross_minor + sum(
        line.undiscounted_total_gross_minor for line in draft.lines
    )


def _add_payments(draft: Draft, items: list[dict[str, Any]]) -> None:
    """As at Saleor, they belong to no App: nobody is asked to refund them."""
    order = draft.order
    for place, item in enumerate(items):
        if empty := [name for name in KINDS if name in item and item[name] is None]:
            path = f"transactions.{place}.{empty[0]}"
            draft.refuse(path, "INVALID", "An amount may be left out, but not be null.")
            continue
        try:
            payment, events = past_payment(order, item, at=order.created_at, by=None)
        except CommandError as error:
            for problem in error.problems:
                path = f"transactions.{place}.{problem['field']}"
                draft.refuse(path, problem["code"], problem["message"])
            continue
        payment.metadata = _pairs(item.get("metadata"))
        payment.private_metadata = _pairs(item.get("private_metadata"))
        draft.payments.append(payment)
        draft.payment_events.extend(events)
    charged = sum(payment.charged_minor for payment in draft.payments)
    authorized = sum(payment.authorized_minor for payment in draft.payments)
    total = order.total_gross_minor
    order.total_charged_minor, order.total_authorized_minor = charged, authorized
    order.charge_status = charge_status(total=total, granted=0, charged=charged)
    order.authorize_status = authorize_status(
        total=total, granted=0, authorized=authorized, charged=charged
    )


def _add_papers(draft: Draft, data: dict[str, Any], found: Lookups) -> None:
    order = draft.order
    for place, note in enumerate(data.get("notes") or []):
        if len(note["message"]) > NOTE_LENGTH:
            message = f"Note message exceeds character limit: {NOTE_LENGTH}."
            draft.refuse(f"notes.{place}.message", "NOTE_LENGTH", message)
        at = _past(draft, f"notes.{place}.date", note.get("date") or order.created_at)
        app = found.apps.get(note.get("app_id") or "")
        draft.notes.append(
            OrderEvent(order=order, date=at, type="NOTE_ADDED", message=note["message"], app=app)
        )
    for place, invoice in enumerate(data.get("invoices") or []):
        at = _past(draft, f"invoices.{place}.createdAt", invoice["created_at"])
        draft.invoices.append(
            Invoice(
                order=order,
                created_at=at,
                number=invoice.get("number"),
                url=invoice.get("url"),
                status="SUCCESS",
                metadata=_pairs(invoice.get("metadata")),
                private_metadata=_pairs(invoice.get("private_metadata")),
            )
        )
