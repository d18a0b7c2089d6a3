"""Cooperatives of a programme: the list, one of them, and what staff do for it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.payouts.balances.cooperative_balances import balances_of
from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.cooperatives.cooperative_list import COOPERATIVES
from marketplace.web.staff.cooperatives.detail import render_cooperative
from marketplace.web.staff.cooperatives.forms import (
    LeaveForm,
    PauseForm,
    RegisterForm,
    region_choices,
)
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from vendors import queries, services
from vendors.models import Cooperative, CooperativeStatus


@list_view(COOPERATIVES)
@require_safe
def list_cooperatives(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Cooperatives within the scope, as the address asks."""
    return show_staff_list(request, access, COOPERATIVES, "staff/cooperatives/list.html")


@staff_view("cooperative:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Register a cooperative; it starts as a draft."""
    choices = region_choices(access.programme, access.scope.region_codes)
    form = RegisterForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        made = services.register_cooperative(
            programme=access.programme, facts=form.facts(access.programme), by=access.by
        )
        messages.success(request, _("Registered. Next: its texts, its users and its bank account."))
        return _to(access, made)
    return render(request, "staff/cooperatives/register.html", {"form": form})


@staff_view("cooperative:read")
@require_safe
def show_cooperative(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """All about one cooperative, and what it still needs."""
    return render_cooperative(request, access, slug)


@staff_view("cooperative:edit")
@require_POST
def publish(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Publish the cooperative's page."""
    cooperative = queries.find_cooperative(access.scope, slug)
    carry_out(
        request,
        lambda: services.publish_cooperative(cooperative=cooperative, by=access.by),
        _("The page is now visible to buyers."),
    )
    return _to(access, cooperative)


@staff_view("cooperative:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Hide the page, with a reason."""
    cooperative = queries.find_cooperative(access.scope, slug)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.pause_cooperative(
            cooperative=cooperative, reason=form.cleaned_data["reason"], by=access.by
        )
        messages.success(
            request, _("Paused. Buyers no longer see the page; orders in progress continue.")
        )
        return _to(access, cooperative)
    context = {"form": form, "cooperative": cooperative}
    return render(request, "staff/cooperatives/pause.html", context)


@staff_view("cooperative:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def let_leave(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Show the balance, then end the cooperative's participation, with a reason."""
    cooperative = queries.find_cooperative(access.scope, slug)
    if cooperative.status == CooperativeStatus.LEFT:
        messages.info(request, _("The cooperative has already left."))
        return _to(access, cooperative)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.let_leave(
            cooperative=cooperative, reason=form.cleaned_data["reason"], by=access.by
        )
        messages.success(
            request, _("The cooperative has left. Its remaining balance is paid out in full.")
        )
        return _to(access, cooperative)
    context = {"form": form, "cooperative": cooperative, "money": balances_of(cooperative.scope)}
    return render(request, "staff/cooperatives/leave.html", context)


@staff_view("cooperative:edit")
@require_POST
def verify_mark(request: HttpRequest, access: StaffAccess, slug: str, mark_id: int) -> HttpResponse:
    """Record that the certificate was seen."""
    detail = queries.cooperative_detail(access.scope, slug)
    for mark in detail.certifications:
        if mark.pk == mark_id:
            services.verify_certification(certification=mark, by=access.by)
            messages.success(
                request, _("Verified. The label is shown to buyers while it is valid.")
            )
            return _to(access, detail.cooperative)
    raise Http404


@staff_view("cooperative:edit", moves_money=True)
@require_POST
def confirm_account(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Record that the number was compared with the bank's certificate."""
    cooperative = queries.find_cooperative(access.scope, slug)
    waiting = queries.waiting_bank_account(cooperative.pk)
    if waiting is None:
        # A second click arrives here after the first one was carried out.
        messages.info(request, _("There is no bank account to confirm."))
        return _to(access, cooperative)
    carry_out(
        request,
        lambda: services.confirm_bank_account(
            account=waiting, seen=request.GET.get("account"), by=access.by
        ),
        _("Confirmed. The next payout goes to this account."),
    )
    return _to(access, cooperative)


@staff_view("cooperative:edit")
@require_POST
def told_by_phone(
    request: HttpRequest, access: StaffAccess, slug: str, notice_id: int
) -> HttpResponse:
    """Record that the contact known before the change was called."""
    cooperative = queries.find_cooperative(access.scope, slug)
    waiting = queries.waiting_bank_account(cooperative.pk)
    for notice in queries.told_of(waiting.pk, cooperative.pk) if waiting else []:
        if notice.pk == notice_id:
            services.note_told_by_phone(notice=notice, by=access.by)
            messages.success(request, _("Recorded: the cooperative was called."))
            return _to(access, cooperative)
    raise Http404


def _to(access: StaffAccess, cooperative: Cooperative) -> HttpResponse:
    return redirect("staff:cooperative", programme=access.programme.slug, slug=cooperative.slug)
