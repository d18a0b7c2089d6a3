"""Use case: a cooperative records what it sold outside the shop."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.markets import home_market
from catalog.models import ListingPage, ListingVariant
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.direct_sales.errors import NotSold, OtherSaleRecorded, SaleNotFound
from marketplace.direct_sales.models import Act, DirectSale, DirectSaleChange
from marketplace.direct_sales.services.add_document import keep_document
from marketplace.direct_sales.services.settle_stock import PATIENCE, settle_now_or_later
from marketplace.direct_sales.wanted import Wanted, require_possible
from vendors.admission.document_files import DocumentFile
from vendors.models import Cooperative
from vendors.two_persons import user_id


def record_sale(
    *,
    cooperative: Cooperative,
    key: UUID,
    variant_id: UUID,
    wanted: Wanted,
    by: Actor,
    document: DocumentFile | None = None,
) -> DirectSale:
    """Record a sale once, however often, late or out of order the same key arrives.

    The client makes the key and says when it was sold. Then the stock is lowered, by the worker
    where the engine is away. A repeat gives the sale as it is now, also a cancelled one. Raises
    SaleNotFound for another cooperative's product, NotSold for one without stock, ImpossibleSale,
    OtherSaleRecorded for the same key with other details, OSError if the document is not kept.
    """
    variant = _variant(cooperative, variant_id)
    if earlier := _recorded(cooperative, key):
        return _same(earlier, variant, wanted)
    sold_on = require_possible(wanted, ZoneInfo(cooperative.programme.time_zone))
    try:
        with transaction.atomic():
            sale = _create(cooperative, key, variant, wanted, sold_on, by)
            if document:
                keep_document(sale, document, by)
    except IntegrityError:
        # The same tap, twice at once.
        earlier = _recorded(cooperative, key)
        if earlier is None:
            raise
        return _same(earlier, variant, wanted)
    settle_now_or_later(variant.pk)
    sale.refresh_from_db()
    return sale


def _create(
    cooperative: Cooperative,
    key: UUID,
    variant: ListingVariant,
    wanted: Wanted,
    sold_on: date,
    by: Actor,
) -> DirectSale:
    page = ListingPage.objects.filter(listing_id=variant.listing_id).first()
    if page is None:
        raise NotSold
    sale: DirectSale = DirectSale.objects.create(
        cooperative=cooperative,
        key=key,
        variant=variant,
        names=page.names,
        variant_name=variant.name,
        **wanted.fields(),
        currency=home_market(cooperative.country_code).currency,
        sold_on=sold_on,
        recorded_by_id=user_id(by),
        stock_due_at=timezone.now() + PATIENCE,
    )
    DirectSaleChange.objects.create(
        sale=sale, number=1, act=Act.RECORDED, key=key, content=wanted.content(), by_id=user_id(by)
    )
    audit.record("direct_sale.recorded", sale, by=by, **wanted.content())
    return sale


def _recorded(cooperative: Cooperative, key: UUID) -> DirectSale | None:
    found: DirectSale | None = DirectSale.objects.within(cooperative.scope).filter(key=key).first()
    return found


def _same(earlier: DirectSale, variant: ListingVariant, wanted: Wanted) -> DirectSale:
    """The sale that the key has; what it said at first is compared, not what it says now."""
    first = earlier.history.get(number=1)
    if earlier.variant_id != variant.pk or first.content != wanted.content():
        raise OtherSaleRecorded(earlier.pk)
    return earlier


def _variant(cooperative: Cooperative, variant_id: UUID) -> ListingVariant:
    rows = ListingVariant.objects.within(cooperative.scope)
    found: ListingVariant | None = rows.filter(pk=variant_id).first()
    if found is None:
        raise SaleNotFound
    return found
