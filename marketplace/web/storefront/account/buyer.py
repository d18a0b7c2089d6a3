"""Who buys: the addresses that somebody signed in has proven."""

from marketplace.orders import queries as orders
from marketplace.web.storefront.shell import Shop
from vendors.accounts import User
from vendors.proven_addresses import proven_addresses


def addresses_of(shop: Shop) -> list[str]:
    """The proven addresses of who is signed in; none of a stranger."""
    user = shop.request.user
    return proven_addresses(user) if isinstance(user, User) else []


def known_address(shop: Shop) -> dict[str, str]:
    """What the address form is filled in with: the last order's, sent to this market."""
    last = orders.last_order_of_buyer(addresses_of(shop), shop.market.country_codes)
    if last is None or last.address is None:
        return {}
    return last.address.model_dump() | {"email": last.email, "phone": last.phone}
