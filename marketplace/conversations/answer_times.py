"""How quickly a cooperative usually answers, measured on its conversations."""

import math
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from marketplace.conversations.models import Conversation, ConversationState
from marketplace.core.public_facts import public_fact
from vendors.scoping import CooperativeScope

# What is said to buyers: of which span, of how many conversations at least, and up to where.
SPAN = timedelta(days=90)
FEWEST = 5
SLOWEST = timedelta(hours=48)
_MOST = 500


@public_fact
def usual_answer_hours(cooperative_id: UUID, *, now: datetime | None = None) -> int | None:
    """The median of the hours until the first answer, in whole hours, at least one.

    None with fewer than five conversations in the last ninety days, or when it is above 48 hours.
    One that nobody answered counts as slower than all, once it has waited for 48 hours; one that
    staff closed before an answer does not count.
    """
    now = now or timezone.now()
    rows = Conversation.objects.within(CooperativeScope(cooperative_id))
    recent = rows.filter(asked_at__gt=now - SPAN, asked_at__lte=now)
    asked = recent.exclude(state=ConversationState.CLOSED, first_answer_at__isnull=True)
    times = asked.order_by("-asked_at").values_list("asked_at", "first_answer_at")
    spans = [
        first - begun if first else timedelta.max
        for begun, first in times[:_MOST]
        if first or now - begun >= SLOWEST
    ]
    if len(spans) < FEWEST:
        return None
    usual = _median(spans)
    return max(1, math.ceil(usual / timedelta(hours=1))) if usual <= SLOWEST else None


def _median(spans: list[timedelta]) -> timedelta:
    """Of an even number the upper of the two in the middle: one may be without end."""
    ordered = sorted(spans)
    return ordered[len(ordered) // 2]
