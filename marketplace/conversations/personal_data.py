"""What this room holds about a buyer, by e-mail addresses that were proven."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from marketplace.conversations.models import Conversation, ConversationReport
from marketplace.orders.buyer_keys import email_key
from vendors.scoping import Crossing


def export(emails: Collection[str]) -> list[dict[str, Any]]:
    """Conversations with all that both sides wrote."""
    return [
        {
            "cooperative": conversation.cooperative.legal_name,
            "about": conversation.subject,
            "name": conversation.name,
            "email": conversation.email,
            "begun_at": conversation.asked_at,
            "messages": [
                {"by": message.side, "sent_at": message.sent_at, "text": message.text}
                for message in conversation.messages.all()
            ],
        }
        for conversation in _of(emails).select_related("cooperative").order_by("-asked_at")
    ]


def reported(emails: Collection[str]) -> list[ConversationReport]:
    """Reports that staff have not settled: what they are about must be readable until then."""
    rows = ConversationReport.objects.crossing(Crossing.BUYER_CONVERSATION)
    waiting = rows.filter(settled_at__isnull=True, conversation__in=_of(emails))
    return list(waiting.order_by("reported_at"))


def erase(emails: Collection[str]) -> int:
    """Delete the conversations; one with a report that waits stays. Returns how many went."""
    kept = {report.conversation_id for report in reported(emails)}
    rows = _of(emails).exclude(pk__in=kept)
    count = rows.count()
    rows.delete()
    return count


def _of(emails: Collection[str]) -> QuerySet[Conversation]:
    keys = [key for key in map(email_key, emails) if key]
    rows = Conversation.objects.crossing(Crossing.BUYER_CONVERSATION)
    found: QuerySet[Conversation] = rows.filter(email_key__in=keys)
    return found
