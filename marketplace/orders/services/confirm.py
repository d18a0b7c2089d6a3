"""Confirm a vendor order: the cooperative has seen it and prepares it."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.orders.errors import WrongState
from marketplace.orders.locks import locked_row
from marketplace.orders.models import VendorOrder, VendorOrderState


def confirm_vendor_order(*, vendor_order: VendorOrder, by: Actor) -> VendorOrder:
    """Note that the cooperative has seen the order. Repeating it changes nothing.

    Raises WrongState for an order that was cancelled or already shipped.
    """
    with transaction.atomic():
        locked = locked_row(vendor_order)
        if locked.state == VendorOrderState.CONFIRMED:
            return locked
        if locked.state != VendorOrderState.PLACED:
            raise WrongState
        locked.state = VendorOrderState.CONFIRMED
        locked.confirmed_at = timezone.now()
        locked.save(update_fields=["state", "confirmed_at"])
        audit.record("vendor_order.confirmed", locked, by=by)
    return locked
