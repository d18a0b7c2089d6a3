"""Pages of a programme's vouchers."""

from collections.abc import Callable, Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.orders.models import Voucher, VoucherState
from marketplace.orders.queries.vouchers import (
    given_with,
    programme_voucher,
    programme_vouchers,
)
from marketplace.orders.services import vouchers
from marketplace.orders.voucher_errors import CodeTaken
from marketplace.web.outcomes import carry_out
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.vouchers.forms import StaffVoucherForm
from vendors.geography import region_name
from vendors.models import Cooperative
from vendors.permissions import StaffPermission

ON_A_PAGE = 25
REFUSED = 422


@programme_view("payout:read")
@require_safe
def list_vouchers(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The vouchers of the programme and of its cooperatives; those that wait come first."""
    found = Paginator(programme_vouchers(access.programme.pk), ON_A_PAGE)
    page = found.get_page(request.GET.get("page", 1))
    names = _names(access, page)
    return pages.show(
        request,
        access,
        "staff/vouchers/list.html",
        page=page,
        rows=[(voucher, _concerns(voucher, names)) for voucher in page],
        may_set=access.allows(StaffPermission.VOUCHER_SET),
    )


@programme_view("voucher:set")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Propose a voucher that the programme or a region bears."""
    form = StaffVoucherForm(
        request.POST or None,
        zone=ZoneInfo(access.programme.time_zone),
        home=access.programme.home,
        programme=access.programme,
        scope=access.scope,
    )
    if form.is_valid():
        try:
            made = vouchers.propose_voucher(
                programme=access.programme, wanted=form.wanted, by=access.by, **form.scope_of
            )
        except CodeTaken as refused:
            form.add_error("code", str(refused))
        else:
            done = _("Proposed. Nobody can use it yet: another person must confirm it.")
            messages.success(request, done)
            return redirect("staff:voucher", programme=access.programme.slug, voucher_id=made.pk)
    status = REFUSED if form.is_bound else 200
    return pages.show(request, access, "staff/vouchers/propose.html", status=status, form=form)


@programme_view("payout:read")
@require_safe
def show_voucher(request: HttpRequest, access: StaffAccess, voucher_id: UUID) -> HttpResponse:
    """A voucher, what it took off so far, and what can be done with it."""
    voucher = programme_voucher(access.programme.pk, voucher_id)
    may_set = access.allows(StaffPermission.VOUCHER_SET)
    waits = voucher.state == VoucherState.PROPOSED
    return pages.show(
        request,
        access,
        "staff/vouchers/voucher.html",
        voucher=voucher,
        goods=_concerns(voucher, _names(access, [voucher])),
        given=given_with(voucher, access.scope),
        may_confirm=may_set and waits and voucher.made_by_id != access.user.pk,
        may_stop=may_set and not voucher.is_over,
    )


@programme_view("voucher:set")
@require_POST
def confirm(request: HttpRequest, access: StaffAccess, voucher_id: UUID) -> HttpResponse:
    """Let buyers use a voucher that another person has proposed."""
    done = _("Confirmed. Buyers can use it from its first day on.")
    return _decide(request, access, voucher_id, vouchers.confirm_voucher, done)


@programme_view("voucher:set")
@require_POST
def stop(request: HttpRequest, access: StaffAccess, voucher_id: UUID) -> HttpResponse:
    """Stop a voucher; orders placed with it keep it."""
    done = _("Stopped. Orders already placed with it keep their price.")
    return _decide(request, access, voucher_id, vouchers.stop_voucher, done)


def _decide(
    request: HttpRequest,
    access: StaffAccess,
    voucher_id: UUID,
    act: Callable[..., object],
    done: str,
) -> HttpResponse:
    voucher = programme_voucher(access.programme.pk, voucher_id)
    carry_out(request, lambda: act(voucher=voucher, by=access.by), done)
    return redirect("staff:voucher", programme=access.programme.slug, voucher_id=voucher_id)


def _names(access: StaffAccess, found: Iterable[Voucher]) -> dict[UUID, str]:
    wanted = {voucher.cooperative_id for voucher in found if voucher.cooperative_id}
    rows = Cooperative.objects.within(access.scope).filter(pk__in=wanted)
    return dict(rows.values_list("pk", "legal_name"))


def _concerns(voucher: Voucher, names: dict[UUID, str]) -> str:
    """Whose goods a voucher is for, in the reader's language."""
    if voucher.cooperative_id:
        return names.get(voucher.cooperative_id, "")
    if voucher.region_code:
        return region_name(voucher.region_code, get_language() or "en")
    return _("the whole programme")
