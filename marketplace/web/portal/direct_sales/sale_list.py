"""The list of a cooperative's direct sales, and its file."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.direct_sales.models import DirectSale, PaidBy, Place
from marketplace.direct_sales.queries import sales
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Search
from marketplace.web.portal.access import MemberAccess


def _link(row: Any, access: MemberAccess) -> str:
    own = {"cooperative": access.cooperative.slug, "sale_id": row.pk}
    return reverse("portal:direct-sale", kwargs=own)


def _finds(_access: MemberAccess, word: str) -> Q:
    return Q(names__icontains=word)


def product_of(sale: DirectSale) -> str:
    """The product and its size."""
    name = sale.name(get_language() or "ar")
    return f"{name} · {sale.variant_name}" if sale.variant_name else name


def _document(sale: Any) -> Any:
    return _("with a document") if sale.has_document else _("without a document")


def _state(sale: DirectSale) -> Any:
    if sale.is_cancelled:
        return pgettext_lazy("direct sale", "Cancelled")
    return pgettext_lazy("direct sale", "Corrected") if sale.changes > 1 else ""


SALES = RowList(
    name="direct-sales",
    title=_("Direct sales"),
    permission="sale:read",
    rows=lambda access: sales(access.scope),
    order=("-sold_on", "-recorded_at"),
    columns=(
        Column(key="product", heading=_("Product"), value=product_of, link=_link, strong=True),
        Column(key="day", heading=_("Day"), value="sold_on", kind="date", sort=True),
        Column(key="quantity", heading=_("Quantity"), value="quantity", kind="number", sort=True),
        Column(
            key="amount", heading=_("Amount"), value="amount_minor", kind="money", sort=True
        ),
        Column(
            key="paid", heading=pgettext_lazy("direct sale", "Paid"), value="get_paid_by_display",
            sort=["paid_by"],
        ),
        Column(
            key="place", heading=_("Place"), value="get_place_display", sort=["place"],
            shown=False,
        ),
        Column(
            key="price", heading=_("Price of one piece"), value="unit_price_minor", kind="money",
            shown=False,
        ),
        Column(key="document", heading=_("Document"), value=_document, shown=False),
        Column(key="state", heading=_("State"), value=_state),
        Column(
            key="recorded", heading=pgettext_lazy("direct sale", "Recorded"), value="recorded_at",
            kind="moment", sort=True, shown=False,
        ),
    ),
    filters=(
        Search(key="q", label=_("Product"), finds=_finds),
        DateRange(key="day", label=_("Day"), path="sold_on"),
        Choice(key="place", label=_("Place"), choices=Place.choices),
        Choice(key="paid_by", label=pgettext_lazy("direct sale", "Paid"), choices=PaidBy.choices),
    ),
)  # fmt: skip
