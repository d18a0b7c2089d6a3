"""Use case: a sale is cancelled, with a reason; its pieces go back into stock."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.direct_sales.models import Act, DirectSale
from marketplace.direct_sales.services.changing import given_reason, locked_sale, note_change
from marketplace.direct_sales.services.settle_stock import settle_now_or_later
from vendors.scoping import Scope


def cancel_sale(*, scope: Scope, sale_id: UUID, key: UUID, reason: str, by: Actor) -> DirectSale:
    """Cancel a sale; the row and its history stay, and a second cancellation does nothing.

    Only the pieces that the stock gave go back. Raises SaleNotFound, ReasonMissing.
    """
    kept = given_reason(reason)
    with transaction.atomic():
        sale = locked_sale(scope, sale_id)
        if sale.is_cancelled:
            return sale
        sale.cancelled_at = timezone.now()
        note_change(sale, Act.CANCELLED, key=key, reason=kept, content={}, by=by)
    settle_now_or_later(sale.variant_id)
    sale.refresh_from_db()
    return sale
