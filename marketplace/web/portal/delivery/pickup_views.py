"""Collecting at the cooperative: set by who edits its page, seen before as buyers will read it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.markets import home_market
from marketplace.orders.models import PickupOffer
from marketplace.orders.pickup import newest_offer
from marketplace.orders.queries.pickup import waiting_to_be_collected
from marketplace.orders.services.set_pickup import facts_of, set_pickup
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.delivery.pickup_form import HOURS, PickupForm
from vendors.permissions import MemberPermission

REFUSED = 422


@member_view("order:read")
@require_safe
def show_pickup(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What buyers read now, and how many orders wait."""
    return _page(request, access, _form(access))


@member_view("profile:edit")
@require_POST
def set_terms(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Show what buyers will read; saved is only what has been seen."""
    form = _form(access, request.POST)
    if form.is_valid() and "save" in request.POST:
        set_pickup(cooperative=access.cooperative, terms=form.terms, by=access.by)
        messages.success(request, _("Saved. Checkouts that have begun keep what they were shown."))
        return redirect("portal:pickup", cooperative=access.cooperative.slug)
    return _page(request, access, form)


def _form(access: MemberAccess, data: QueryDict | None = None) -> PickupForm:
    return PickupForm(data, known=newest_offer(access.scope), own=access.cooperative)


def _page(request: HttpRequest, access: MemberAccess, form: PickupForm) -> HttpResponse:
    is_preview = form.is_bound and form.is_valid()
    context = {
        "form": form,
        "hours": [form[f"hours_{code}"] for code in HOURS],
        "may_set": access.allows(MemberPermission.PROFILE_EDIT),
        "is_preview": is_preview,
        "pickup": PickupOffer(**facts_of(form.terms)) if is_preview else newest_offer(access.scope),
        "shop": home_market(access.cooperative.country_code),
        "waiting": waiting_to_be_collected(access.scope).count(),
    }
    status = REFUSED if form.is_bound and not is_preview else 200
    return render(request, "portal/delivery/pickup.html", context, status=status)
