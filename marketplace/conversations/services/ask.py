"""A buyer asks a cooperative something."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marketplace.conversations.events import ConversationBegun
from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.services.messages import add_message
from marketplace.conversations.subjects import Question
from marketplace.conversations.texts import clean_text
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.hashes import keyed_hash
from marketplace.core.throttle import Use, require
from marketplace.orders.buyer_keys import email_key


def begin_conversation(*, question: Question, form_key: str, seen_from: str) -> Conversation:
    """Ask a cooperative or the programme; the same form sent twice begins one conversation.

    ``seen_from`` is the network address of the buyer. Raises NothingWritten, MessageTooLong, and
    TooSoon above a limit of the address, of the buyer's e-mail address or of whom is asked.
    """
    question = replace(question, text=clean_text(question.text))
    asked, contact = _asked(question), question.contact
    # All that was typed is in it, so that a key tells nobody of another buyer's conversation.
    key = keyed_hash(("conversation", form_key, asked, contact, question.text))
    rows = Conversation.objects.within(question.about.scope)
    known: Conversation | None = rows.filter(key=key).first()
    if known is not None:
        return known
    require(
        Use("question_address", seen_from),
        Use("question_contact", contact),
        Use("question_cooperative", asked),
    )
    with transaction.atomic():
        found: Conversation
        found, is_new = rows.get_or_create(key=key, defaults=_facts(question, timezone.now()))
        if is_new:
            _say_first(found, question.text, form_key)
    return found


def _asked(question: Question) -> str:
    """The cooperative, or the programme, by which new conversations are counted."""
    cooperative = question.about.cooperative
    return str(cooperative.pk if cooperative is not None else question.about.programme_id)


def _facts(question: Question, now: datetime) -> dict[str, Any]:
    about = question.about
    return {
        "programme_id": about.programme_id,
        "cooperative": about.cooperative,
        "subject": about.subject,
        "topic": about.topic,
        "listing_id": about.listing_id,
        "titles": about.titles,
        "vendor_order": about.vendor_order,
        "market": question.market,
        "language": question.language,
        "name": question.buyer.name,
        "email": question.email,
        "phone": question.buyer.phone,
        "email_key": email_key(question.email),
        "asked_at": now,
        "last_message_at": now,
        # Whoever holds the link of an order has it from the mail to its buyer.
        "proven_at": now if about.vendor_order else None,
    }


def _say_first(conversation: Conversation, text: str, form_key: str) -> None:
    message, _new = add_message(
        conversation, side=Side.BUYER, text=text, form_key=form_key, written_by=None
    )
    by = Actor.buyer(conversation.pk)
    audit.record("conversation.begun", conversation, by=by, about=conversation.subject)
    publish(
        ConversationBegun(
            aggregate_id=conversation.pk, occurred_at=message.sent_at, message_id=message.pk
        )
    )
