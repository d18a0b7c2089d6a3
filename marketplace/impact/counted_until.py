"""Until when the figures are counted: what happened later still waits to be booked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from marketplace.core.backlog import measure_backlog
from marketplace.core.checks import LONGEST_WAIT
from marketplace.core.models import EventDelivery
from marketplace.saleor.models import InboxMessage

# The handlers through which an order comes to count; mails and the search do not change figures.
_COUNTING = ("marketplace.orders.", "marketplace.payments.", "marketplace.payouts.handlers.")


@dataclass(frozen=True)
class CountedUntil:
    """The moment up to which everything is counted, and how many events wait since then."""

    moment: datetime
    waiting: int
    is_behind: bool


def counted_until(now: datetime | None = None) -> CountedUntil:
    """How far the figures reach: to now, or to the oldest event that waits.

    ``is_behind``: it has waited longer than events ordinarily do. Covers domain events and the
    engine's messages, of all programmes.
    """
    now = now or timezone.now()
    counting = Q()
    for prefix in _COUNTING:
        counting |= Q(handler__startswith=prefix)
    events = measure_backlog(
        EventDelivery.objects.filter(counting, delivered_at__isnull=True),
        since="event__recorded_at",
    )
    messages = measure_backlog(
        InboxMessage.objects.filter(handled_at__isnull=True), since="received_at"
    )
    oldest = min((each.oldest for each in (events, messages) if each.oldest), default=now)
    return CountedUntil(oldest, events.count + messages.count, now - oldest > LONGEST_WAIT)
