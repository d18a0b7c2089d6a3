"""Send waiting messages to phones, each once.

A message is marked as being sent, in a transaction of its own, before the gateway is asked. What
was surely not sent waits for another try. Of what may have been sent (a lost answer, a worker that
died) nobody knows: it is not sent again by itself, staff see it and may send it again.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.outbox import RETRY_SECONDS
from marketplace.core.text_senders import (
    NotSentYet,
    OutgoingText,
    PerhapsSent,
    TextRefused,
    text_sender,
)
from marketplace.orders.models import TextMessage, TextState

logger = logging.getLogger(__name__)

# A worker that has not answered for so long has died: the gateway is waited for 13 seconds.
LEASE = timedelta(minutes=2)
KEEP_TRYING = timedelta(days=1)
AT_ONCE = 100
LOST, TOO_LATE = "the worker stopped while it was sent", "not sent in time"


def send_texts() -> int:
    """A worker's loop: messages that are due; returns how many tries were made."""
    _note_lost()
    tries = 0
    while tries < AT_ONCE and (message := _claim()) is not None:
        _send(message)
        tries += 1
    return tries


def send_again(*, message: TextMessage, by: Actor) -> bool:
    """Staff have one sent that failed, or perhaps failed; false if it is under way or was sent."""
    with transaction.atomic():
        changed = TextMessage.objects.filter(
            pk=message.pk, state__in=[TextState.FAILED, TextState.UNCERTAIN]
        ).exclude(recipient="")
        now = timezone.now()
        is_changed = bool(
            changed.update(state=TextState.WAITING, next_attempt_at=now, created_at=now)
        )
        if is_changed:
            audit.record("order.text_sent_again", message.order or message, by=by, key=message.key)
    return is_changed


def _note_lost() -> None:
    """Of what a dead worker was sending nobody knows whether it left.

    Asked first: a change of no row is announced as well, and would wake this loop for ever.
    """
    lost = TextMessage.objects.filter(
        state=TextState.SENDING, claimed_at__lt=timezone.now() - LEASE
    )
    if lost.exists():
        lost.update(state=TextState.UNCERTAIN, last_error=LOST)


def _claim() -> TextMessage | None:
    with transaction.atomic():
        message = (
            TextMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=TextState.WAITING, next_attempt_at__lte=timezone.now())
            .order_by("created_at", "pk")
            .first()
        )
        if message is not None:
            message.state, message.claimed_at = TextState.SENDING, timezone.now()
            message.attempts += 1
            message.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def _send(message: TextMessage) -> None:
    if message.useful_until is not None and message.useful_until <= timezone.now():
        _end(message, TextState.FAILED, error=TOO_LATE)
        return
    try:
        provider_id = text_sender().send(
            OutgoingText(
                reference=message.pk,
                to=message.recipient,
                text=message.text,
                language=message.language,
                code=message.code,
            )
        )
    except NotSentYet as error:
        _postpone(message, error)
    except TextRefused as error:
        _end(message, TextState.FAILED, error=str(error))
    except PerhapsSent as error:
        _end(message, TextState.UNCERTAIN, error=str(error))
    except Exception as error:
        logger.exception("Sending the message %s failed", message.pk)
        _end(message, TextState.UNCERTAIN, error=type(error).__name__)
    else:
        _end(message, TextState.SENT, provider_id=provider_id)


def _postpone(message: TextMessage, error: NotSentYet) -> None:
    now = timezone.now()
    until = message.useful_until or message.created_at + KEEP_TRYING
    wait = RETRY_SECONDS[min(message.attempts - 1, len(RETRY_SECONDS) - 1)]
    again_at: datetime = now + timedelta(seconds=wait)
    if again_at >= until:
        _end(message, TextState.FAILED, error=str(error))
        return
    _own(message).update(
        state=TextState.WAITING, next_attempt_at=again_at, last_error=str(error)[:200]
    )


def _end(message: TextMessage, state: str, *, error: str = "", provider_id: str = "") -> None:
    """Note what became of it. The text is kept only where staff may send it again."""
    if state != TextState.SENT:
        logger.warning("The message %s to a phone: %s, %s", message.pk, state, error)
    facts: dict[str, object] = {
        "state": state,
        "last_error": error[:200],
        "provider_id": provider_id,
    }
    if state == TextState.SENT:
        facts |= {"sent_at": timezone.now()}
    is_of_nobody = message.order_id is None and message.attempt_id is None
    if state == TextState.SENT or message.is_code or is_of_nobody:
        facts |= {"recipient": "", "text": "", "code": ""}
    _own(message).update(**facts)


def _own(message: TextMessage) -> QuerySet[TextMessage]:
    """The row, unless it was erased meanwhile or tried again by somebody else."""
    rows = TextMessage.objects.filter(pk=message.pk, attempts=message.attempts)
    return rows.exclude(state=TextState.SENT)
