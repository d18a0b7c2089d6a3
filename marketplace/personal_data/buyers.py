"""Whose data: an account with what it has proven, an address alone, or a phone alone."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.orders.buyer_proofs import Proof, orders_beside, proof_of
from marketplace.orders.models import Order
from vendors.accounts import User


@dataclass(frozen=True)
class Buyer:
    """Addresses that were proven, and the account that has proven them, if there is one.

    ``order_ids`` are orders without an address, whose phone was proven: by the account, or just
    now, and then ``phone`` is where the buyer is told what became of the wish.
    """

    emails: tuple[str, ...] = ()
    user: User | None = None
    order_ids: tuple[UUID, ...] = ()
    phone: str = ""

    @property
    def proof(self) -> Proof:
        """By what the rooms find what is the buyer's."""
        return Proof(self.emails, self.order_ids)


def buyer_of_user(user: User) -> Buyer:
    """Who is signed in."""
    proof = proof_of(user)
    return Buyer(proof.emails, user, proof.order_ids)


def buyer_of_address(email: str) -> Buyer:
    """Who reads the mail of an address: with all that the account has proven that has proven it."""
    written = email.strip().lower()
    user = User.objects.filter(emailaddress__email__iexact=written, emailaddress__verified=True)
    found = user.order_by("pk").first()
    proof = proof_of(found) if found else Proof()
    emails = {written, *proof.emails}
    return Buyer(tuple(sorted(emails)), found, proof.order_ids)


def buyer_of_order(order: Order) -> Buyer:
    """Who has proven the phone of an order: with the others of the same phone and name."""
    ids = sorted(row.pk for row in orders_beside(order))
    return Buyer(order_ids=tuple(ids), phone=order.phone)
