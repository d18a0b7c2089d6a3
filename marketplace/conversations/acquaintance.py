"""Whether an order joins the buyer and the cooperative of a conversation."""

from datetime import timedelta

from django.utils import timezone

from marketplace.conversations.models import Conversation
from marketplace.orders.models import VendorOrder
from marketplace.orders.retention import ORDER_CONTACT, days_kept

# The latest orders of a cooperative among which the buyer is looked for: addresses are encrypted,
# so each is read. 5,000 take a quarter of a second.
MOST = 5_000


def have_an_order(conversation: Conversation) -> bool:
    """Whether they have an order: the one it is about, or one of the buyer's proven address.

    An address that somebody only typed proves nothing: it may be another buyer's.
    """
    if conversation.vendor_order_id is not None:
        return True
    asked = conversation.cooperative
    if asked is None or conversation.proven_at is None or not conversation.email:
        return False
    today = timezone.localdate()
    since = timezone.now() - timedelta(days=days_kept(ORDER_CONTACT, today))
    rows = VendorOrder.objects.within(asked.scope).filter(placed_at__gte=since)
    wanted = conversation.email.casefold()
    found = rows.order_by("-placed_at").values_list("order__email", flat=True)[:MOST]
    return any(email and email.casefold() == wanted for email in found)
