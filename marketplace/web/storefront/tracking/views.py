"""An order behind its link. Whoever holds the link may see it and say what arrived."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format
from marketplace.legal.queries import accepted_with
from marketplace.orders import queries
from marketplace.orders.models import EvidenceKind, PaymentMethod
from marketplace.orders.price_offers import not_in_stock, offer_of_order
from marketplace.orders.queries import OrderTracking, TrackedParcel
from marketplace.orders.queries.complaints import complaints_of_order, vendor_order_of
from marketplace.orders.reasons import BUYER
from marketplace.orders.services import record_delivery
from marketplace.orders.services.cancel import cancel_vendor_order
from marketplace.payments.buyer_money import BuyerMoney, buyer_money
from marketplace.payments.invoices.pdf import buyer_invoice_pdf
from marketplace.payments.invoices.queries import invoice_by_token, invoices_of_order
from marketplace.payments.queries import transfer_of
from marketplace.saleor.errors import EngineUnavailable
from marketplace.web.documents import PDF, as_file
from marketplace.web.outcomes import carry_out
from marketplace.web.storefront.cards import pictures_of_bought
from marketplace.web.storefront.returns import return_span
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.tracking import texts
from marketplace.web.storefront.tracking.money_texts import where_the_money_is


@require_GET
@behind_a_link
@shop_view
def show_order(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """Each parcel with its own state."""
    tracking = queries.order_by_token(token, language=shop.language)
    order = tracking.order
    # The order's own market, whichever market's address leads here.
    written, money = Format(shop.language, order.market), buyer_money(order)
    placed_on = day_of(order.placed_at, order.zone)
    context = {
        "tracking": tracking,
        "order": order,
        "market": order.market,
        "time_zone": order.zone,
        "parcels": [_parcel(parcel, tracking, money, written) for parcel in tracking.parcels],
        "title": capfirst(texts.title(tracking.parcels)),
        "return_span": return_span(order.country_code, written, placed_on),
        "is_cash": order.payment_method == PaymentMethod.CASH,
        "money": money,
        "money_text": where_the_money_is(tracking, money, written),
        "transfer": transfer_of(order) if tracking.awaits_transfer else None,
        "documents": invoices_of_order(order),
        "complaints": complaints_of_order(order),
        "accepted": accepted_with(order.pk),
        "pictures": pictures_of_bought(line for p in tracking.parcels for line in p.lines),
        **_offers(tracking),
        "town": order.address.city if order.address else "",
        "is_new": "new" in request.GET and not tracking.is_over,
        "token": token,
        "market_code": shop.market.code,
        "language": shop.language,
    }
    return render(request, "storefront/tracking/order.html", context)


def _offers(tracking: OrderTracking) -> dict[str, Any]:
    """The offer that it came from, and what of those in it is not in stock."""
    return {
        "price_offer": offer_of_order(tracking.order.pk),
        "not_in_stock": not_in_stock(tracking.substitutes),
    }


def _parcel(
    parcel: TrackedParcel, tracking: OrderTracking, money: BuyerMoney, written: Format
) -> dict[str, Any]:
    order = tracking.order
    is_paid = order.payment_method != PaymentMethod.CASH and (
        order.was_charged or money.paid_minor > 0
    )
    return {
        "facts": parcel,
        "badge": texts.badge_text(parcel, tracking, written),
        "look": texts.BADGES[parcel.state],
        "timeline": texts.timeline(parcel, tracking, written, is_paid=is_paid),
    }


@require_GET
@behind_a_link
@shop_view
def download_document(
    _request: HttpRequest, shop: Shop, token: str, document_id: UUID
) -> HttpResponseBase:
    """An invoice or credit note of the link's own order, in the page's language."""
    invoice, order = invoice_by_token(token, document_id)
    return as_file(
        lambda target: buyer_invoice_pdf(target, invoice, order),
        f"{invoice.number}.pdf",
        PDF,
        language=shop.language,
    )


# No CSRF token: a browser that sends no referrer sends no origin either, and a stranger who could
# forge the request would need the address, which is the whole secret.
@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def confirm_receipt(request: HttpRequest, shop: Shop, token: str, parcel_id: UUID) -> HttpResponse:
    """The buyer has the parcel: that releases its money."""
    parcel = queries.parcel_by_token(token, parcel_id)
    carry_out(
        request,
        lambda: record_delivery.record_delivery(
            parcel=parcel,
            kind=EvidenceKind.BUYER,
            occurred_at=timezone.now(),
            by=Actor.buyer(parcel.vendor_order.order_id),
        ),
        _("Thank you. The cooperative will now be paid for this parcel."),
    )
    return redirect(shop.url("tracking", token=token))


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def report_missing(request: HttpRequest, shop: Shop, token: str, parcel_id: UUID) -> HttpResponse:
    """The buyer waits in vain: the programme's staff look for the parcel."""
    parcel = queries.parcel_by_token(token, parcel_id)
    carry_out(
        request,
        lambda: record_delivery.report_missing(
            parcel=parcel, by=Actor.buyer(parcel.vendor_order.order_id)
        ),
        _("We are asking the carrier. The cooperative is not paid before the parcel arrives."),
    )
    return redirect(shop.url("tracking", token=token))


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def cancel_order(
    request: HttpRequest, shop: Shop, token: str, vendor_order_id: UUID
) -> HttpResponse:
    """The buyer cancels what a cooperative has not begun to send; what was paid goes back."""
    order = queries.order_of_link(token)
    vendor_order = vendor_order_of(order, vendor_order_id)
    by = Actor.buyer(order.pk)
    try:
        cancel_vendor_order(vendor_order=vendor_order, reason=BUYER, by=by)
    except EngineUnavailable:
        messages.warning(request, _("Cancelled. The shop is updated in a moment."))
    except TwizaError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Cancelled."))
    return redirect(shop.url("tracking", token=token))
