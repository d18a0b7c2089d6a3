"""Orders by a buyer's e-mail address, which is encrypted: each keeps a keyed hash of it.

The key is the shop's secret. After it was replaced the hashes of all orders are made anew.
"""

from marketplace.core.hashes import keyed_hash
from marketplace.orders.models import Order

AT_A_TIME = 500


def email_key(email: str) -> str:
    """The hash by which orders of an address are found; empty for no address."""
    written = email.strip().lower()
    return keyed_hash(("buyer's address", written)) if written else ""


def fill_in_keys() -> int:
    """Give hashes to orders that have none, 500 at a time; returns how many."""
    _forget_those_of_a_former_secret()
    rows = list(Order.objects.filter(email_key="").exclude(email="")[:AT_A_TIME])
    for order in rows:
        order.email_key = email_key(order.email)
    Order.objects.bulk_update(rows, ["email_key"])
    return len(rows)


def _forget_those_of_a_former_secret() -> None:
    """All orders have hashes of one secret but the newest: the oldest tells."""
    oldest = Order.objects.exclude(email_key="").exclude(email="").order_by("placed_at").first()
    if oldest is not None and oldest.email_key != email_key(oldest.email):
        Order.objects.exclude(email_key=email_key(oldest.email)).update(email_key="")
