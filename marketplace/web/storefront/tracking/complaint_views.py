"""A buyer asks for a return or complains, and follows it, behind the order's link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.photo_files import LARGEST_BYTES
from marketplace.core.actors import Actor
from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format
from marketplace.core.throttle import Use, require
from marketplace.core.uploads import takes_files
from marketplace.orders import queries
from marketplace.orders.models import Complaint, ComplaintState, Order, Remedy, VendorOrder
from marketplace.orders.queries.complaints import (
    claimable_lines,
    complaint_of_order,
    made_before,
    photo_of_order,
    vendor_order_of,
)
from marketplace.orders.services import complaints
from marketplace.orders.services.complaints.ask import MOST_PHOTOS
from marketplace.web.complaints import facts_of
from marketplace.web.outcomes import carry_out
from marketplace.web.photographs import private_photograph
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.tracking.complaint_forms import ComplaintForm
from vendors.queries import profiles_by_id

MOST_BYTES = MOST_PHOTOS * LARGEST_BYTES
_CHOICES = {
    "accept": (complaints.accept_offer, gettext_lazy("You accept the offer.")),
    "mediator": (complaints.ask_mediator, gettext_lazy("The programme's mediator will decide.")),
    "done": (complaints.confirm_done, gettext_lazy("Thank you. Your request is closed.")),
    "withdraw": (complaints.withdraw, gettext_lazy("Your request is withdrawn.")),
}


# No CSRF token, as on the order's own page: the address is the whole secret.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(MOST_BYTES)
@behind_a_link
@shop_view
def ask(request: HttpRequest, shop: Shop, token: str, vendor_order_id: UUID) -> HttpResponseBase:
    """Choose items and a reason; what was typed stays when something is missing."""
    order = queries.order_of_link(token)
    vendor_order = vendor_order_of(order, vendor_order_id)
    is_sent = request.method == "POST"
    form = ComplaintForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        lines=claimable_lines(vendor_order),
        language=shop.language,
    )
    if is_sent and (made := _made(request, form, vendor_order)):
        messages.success(request, _("Your request is sent. This page says how it goes on."))
        return redirect(shop.url("tracking-complaint", token=token, complaint_id=made.pk))
    context = {**_frame(order, vendor_order, shop, token), "form": form}
    status = 422 if is_sent else 200
    return render(request, "storefront/tracking/complaint_new.html", context, status=status)


def _made(request: HttpRequest, form: ComplaintForm, vendor_order: VendorOrder) -> Complaint | None:
    """The complaint of a form that is right; None when it is to be shown again."""
    if known := made_before(vendor_order, request.POST.get("key", "")):
        return known
    if not form.is_valid():
        return None
    try:
        require(
            Use("complaint_order", str(vendor_order.order_id)),
            Use("complaint_address", address_key(request)),
        )
        photos = form.read_photographs()
        if form.errors:
            return None
        return complaints.ask(
            vendor_order=vendor_order,
            quantities=form.quantities,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            photos=photos,
            key=form.key_given,
            by=Actor.buyer(vendor_order.order_id),
        )
    except TwizaError as refused:
        form.add_error(None, str(refused))
        return None


@require_GET
@behind_a_link
@shop_view
def show_complaint(
    request: HttpRequest, shop: Shop, token: str, complaint_id: UUID
) -> HttpResponseBase:
    """How far it is, by when what happens, and what the buyer can do now."""
    order = queries.order_of_link(token)
    row = complaint_of_order(order, complaint_id)
    context = {
        **_frame(order, row.vendor_order, shop, token),
        **facts_of(row, Format(shop.language, order.market)),
        **_actions(row),
        "address": row.vendor_order.cooperative,
    }
    return render(request, "storefront/tracking/complaint.html", context)


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def choose(request: HttpRequest, shop: Shop, token: str, complaint_id: UUID) -> HttpResponseBase:
    """Accept an offer, ask the mediator, say that it is done, or withdraw the request."""
    order = queries.order_of_link(token)
    row = complaint_of_order(order, complaint_id)
    if found := _CHOICES.get(request.POST.get("choice", "")):
        service, done = found
        carry_out(request, lambda: service(complaint=row, by=Actor.buyer(order.pk)), done)
    return redirect(shop.url("tracking-complaint", token=token, complaint_id=complaint_id))


@require_GET
@behind_a_link
@shop_view
def show_photo(
    _request: HttpRequest, _shop: Shop, token: str, complaint_id: UUID, position: int
) -> HttpResponseBase:
    """A photograph that the buyer sent; for whoever has the order's link."""
    return private_photograph(photo_of_order(queries.order_of_link(token), complaint_id, position))


def _frame(order: Order, vendor_order: VendorOrder, shop: Shop, token: str) -> dict[str, Any]:
    own = vendor_order.cooperative_id
    return {
        "order": order,
        "vendor_order": vendor_order,
        "cooperative": profiles_by_id([own], shop.language).get(own),
        "market": order.market,
        "time_zone": order.zone,
        "token": token,
    }


def _actions(row: Complaint) -> dict[str, bool]:
    """What the buyer may do with a complaint now."""
    is_work = row.remedy in {Remedy.REPAIR, Remedy.EXCHANGE}
    is_agreed = row.state == ComplaintState.ACCEPTED and not row.is_refunding
    disputable = row.state in {ComplaintState.OFFERED, ComplaintState.REFUSED} or is_agreed
    withdrawable = row.state in {ComplaintState.ASKED, ComplaintState.MEDIATION} or disputable
    return {
        "may_accept": row.state == ComplaintState.OFFERED,
        "may_mediate": disputable and row.returned_at is None,
        "may_confirm": is_agreed and is_work,
        "may_withdraw": withdrawable and row.returned_at is None,
    }
