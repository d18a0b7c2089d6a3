"""A cooperative takes an order on."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.orders.errors import WrongState
from marketplace.orders.models import VendorOrder, VendorOrderState
from vendors.scoping import CooperativeScope


def confirm(*, vendor_order: VendorOrder, by: Actor) -> VendorOrder:
    """The cooperative has seen the order and prepares it. Repeating it changes nothing.

    Raises WrongState for an order that was cancelled or has already left.
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


def locked_row(vendor_order: VendorOrder) -> VendorOrder:
    """The vendor order's row, locked until the transaction ends."""
    rows = VendorOrder.objects.within(CooperativeScope(vendor_order.cooperative_id))
    found: VendorOrder = rows.select_for_update(of=("self",)).get(pk=vendor_order.pk)
    return found
