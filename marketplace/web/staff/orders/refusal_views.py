"""Cash parcels that came back, counted by carrier and commune: a table, and the same as CSV."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from marketplace.core.spreadsheets import csv_writer
from marketplace.orders.queries.cash_refusals import LOOKED_BACK, MOST, cash_refusals
from marketplace.web.staff.access import StaffAccess, staff_view

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@staff_view("order:read")
@require_GET
def show_refusals(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The most refused first."""
    context = {
        "access": access,
        "rows": cash_refusals(access.scope),
        "days": LOOKED_BACK.days,
        "most": MOST,
    }
    return render(request, "staff/orders/refusals.html", context)


@staff_view("order:read")
@require_GET
def download_refusals(request: HttpRequest, access: StaffAccess) -> HttpResponse:  # noqa: ARG001
    """The table as on the page."""
    out = io.StringIO()
    write = csv_writer(out)
    write.writerow(
        [_("Carrier"), _("Commune"), _("Parcels"), _("Came back"), _("Share in percent")]
    )
    for row in cash_refusals(access.scope):
        write.writerow([row.carrier, row.town, row.ended, row.refused, row.percent])
    response = HttpResponse(
        BYTE_ORDER_MARK + out.getvalue().encode(), content_type="text/csv; charset=utf-8"
    )
    name = f"{access.programme.slug}-refused.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
