"""Conversations by a buyer's e-mail address, which is encrypted: each keeps a keyed hash of it."""

from marketplace.conversations.models import Conversation
from marketplace.orders.buyer_keys import email_key
from vendors.scoping import Crossing

AT_A_TIME = 500


def fill_in_keys() -> int:
    """Give hashes to conversations that have none, or one of a former secret; returns how many."""
    every = Conversation.objects.crossing(Crossing.SCHEDULED_JOB)
    oldest = every.exclude(email_key="").order_by("asked_at").first()
    if oldest is not None and oldest.email_key != email_key(oldest.email):
        every.exclude(email_key=email_key(oldest.email)).update(email_key="")
    rows = list(every.filter(email_key="").exclude(email="")[:AT_A_TIME])
    for row in rows:
        row.email_key = email_key(row.email)
    every.bulk_update(rows, ["email_key"])
    return len(rows)
