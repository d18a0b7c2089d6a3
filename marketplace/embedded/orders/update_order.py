"""Changing whose an order is: the buyer's address of mail and the two postal addresses."""

from dataclasses import dataclass

from marketplace.embedded import webhooks
from marketplace.embedded.addresses import AddressChecks, AddressData, save_address
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import Address, Order, OrderStatus, User


@dataclass(frozen=True, slots=True)
class OrderChange:
    """What an OrderUpdateInput gives; None is left as it is."""

    user_email: str | None = None
    billing_address: AddressData | None = None
    shipping_address: AddressData | None = None


def update_order(order: Order, change: OrderChange) -> None:
    """Change a locked order; refuses INVALID for a draft. A given mail decides whose user it is.

    What changes nothing is told to nobody.
    """
    if order.status == OrderStatus.DRAFT:
        raise refuse("INVALID", "Provided order id belongs to draft order.", field="id")
    before = _whose(order)
    if change.user_email is not None:
        order.user_email = change.user_email
        order.user = User.objects.filter(email=change.user_email).first()
    for kind, data in (("billing", change.billing_address), ("shipping", change.shipping_address)):
        if data is not None:
            checks = AddressChecks(address_type=kind.upper())
            existing = getattr(order, f"{kind}_address")
            setattr(order, f"{kind}_address", save_address(data, existing=existing, checks=checks))
    if _whose(order) != before:
        order.save()
        webhooks.emit("ORDER_UPDATED", order)


def _whose(order: Order) -> tuple[object, ...]:
    rows = (order.billing_address, order.shipping_address)
    addresses = [[getattr(row, name) for name in Address.FIELDS] if row else None for row in rows]
    return order.user_email, order.user_id, addresses
