"""What shows which orders are a buyer's: e-mail addresses and phones that were proven."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.orders.buyer_keys import email_key
from marketplace.orders.models import Order, OrderClaim
from vendors.accounts import User
from vendors.proven_addresses import proven_addresses


@dataclass(frozen=True)
class Proof:
    """Proven addresses, and orders of which a code to their phone was proven."""

    emails: tuple[str, ...] = ()
    order_ids: tuple[UUID, ...] = ()


def proof_of(user: User) -> Proof:
    """All that an account has proven: its addresses, and the orders that it has claimed."""
    claims = OrderClaim.objects.filter(user_id=user.pk).order_by("order_id")
    claimed = claims.values_list("order_id", flat=True)
    return Proof(tuple(sorted(proven_addresses(user))), tuple(claimed))


def orders_by(proof: Proof) -> QuerySet[Order]:
    """The orders that are a buyer's by what was proven."""
    keys = [key for key in map(email_key, proof.emails) if key]
    return Order.objects.filter(Q(email_key__in=keys) | Q(pk__in=proof.order_ids))


def orders_beside(order: Order) -> list[Order]:
    """The order, and the others of the same phone and the same name; the oldest first.

    A number passes to another person, who would find the orders of the one before: by their name
    they are told apart. Orders with an e-mail address are their address's alone.
    """
    if not order.phone_key or order.email_key:
        return [order]
    rows = Order.objects.filter(phone_key=order.phone_key, email_key="", told_by_phone=True)
    wanted = plain_name(order.name)
    return [row for row in rows.order_by("placed_at", "pk") if plain_name(row.name) == wanted]


def contacts_without_email(orders: Iterable[Order]) -> set[tuple[str, str]]:
    """Phone and name of orders that have no address, as checkouts that became none have them."""
    return {(row.phone, plain_name(row.name)) for row in orders if row.phone and not row.email}


def plain_name(name: str) -> str:
    """A name however its letters and spaces were typed."""
    return " ".join(name.casefold().split())
