"""Use case: a sale is corrected, with a reason."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.direct_sales.errors import AlreadyCancelled, ChangedMeanwhile
from marketplace.direct_sales.models import Act, DirectSale
from marketplace.direct_sales.services.changing import (
    given_reason,
    is_repeated,
    locked_sale,
    note_change,
)
from marketplace.direct_sales.services.settle_stock import settle_now_or_later
from marketplace.direct_sales.wanted import Wanted, require_possible
from vendors.scoping import Scope


def correct_sale(
    *, scope: Scope, sale_id: UUID, key: UUID, seen: int, wanted: Wanted, reason: str, by: Actor
) -> DirectSale:
    """Say anew what was sold; what it said before is kept, and the stock follows.

    ``seen`` is the number of the last change that the person saw; a repeat of ``key`` does nothing.
    Raises SaleNotFound, AlreadyCancelled, ChangedMeanwhile, ReasonMissing, ImpossibleSale.
    """
    kept = given_reason(reason)
    with transaction.atomic():
        sale = locked_sale(scope, sale_id)
        if is_repeated(sale, key):
            return sale
        if sale.is_cancelled:
            raise AlreadyCancelled
        if sale.changes != seen:
            raise ChangedMeanwhile
        zone = ZoneInfo(sale.cooperative.programme.time_zone)
        sale.sold_on = require_possible(wanted, zone, before=sale)
        for name, value in wanted.fields().items():
            setattr(sale, name, value)
        note_change(sale, Act.CORRECTED, key=key, reason=kept, content=wanted.content(), by=by)
    settle_now_or_later(sale.variant_id)
    sale.refresh_from_db()
    return sale
