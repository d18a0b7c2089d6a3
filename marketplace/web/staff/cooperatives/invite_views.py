"""Cooperatives invited by staff: one by a form, or many by a sheet that is read first."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.core.uploads import takes_files
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.cooperatives.forms import region_choices
from marketplace.web.staff.cooperatives.invite_forms import InviteForm, SheetForm
from vendors import queries
from vendors.admission.inviting import Adviser, InvitedCooperative, invite_cooperative
from vendors.admission.phone_links import send_phone_link_again
from vendors.admission.sheet import MOST_BYTES, SheetRow, read_sheet

# Between reading a sheet and sending it, as long as somebody looks at it.
SALT, HOLDS_SECONDS = "sheet-of-cooperatives", 6 * 3600


@staff_view("cooperative:edit", moves_money=True)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Invite one cooperative by the person who fills in its facts."""
    form = InviteForm(
        request.POST or None,
        programme=access.programme,
        regions=region_choices(access.programme, access.scope.region_codes),
        may_grant=_may_grant(access),
    )
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and saved(form, lambda: _invite(access, form.invited), beside="legal_name"):
        messages.success(request, _("Invited. The person gets a link to begin."))
        return _to_list(access)
    return render(request, "staff/cooperatives/invite.html", {"form": form})


@staff_view("cooperative:edit")
@takes_files(MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Read a sheet and show row by row what it would do; nothing is sent."""
    form = SheetForm(request.POST or None, request.FILES or None)
    rows: list[SheetRow] = []
    if request.method == "POST" and form.is_valid():
        saved(form, lambda: rows.extend(_read(access, form)), beside="file")
    good = [row.invited for row in rows if row.invited]
    context = {
        "form": form,
        "rows": rows,
        "good": len(good),
        "bad": len(rows) - len(good),
        "signed": _signed(access, good) if good else "",
        "names_advisers": any(invited.adviser.email for invited in good),
        "may_grant": _may_grant(access),
    }
    return render(request, "staff/cooperatives/invite_sheet.html", context)


@staff_view("cooperative:edit", moves_money=True)
@require_POST
def send(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Invite the rows that were read without an error; what is refused now is told by name."""
    try:
        rows = _unsigned(access, request.POST.get("rows", ""))
    except signing.BadSignature:
        messages.error(request, _("Read the table again: it was read too long ago."))
        return redirect("staff:cooperative-invite-sheet", programme=access.programme.slug)
    invited = 0
    for row in rows:
        try:
            _invite(access, row)
        except TwizaError as refusal:
            messages.error(request, f"{row.legal_name}: {refusal}")
        else:
            invited += 1
    if invited:
        said = ngettext(
            "%(count)s cooperative invited.", "%(count)s cooperatives invited.", invited
        )
        messages.success(request, said % {"count": invited})
    return _to_list(access)


@staff_view("cooperative:edit", moves_money=True)
@require_POST
def phone_link_again(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Send the link to the phone again."""
    own = queries.find_cooperative(access.scope, slug)
    carry_out(
        request,
        lambda: send_phone_link_again(cooperative=own),
        _("Sent again. The earlier link no longer works."),
    )
    return redirect("staff:cooperative", programme=access.programme.slug, slug=own.slug)


def _invite(access: StaffAccess, invited: InvitedCooperative) -> None:
    invite_cooperative(
        programme=access.programme, invited=invited, by=access.by, may_grant=_may_grant(access)
    )


def _may_grant(access: StaffAccess) -> bool:
    """Whether an adviser may be attached too: a role in the programme is given."""
    return access.allows("grant:make")


def _read(access: StaffAccess, form: SheetForm) -> list[SheetRow]:
    content = form.cleaned_data["file"].read(MOST_BYTES + 1)
    return read_sheet(content, access.programme, access.scope.region_codes)


def _signed(access: StaffAccess, rows: Sequence[InvitedCooperative]) -> str:
    """What was read, so that exactly this is sent; for this person in this programme only."""
    return signing.dumps([asdict(row) for row in rows], salt=_salt(access), compress=True)


def _unsigned(access: StaffAccess, text: str) -> list[InvitedCooperative]:
    rows: list[dict[str, Any]] = signing.loads(text, salt=_salt(access), max_age=HOLDS_SECONDS)
    return [InvitedCooperative(**{**row, "adviser": Adviser(**row["adviser"])}) for row in rows]


def _salt(access: StaffAccess) -> str:
    regions = ",".join(access.scope.region_codes)
    return f"{SALT}:{access.user.pk}:{access.programme.pk}:{regions}"


def _to_list(access: StaffAccess) -> HttpResponse:
    return redirect("staff:cooperatives", programme=access.programme.slug)
