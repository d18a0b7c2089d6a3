"""Who buys: what somebody signed in has proven."""

from marketplace.orders import queries as orders
from marketplace.orders.buyer_proofs import Proof, proof_of
from marketplace.orders.models import Order
from marketplace.orders.queries.saved_addresses import addresses_of
from marketplace.orders.services.claim import claim_new_order
from marketplace.web.storefront.shell import Shop
from vendors.accounts import User


def proof_of_visitor(shop: Shop) -> Proof:
    """The addresses and orders of who is signed in; none of a stranger."""
    user = shop.request.user
    return proof_of(user) if isinstance(user, User) else Proof()


def keep_new_order(shop: Shop, order: Order) -> None:
    """An order placed with a phone alone, while signed in, is found in the account."""
    user = shop.request.user
    if isinstance(user, User):
        claim_new_order(order=order, user=user)


def known_address(shop: Shop) -> dict[str, str]:
    """What the address form is filled in with: the last order's, sent to this market.

    Who keeps addresses takes one of them, and types only another: the form begins with who it is.
    """
    user, countries = shop.request.user, shop.market.country_codes
    if not isinstance(user, User):
        return {}
    if kept := addresses_of(user, countries):
        first = kept[0].address
        return {
            "name": first.name,
            "phone": first.phone,
            "email": user.email,
            "country_code": first.country_code,
        }
    last = orders.last_order_of_buyer(proof_of(user), countries)
    if last is None or last.address is None:
        return {}
    return last.address.model_dump() | {"email": last.email or user.email, "phone": last.phone}
