"""A direct sale is recorded: a tap on the product's picture, then how many and how paid."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.money import Money
from marketplace.core.uploads import takes_files
from marketplace.direct_sales import queries, services
from marketplace.direct_sales.errors import ImpossibleSale, OtherSaleRecorded
from marketplace.direct_sales.models import DirectSale
from marketplace.direct_sales.queries import Product
from marketplace.web.documents_handed_in import read_document
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.direct_sales.forms import RecordForm
from marketplace.web.portal.direct_sales.told import beside_fields, tell
from vendors.admission.document_files import LARGEST_BYTES
from vendors.admission.errors import DocumentRefused, DocumentTooLarge

REFUSED = 422


@member_view("sale:record")
@require_safe
def choose(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """The products as pictures."""
    text = request.GET.get("q", "")[:80]
    page, products = queries.products(
        access.cooperative, text=text, page=request.GET.get("page", 1)
    )
    context = {"page": page, "products": products, "text": text}
    return render(request, "portal/direct_sales/choose.html", context)


@member_view("sale:record")
@takes_files(LARGEST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, access: MemberAccess, variant_id: UUID) -> HttpResponse:
    """Quantity, price, means, place and day of one product."""
    product = queries.find_product(access.cooperative, variant_id)
    form = _form(request, access, product)
    context: dict[str, Any] = {"form": form, "product": product}
    if form.is_valid():
        try:
            if sale := _record(access, variant_id, form):
                tell(request, access, sale)
                return redirect("portal:direct-sale-new", cooperative=access.cooperative.slug)
        except OtherSaleRecorded as refused:
            form.add_error(None, str(refused))
            context["recorded"] = refused.sale_id
    status = REFUSED if form.is_bound else 200
    return render(request, "portal/direct_sales/record.html", context, status=status)


def _form(request: HttpRequest, access: MemberAccess, product: Product) -> RecordForm:
    price = product.price_minor
    initial = {
        "place": queries.last_place(access.scope),
        "unit_price": None if price is None else Money(price, product.currency),
    }
    return RecordForm(
        request.POST or None,
        request.FILES or None,
        currency=product.currency,
        zone=ZoneInfo(access.cooperative.programme.time_zone),
        initial=initial,
    )


def _record(access: MemberAccess, variant_id: UUID, form: RecordForm) -> DirectSale | None:
    """The sale; None where a refusal stands beside its field. Raises OtherSaleRecorded."""
    upload = form.cleaned_data["document"]
    try:
        return services.record_sale(
            cooperative=access.cooperative,
            key=form.cleaned_data["key"],
            variant_id=variant_id,
            wanted=form.wanted,
            by=access.by,
            document=read_document(upload) if upload else None,
        )
    except (DocumentRefused, DocumentTooLarge) as refused:
        form.add_error("document", str(refused))
    except ImpossibleSale as refused:
        beside_fields(form, refused)
    return None
