"""What this room holds about a buyer, by e-mail addresses and phones that were proven."""

from typing import Any

from django.db.models import Q, QuerySet

from marketplace.conversations.models import Conversation, ConversationReport
from marketplace.orders.buyer_keys import email_key
from marketplace.orders.buyer_proofs import Proof
from marketplace.orders.price_offers import offers_in
from marketplace.orders.services.price_offers import forget_offers
from vendors.scoping import Crossing


def export(proof: Proof) -> list[dict[str, Any]]:
    """Conversations with all that both sides wrote."""
    return [
        {
            "cooperative": _other_side(conversation),
            "about": conversation.subject,
            "name": conversation.name,
            "email": conversation.email,
            "phone": conversation.phone,
            "begun_at": conversation.asked_at,
            "messages": [
                {"by": message.side, "sent_at": message.sent_at, "text": message.text}
                for message in conversation.messages.all()
            ],
            "offers": _offers(conversation),
        }
        for conversation in _of(proof)
        .select_related("cooperative", "programme")
        .order_by("-asked_at")
    ]


def reported(proof: Proof) -> list[ConversationReport]:
    """Reports that staff have not settled: what they are about must be readable until then."""
    rows = ConversationReport.objects.crossing(Crossing.BUYER_CONVERSATION)
    waiting = rows.filter(settled_at__isnull=True, conversation__in=_of(proof))
    return list(waiting.order_by("reported_at"))


def erase(proof: Proof) -> int:
    """Delete the conversations; one with a report that waits stays. Returns how many went."""
    kept = {report.conversation_id for report in reported(proof)}
    rows = _of(proof).exclude(pk__in=kept)
    gone = list(rows.values_list("pk", flat=True))
    forget_offers(gone)
    _of(proof).filter(pk__in=gone).delete()
    return len(gone)


def _offers(conversation: Conversation) -> list[dict[str, Any]]:
    if conversation.cooperative_id is None:
        return []
    return [
        {
            "made_at": offer.made_at,
            "product": offer.title_in(conversation.language),
            "quantity": offer.quantity,
            "unit_minor": offer.unit_minor,
            "currency": offer.currency,
            "valid_until": offer.valid_until,
            "text": offer.text,
            "state": offer.state,
        }
        for offer in offers_in(conversation.cooperative_id, conversation.pk)
    ]


def _other_side(conversation: Conversation) -> str:
    if conversation.cooperative is None:
        return conversation.programme.name_in(conversation.language)
    return conversation.cooperative.legal_name


def _of(proof: Proof) -> QuerySet[Conversation]:
    """Those of the addresses, and those about an order whose phone was proven."""
    keys = [key for key in map(email_key, proof.emails) if key]
    rows = Conversation.objects.crossing(Crossing.BUYER_CONVERSATION)
    found: QuerySet[Conversation] = rows.filter(
        Q(email_key__in=keys) | Q(vendor_order__order__in=proof.order_ids)
    )
    return found
