"""One side reports a conversation to the programme's staff."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.conversations.errors import AlreadyReported
from marketplace.conversations.events import ConversationReported
from marketplace.conversations.models import Conversation, ConversationReport
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.throttle import Use, require

LONGEST_REASON = 500


def report_conversation(
    *, conversation: Conversation, side: str, reason: str, by: Actor
) -> ConversationReport:
    """Let staff read the conversation and decide.

    Raises AlreadyReported while a report of the same side waits, and TooSoon above the limit.
    """
    require(Use("conversation_report", f"{conversation.pk} {side}"))
    now = timezone.now()
    report = ConversationReport(
        conversation=conversation, side=side, reason=reason[:LONGEST_REASON], reported_at=now
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            audit.record("conversation.reported", conversation, by=by, side=side)
            publish(
                ConversationReported(
                    aggregate_id=conversation.pk, occurred_at=now, report_id=report.pk
                )
            )
    except IntegrityError:
        raise AlreadyReported from None
    return report
