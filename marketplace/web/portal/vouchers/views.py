"""A cooperative's own vouchers: listed, made and stopped by a manager."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.markets import home_market
from marketplace.orders.queries.vouchers import cooperative_voucher, cooperative_vouchers
from marketplace.orders.services import vouchers
from marketplace.orders.voucher_errors import CodeTaken
from marketplace.web.outcomes import carry_out
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.voucher_forms import VoucherForm
from vendors.permissions import MemberPermission

ON_A_PAGE = 20
REFUSED = 422


@member_view("money:read")
@require_safe
def list_vouchers(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """The vouchers that the cooperative bears, the newest first."""
    found = Paginator(cooperative_vouchers(access.scope), ON_A_PAGE)
    context = {
        "page": found.get_page(request.GET.get("page", 1)),
        "may_set": access.allows(MemberPermission.VOUCHER_SET),
    }
    return render(request, "portal/vouchers/list.html", context)


@member_view("voucher:set")
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Make a voucher for the cooperative's own goods."""
    own = access.cooperative
    form = VoucherForm(
        request.POST or None,
        zone=ZoneInfo(own.programme.time_zone),
        home=home_market(own.country_code).code,
    )
    if form.is_valid():
        try:
            made = vouchers.make_voucher(cooperative=own, wanted=form.wanted, by=access.by)
        except CodeTaken as refused:
            form.add_error("code", str(refused))
        else:
            done = _("The voucher %(code)s can be used from its first day on.")
            messages.success(request, done % {"code": made.code})
            return redirect("portal:vouchers", cooperative=own.slug)
    status = REFUSED if form.is_bound else 200
    return render(request, "portal/vouchers/new.html", {"form": form}, status=status)


@member_view("voucher:set")
@require_POST
def stop(request: HttpRequest, access: MemberAccess, voucher_id: UUID) -> HttpResponse:
    """Stop a voucher; orders placed with it keep it."""
    voucher = cooperative_voucher(access.scope, voucher_id)
    done = _("Stopped. Orders already placed with it keep their price.")
    carry_out(request, lambda: vouchers.stop_voucher(voucher=voucher, by=access.by), done)
    return redirect("portal:vouchers", cooperative=access.cooperative.slug)
