"""Conversations are deleted when the time of the retention rules has passed."""

from datetime import datetime

from django.utils import timezone

from marketplace.conversations.models import Conversation, ConversationLink, ReplyAddress
from marketplace.conversations.retention import CONVERSATION, kept_for
from marketplace.orders.services.price_offers import forget_offers
from vendors.scoping import Crossing

_AT_ONCE = 1_000


def purge_conversations(*, now: datetime | None = None) -> int:
    """Delete links that expired, and conversations in which nothing was written for long.

    One with a report that waits for staff stays. Returns how many conversations went.
    """
    now = now or timezone.now()
    links = ConversationLink.objects.crossing(Crossing.SCHEDULED_JOB)
    links.filter(expires_at__lt=now).delete()
    addresses = ReplyAddress.objects.crossing(Crossing.SCHEDULED_JOB)
    addresses.filter(expires_at__lt=now).delete()
    old = now - kept_for(CONVERSATION, now.date())
    rows = Conversation.objects.crossing(Crossing.SCHEDULED_JOB).filter(last_message_at__lt=old)
    unsettled = rows.filter(reports__isnull=False, reports__settled_at__isnull=True)
    chosen = list(
        rows.exclude(pk__in=unsettled.values("pk")).values_list("pk", flat=True)[:_AT_ONCE]
    )
    forget_offers(chosen)
    Conversation.objects.crossing(Crossing.SCHEDULED_JOB).filter(pk__in=chosen).delete()
    return len(chosen)
