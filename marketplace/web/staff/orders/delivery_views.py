"""Deliveries: parcels on their way, evidence entered by staff, carriers' files."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.uploads import takes_files
from marketplace.orders import queries
from marketplace.orders.models import EvidenceKind, ParcelState
from marketplace.orders.services import read_carrier_file, record_delivery
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.orders.delivery_list import CARRIER_FILES, DELIVERIES
from marketplace.web.staff.orders.forms import CarrierFileForm, DeliveryForm, now_for_input


@list_view(DELIVERIES)
@require_GET
def list_deliveries(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Parcels on their way: those reported missing first, then the oldest."""
    missed = queries.reported_missing(queries.parcels_on_their_way(access.scope)).count()
    return show_staff_list(
        request, access, DELIVERIES, "staff/orders/deliveries.html", missed=missed
    )


@staff_view("delivery:record")
@require_http_methods(["GET", "POST"])
def record_parcel_delivery(
    request: HttpRequest, access: StaffAccess, parcel_id: UUID
) -> HttpResponse:
    """Record that a parcel arrived: when, and by which evidence."""
    parcel = queries.parcel(access.scope, parcel_id)
    form = DeliveryForm(request.POST or None, initial=now_for_input())
    if form.is_valid():
        try:
            record_delivery.record_delivery(
                parcel=parcel,
                kind=EvidenceKind.STAFF,
                occurred_at=form.cleaned_data["delivered_at"],
                reference=form.cleaned_data["reference"],
                by=access.by,
            )
        except TwizaError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The delivery is recorded."))
            return redirect("staff:deliveries", programme=access.programme.slug)
    context = {
        "access": access,
        "parcel": parcel,
        "form": form,
        "is_open": parcel.state == ParcelState.SHIPPED,
    }
    return render(request, "staff/orders/delivery.html", context)


@list_view(CARRIER_FILES)
@require_GET
def list_files(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The carriers' files that were read."""
    may_record = access.allows("delivery:record")
    return show_staff_list(
        request, access, CARRIER_FILES, "staff/orders/files.html", may_record=may_record
    )


@programme_view("delivery:record")
@require_http_methods(["GET", "POST"])
@takes_files(read_carrier_file.MOST_BYTES)
def read_file(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Read a carrier's file; a report has the outcome of each row."""
    form = CarrierFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        name, content = form.cleaned_data["file"]
        try:
            file = read_carrier_file.read_carrier_file(
                scope=access.scope, name=name, content=content, by=access.by
            )
        except TwizaError as error:
            form.add_error("file", str(error))
        else:
            return redirect("staff:carrier-file", programme=access.programme.slug, file_id=file.pk)
    return render(request, "staff/orders/file_new.html", {"access": access, "form": form})


@programme_view("order:read")
@require_GET
def show_file(request: HttpRequest, access: StaffAccess, file_id: UUID) -> HttpResponse:
    """The report of a carrier's file, row by row."""
    file = queries.carrier_file(access.scope, file_id)
    rows = [{**row, "label": read_carrier_file.OUTCOMES[row["outcome"]]} for row in file.report]
    problems = [row for row in rows if row["outcome"] not in {"recorded", "known"}]
    context = {
        "access": access,
        "file": file,
        "problems": problems,
        "rows": rows,
        "recorded": sum(1 for row in rows if row["outcome"] == "recorded"),
    }
    return render(request, "staff/orders/file.html", context)
