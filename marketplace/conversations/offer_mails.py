"""Mails of an offer: made or withdrawn (to the buyer), declined (to the cooperative)."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.conversations.mailing import Mail, about, buyer_link, send_to_buyer, send_to_user
from marketplace.conversations.mails import home_of, who_answers
from marketplace.conversations.models import Conversation
from marketplace.core.formats import Format
from marketplace.core.market_usage import speaking
from marketplace.core.person_names import greeted_name
from marketplace.orders.models import PriceOffer
from marketplace.orders.price_offers import offer_in
from vendors.scoping import Crossing


def on_offered(payload: dict[str, Any]) -> None:
    """PriceOffered: the buyer reads what is offered, and goes on to the page that takes it."""
    conversation, offer = _read(payload)
    if not offer.is_open:
        return
    with speaking(conversation.language, conversation.market):
        facts = _facts(conversation, offer)
        mail = Mail(
            subject=_("%(cooperative)s makes you an offer") % facts,
            sentences=[
                _("%(cooperative)s offers you %(quantity)s × %(product)s for %(total)s.") % facts,
                _("That is %(unit)s each; the usual price is %(usual)s. Delivery is added.")
                % facts,
                _("The offer is valid until %(day)s. Order it, or decline it, on this page:")
                % facts,
            ],
            link=buyer_link(conversation),
        )
        send_to_buyer(conversation, mail)


def on_withdrawn(payload: dict[str, Any]) -> None:
    """PriceOfferWithdrawn: the buyer need not wait, nor try."""
    conversation, offer = _read(payload)
    with speaking(conversation.language, conversation.market):
        facts = _facts(conversation, offer)
        mail = Mail(
            subject=_("%(cooperative)s has withdrawn its offer") % facts,
            sentences=[
                _("The offer of %(quantity)s × %(product)s can no longer be ordered.") % facts,
                _("You can write to the cooperative on this page:"),
            ],
            link=buyer_link(conversation),
        )
        send_to_buyer(conversation, mail)


def on_declined(payload: dict[str, Any]) -> None:
    """PriceOfferDeclined: the members who answer are told."""
    conversation, offer = _read(payload)
    for user, path in who_answers(conversation):
        with speaking(user.language, home_of(conversation)):
            facts = _facts(conversation, offer, user.language)
            facts["name"] = greeted_name(conversation.name)
            mail = Mail(
                subject=_("%(name)s has declined your offer") % facts,
                sentences=[
                    _("The offer was %(quantity)s × %(product)s for %(total)s.") % facts,
                    _("You can write to the buyer, or make another offer, on this page:"),
                ],
                link=f"{settings.PUBLIC_URL}{path}",
            )
            send_to_user(conversation, user, mail)


def _read(payload: dict[str, Any]) -> tuple[Conversation, PriceOffer]:
    rows = Conversation.objects.crossing(Crossing.SCHEDULED_JOB)
    conversation: Conversation = rows.select_related(
        "cooperative", "programme", "vendor_order__order"
    ).get(pk=UUID(payload["conversation_id"]))
    if conversation.cooperative_id is None:
        raise ValueError("an offer in a conversation with a programme")
    return conversation, offer_in(conversation.cooperative_id, conversation.pk, payload["version"])


def _facts(conversation: Conversation, offer: PriceOffer, language: str = "") -> dict[str, str]:
    language = language or conversation.language
    show = Format(language, conversation.market)
    return about(conversation, language) | {
        "product": offer.title_in(language),
        "quantity": show.number(offer.quantity),
        "unit": show.money(offer.unit_minor, offer.currency),
        "usual": show.money(offer.usual_unit_minor, offer.currency),
        "total": show.money(offer.total_minor, offer.currency),
        "day": show.day(offer.valid_until),
    }
