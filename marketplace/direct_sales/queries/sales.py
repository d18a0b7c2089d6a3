"""The direct sales of a scope, each with what is to be known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from catalog.models import ListingOffer, ListingVariant
from marketplace.core.errors import NotFound
from marketplace.core.models import AuditEntry
from marketplace.direct_sales.errors import SaleNotFound
from marketplace.direct_sales.models import DirectSale, DirectSaleDocument, Place
from marketplace.orders.models import VendorOrderLine, VendorOrderState
from vendors.scoping import Scope

_OPEN = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED, VendorOrderState.PART_SHIPPED)


@dataclass(frozen=True)
class NotedSale:
    """A sale, whether its stock is to be counted, and how many pieces the stock did not have."""

    sale: DirectSale
    is_to_count: bool

    @property
    def is_waiting(self) -> bool:
        """Whether the shop does not know of it yet."""
        return self.sale.stock_due_at is not None


def sales(scope: Scope) -> QuerySet[DirectSale]:
    """All sales of a scope, the latest first; ``has_document`` says whether one is kept."""
    documents = DirectSaleDocument.objects.within(scope).filter(sale=OuterRef("pk"))
    rows: QuerySet[DirectSale] = DirectSale.objects.within(scope)
    return (
        rows.annotate(has_document=Exists(documents))
        .select_related("recorded_by", "cooperative")
        .order_by("-sold_on", "-recorded_at", "pk")
    )


def find_sale(scope: Scope, sale_id: UUID) -> DirectSale:
    """One sale with ``has_document``; raises SaleNotFound."""
    found = sales(scope).filter(pk=sale_id).select_related("cooperative__programme").first()
    if found is None:
        raise SaleNotFound
    return found


def find_document(scope: Scope, document_id: UUID) -> DirectSaleDocument:
    """One document; raises NotFound."""
    rows = DirectSaleDocument.objects.within(scope).filter(pk=document_id)
    found: DirectSaleDocument | None = rows.first()
    if found is None:
        raise NotFound
    return found


def last_place(scope: Scope) -> str:
    """Where the last sale was made, which the next one probably is too."""
    rows = DirectSale.objects.within(scope).order_by("-recorded_at")
    return str(rows.values_list("place", flat=True).first() or Place.FAIR)


def with_notes(found: Iterable[DirectSale]) -> list[NotedSale]:
    """Sales with their notes. Who has counted the stock since has settled what was unsure."""
    rows = list(found)
    unsure = [sale for sale in rows if sale.stock_unsure_at]
    counted: dict[str, object] = {}
    if unsure:
        label = ListingVariant._meta.label_lower  # noqa: SLF001 -- Django's documented API
        entries = AuditEntry.objects.filter(
            action="stock.corrected",
            subject_type=label,
            subject_id__in=[str(sale.variant_id) for sale in unsure],
        )
        counted = dict(entries.order_by("at").values_list("subject_id", "at"))
    return [NotedSale(sale, _is_to_count(sale, counted.get(str(sale.variant_id)))) for sale in rows]


def promised_beyond(scope: Scope, variant_id: UUID) -> int:
    """How many pieces of open orders the stock no longer has, as the shop shows it."""
    lines = VendorOrderLine.objects.within(scope).filter(
        variant_id=variant_id, vendor_order__state__in=_OPEN
    )
    # What was cancelled in part has been returned without having been sent.
    left = lines.aggregate(n=Sum(F("quantity") - F("quantity_shipped")))["n"] or 0
    on_hand = (
        ListingOffer.objects.filter(variant_id=variant_id).values_list("on_hand", flat=True).first()
    )
    return 0 if on_hand is None else max(left - on_hand, 0)


def waiting_pieces(scope: Scope) -> dict[UUID, int]:
    """By variant the pieces that sales will still take out of its stock, or put back (below 0)."""
    rows = DirectSale.objects.within(scope).filter(stock_due_at__isnull=False)
    found: dict[UUID, int] = {}
    for sale in rows:
        found[sale.variant_id] = found.get(sale.variant_id, 0) + sale.counted - sale.settled
    return found


def _is_to_count(sale: DirectSale, counted_at: object) -> bool:
    unsure = sale.stock_unsure_at
    if unsure is None:
        return False
    return not (counted_at is not None and counted_at > unsure)  # type: ignore[operator]
