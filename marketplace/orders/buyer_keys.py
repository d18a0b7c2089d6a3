"""Orders by a buyer's e-mail address and phone, which are encrypted: each keeps keyed hashes.

The key is the shop's secret. After it was replaced the hashes of all orders are made anew.
"""

from collections.abc import Callable

from marketplace.core.hashes import keyed_hash
from marketplace.orders.models import Order

AT_A_TIME = 500


def email_key(email: str) -> str:
    """The hash by which orders of an address are found; empty for no address."""
    written = email.strip().lower()
    return keyed_hash(("buyer's address", written)) if written else ""


def phone_key(phone: str) -> str:
    """The hash by which orders of a number (E.164) are found; empty for no number."""
    return keyed_hash(("buyer's phone", phone)) if phone else ""


def fill_in_keys() -> int:
    """Give hashes to orders that have none, 500 of each at a time; returns how many."""
    return sum(_fill_in(*each) for each in _KEYS)


_KEYS = (("email", "email_key", email_key), ("phone", "phone_key", phone_key))


def _fill_in(field: str, key: str, made: Callable[[str], str]) -> int:
    _forget_those_of_a_former_secret(field, key, made)
    rows = list(Order.objects.filter(**{key: ""}).exclude(**{field: ""})[:AT_A_TIME])
    for order in rows:
        setattr(order, key, made(getattr(order, field)))
    Order.objects.bulk_update(rows, [key])
    return len(rows)


def _forget_those_of_a_former_secret(field: str, key: str, made: Callable[[str], str]) -> None:
    """All orders have hashes of one secret but the newest: the oldest tells."""
    known = Order.objects.exclude(**{key: ""}).exclude(**{field: ""})
    oldest = known.order_by("placed_at").first()
    if oldest is not None and getattr(oldest, key) != made(getattr(oldest, field)):
        Order.objects.exclude(**{key: made(getattr(oldest, field))}).update(**{key: ""})
