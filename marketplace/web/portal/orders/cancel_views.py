"""A cooperative cancels an order that it cannot send."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.orders import queries
from marketplace.payments import services
from marketplace.web.order_cancellation import cancel_by_form
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.orders.forms import CancelForm


@member_view("order:ship")
@require_http_methods(["GET", "POST"])
def cancel_order(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """Cancel an order; asks for the reason and a confirmation."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    form = CancelForm(request.POST or None)
    done = _("Cancelled. The programme refunds the buyer.")
    act = partial(services.cancel_as_member, vendor_order=vendor_order, by=access.by)
    if cancel_by_form(request, form, act, done=done):
        return redirect(
            "portal:order", cooperative=access.cooperative.slug, vendor_order_id=vendor_order_id
        )
    context = {"access": access, "vendor_order": vendor_order, "form": form}
    return render(request, "portal/orders/cancel.html", context)
