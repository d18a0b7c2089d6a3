"""Packing slips, printed before a parcel is sent and again afterwards."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from marketplace.core.errors import NotFound
from marketplace.orders import queries
from marketplace.orders.models import Parcel, ParcelState, VendorOrder
from marketplace.orders.packing_slip import packing_slip
from marketplace.web.portal.access import MemberAccess, member_view


@member_view("order:read")
@require_GET
def print_slip(_request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """The slip of a parcel with all that is still to be sent; afterwards, of the last one sent."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    if vendor_order.quantities_left:
        return _as_pdf(vendor_order)
    sent = [row for row in vendor_order.parcels.all() if row.state != ParcelState.WITHDRAWN]
    if not sent:
        raise NotFound
    return _as_pdf(vendor_order, sent[-1])


@member_view("order:read")
@require_GET
def print_parcel_slip(
    _request: HttpRequest, access: MemberAccess, vendor_order_id: UUID, parcel_id: UUID
) -> HttpResponse:
    """The slip of a parcel that was sent, as it was."""
    parcel = queries.parcel(access.scope, parcel_id)
    if parcel.vendor_order_id != vendor_order_id:
        raise NotFound
    return _as_pdf(queries.vendor_order(access.scope, vendor_order_id), parcel)


def _as_pdf(vendor_order: VendorOrder, parcel: Parcel | None = None) -> HttpResponse:
    content = packing_slip(vendor_order, language=get_language() or "ar", parcel=parcel)
    name = f"{vendor_order.number}-{parcel.number}" if parcel else vendor_order.number
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
