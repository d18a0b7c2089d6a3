"""Cash that was promised for a checkout is for what it held then: it buys nothing else.

Lines and address can be changed at the engine after a payment. A card has paid whatever comes of
it; cash is collected by a carrier from a buyer, perhaps for a cooperative that takes none. So the
taxes of such a checkout are refused, and without taxes the engine makes no order of it.
"""

from typing import Any
from uuid import UUID

from marketplace.orders import sync
from marketplace.payments.checkouts import payable
from marketplace.payments.models import Method, Payment, PaymentState
from marketplace.payments.offered_providers import allows
from marketplace.payments.providers import provider_named
from marketplace.saleor import ids


def checkout_taxes(payload: dict[str, Any]) -> dict[str, Any]:
    """Taxes of a checkout; nothing while its cash is promised and it may not be paid so."""
    taxes = sync.checkout_taxes(payload)
    source = payload["taxBase"].get("sourceObject") or {}
    checkout_id = ids.our_id(ids.CHECKOUT, source["id"]) if source.get("id") else None
    return taxes if checkout_id is None or _is_kept(checkout_id) else {}


def _is_kept(checkout_id: UUID) -> bool:
    """Whether cash that is promised for a checkout would be promised now."""
    promised = Payment.objects.filter(
        checkout_id=checkout_id,
        method=Method.CASH_ON_DELIVERY,
        state=PaymentState.AUTHORIZED,
        returned_at__isnull=True,
    ).first()
    facts = payable(checkout_id) if promised else None
    return promised is None or facts is None or allows(provider_named(promised.provider), facts)
