"""A cooperative says what of an order it cannot deliver: a form, then what follows from it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.orders import queries
from marketplace.orders.models import PaymentMethod, VendorOrder
from marketplace.orders.refusal_errors import OrderChanged, SubstituteWrong
from marketplace.orders.services.refuse import version
from marketplace.orders.services.substitutes import offered_by
from marketplace.payments import services
from marketplace.saleor.errors import EngineUnavailable
from marketplace.web.outcomes import pass_on_rights
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.orders.refuse_forms import RefuseForm


@member_view("order:ship")
@require_http_methods(["GET", "POST"])
def refuse_order(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """Ask what and why; show what follows; do it once it is confirmed."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    key = _key(request)
    if vendor_order.refusals.filter(pk=key).exists():
        # The second tap of one page.
        return _to_order(access, vendor_order)
    sold = offered_by(vendor_order) if access.allows("price:offer") else []
    form = RefuseForm(request.POST or None, vendor_order=vendor_order, sold=sold)
    page: dict[str, Any] = {"access": access, "vendor_order": vendor_order, "form": form}
    page |= {"key": key, "seen": request.POST.get("seen") or version(vendor_order)}
    if not form.is_valid() or "change" in request.POST:
        return render(request, "portal/orders/refuse.html", page)
    try:
        if "confirmed" in request.POST:
            return _refuse(request, access, page)
        if page["seen"] != version(vendor_order):
            raise OrderChanged
        note = form.cleaned_data["note"]
        page["follows"] = services.consequences(vendor_order, form.refused, note)
    except SubstituteWrong as wrong:
        form.add_wrong(wrong)
        return render(request, "portal/orders/refuse.html", page)
    except TwizaError as error:
        pass_on_rights(error)
        form.add_error(None, str(error))
        page["seen"] = version(queries.vendor_order(access.scope, vendor_order_id))
        return render(request, "portal/orders/refuse.html", page)
    page["is_cash"] = vendor_order.order.payment_method == PaymentMethod.CASH
    return render(request, "portal/orders/refuse_confirm.html", page)


def _refuse(request: HttpRequest, access: MemberAccess, page: dict[str, Any]) -> HttpResponse:
    form: RefuseForm = page["form"]
    try:
        services.refuse_as_member(
            vendor_order=page["vendor_order"],
            refused=form.refused,
            note=form.cleaned_data["note"],
            key=page["key"],
            seen=page["seen"],
            by=access.by,
        )
    except EngineUnavailable:
        messages.warning(request, _("Saved. The shop is updated in a moment."))
    else:
        messages.success(request, _("Recorded. The buyer is told."))
    return _to_order(access, page["vendor_order"])


def _key(request: HttpRequest) -> UUID:
    """The refusal's id, which the page made; a new one where there is none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _to_order(access: MemberAccess, vendor_order: VendorOrder) -> HttpResponse:
    return redirect(
        "portal:order", cooperative=access.cooperative.slug, vendor_order_id=vendor_order.pk
    )
