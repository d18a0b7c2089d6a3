"""The year's summary of the sellers for tax authorities: for finance only, each download noted."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from marketplace.core.errors import NotFound
from marketplace.payouts.documents.annual_summary import threshold_on, years
from marketplace.payouts.documents.annual_summary_files import note_download, write_annual
from marketplace.payouts.statements.files import XLSX
from marketplace.web.documents import CSV, as_file
from marketplace.web.staff.access import StaffAccess, programme_view

KINDS = {"csv": CSV, "xlsx": XLSX, "xml": "application/xml"}


@programme_view("payout:handle")
@require_GET
def show_years(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The years that have a summary, and the threshold below which a seller is marked."""
    threshold = threshold_on(access.programme, timezone.localdate())
    context = {"access": access, "years": years(access.programme), "threshold": threshold}
    return render(request, "staff/documents/annual.html", context)


@programme_view("payout:handle")
@require_GET
def download(
    _request: HttpRequest, access: StaffAccess, year: int, ending: str
) -> HttpResponseBase:
    """The data set of a year; who took it is noted. Raises NotFound for a year without one."""
    if year not in years(access.programme):
        raise NotFound
    note_download(programme=access.programme, year=year, ending=ending, by=access.by)
    return as_file(
        lambda target: write_annual(target, access.programme, year, ending),
        f"{access.programme.slug}-sellers-{year}.{ending}",
        KINDS[ending],
        language=get_language() or "en",
    )
