"""A direct sale is corrected, cancelled, or gets a document."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.core.uploads import takes_files
from marketplace.direct_sales import queries, services
from marketplace.direct_sales.errors import AlreadyCancelled, ChangedMeanwhile, ImpossibleSale
from marketplace.direct_sales.models import DirectSale
from marketplace.web.documents_handed_in import read_document
from marketplace.web.meanwhile import changeable
from marketplace.web.outcomes import saved
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.direct_sales.forms import CorrectForm, DocumentForm, ReasonForm
from marketplace.web.portal.direct_sales.told import beside_fields, tell
from vendors.admission.document_files import LARGEST_BYTES

REFUSED, OVERTAKEN = 422, 409


@member_view("sale:record")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, access: MemberAccess, sale_id: UUID) -> HttpResponse:
    """Say anew what was sold, and why."""
    sale = queries.find_sale(access.scope, sale_id)
    if sale.is_cancelled:
        messages.error(request, str(AlreadyCancelled()))
        return _to_sale(access, sale_id)
    zone = ZoneInfo(access.cooperative.programme.time_zone)
    form = CorrectForm(request.POST or None, sale=sale, zone=zone)
    status = REFUSED if form.is_bound else 200
    if form.is_valid():
        try:
            tell(request, access, _correct(access, sale_id, form))
        except ImpossibleSale as refused:
            beside_fields(form, refused)
        except ChangedMeanwhile as refused:
            sale, status = queries.find_sale(access.scope, sale_id), OVERTAKEN
            data = changeable(form.data)
            data["seen"] = str(sale.changes)
            form.data = data
            form.add_error(None, str(refused))
        except AlreadyCancelled as refused:
            messages.error(request, str(refused))
            return _to_sale(access, sale_id)
        else:
            return _to_sale(access, sale_id)
    context = {"form": form, "sale": sale}
    return render(request, "portal/direct_sales/correct.html", context, status=status)


@member_view("sale:record")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, access: MemberAccess, sale_id: UUID) -> HttpResponse:
    """Cancel it, and say why."""
    sale = queries.find_sale(access.scope, sale_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        done = services.cancel_sale(
            scope=access.scope,
            sale_id=sale_id,
            key=form.cleaned_data["key"],
            reason=form.cleaned_data["reason"],
            by=access.by,
        )
        tell(request, access, done)
        return _to_sale(access, sale_id)
    context: dict[str, Any] = {"form": form, "sale": sale}
    status = REFUSED if form.is_bound else 200
    return render(request, "portal/direct_sales/cancel.html", context, status=status)


@member_view("sale:record")
@takes_files(LARGEST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest, access: MemberAccess, sale_id: UUID) -> HttpResponse:
    """Photograph or choose one more document."""
    sale = queries.find_sale(access.scope, sale_id)
    form = DocumentForm(request.POST or None, request.FILES or None)

    def keep() -> None:
        services.add_document(
            scope=access.scope,
            sale_id=sale_id,
            document=read_document(form.cleaned_data["document"]),
            by=access.by,
        )

    if form.is_valid() and saved(form, keep, beside="document"):
        messages.success(request, _("Saved."))
        return _to_sale(access, sale_id)
    status = REFUSED if form.is_bound else 200
    context = {"form": form, "sale": sale}
    return render(request, "portal/direct_sales/document.html", context, status=status)


def _correct(access: MemberAccess, sale_id: UUID, form: CorrectForm) -> DirectSale:
    return services.correct_sale(
        scope=access.scope,
        sale_id=sale_id,
        key=form.cleaned_data["key"],
        seen=form.cleaned_data["seen"],
        wanted=form.wanted,
        reason=form.cleaned_data["reason"],
        by=access.by,
    )


def _to_sale(access: MemberAccess, sale_id: UUID) -> HttpResponse:
    return redirect("portal:direct-sale", cooperative=access.cooperative.slug, sale_id=sale_id)
