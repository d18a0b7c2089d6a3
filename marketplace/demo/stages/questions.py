"""Stage of conversations: what buyers ask the first cooperatives, some of it answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from catalog.markets import market_of
from catalog.models import ListingOffer, ListingPage
from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.services import (
    answer_buyer,
    begin_conversation,
    make_offer,
    report_conversation,
    write_again,
)
from marketplace.conversations.subjects import About, Buyer, Question
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import by_slug
from marketplace.orders.services.price_offers import NewPriceOffer
from vendors.accounts import User
from vendors.models import Cooperative, MemberRole, Membership

WHOLE = 100


@dataclass(frozen=True)
class _Asked:
    """A conversation: to whom, in which language, and what was written in turn."""

    cooperative: str
    name: str
    language: str
    texts: tuple[str, ...]
    about_listing: bool = True
    is_reported: bool = False
    # So many of the product are offered, at so many per cent of its price.
    offered: tuple[int, int] = (0, 0)


_ASKED = (
    _Asked(
        "timzit-n-tidzi", "Salma Ouarti", "ar",
        ("السلام عليكم، هل الزيت محمّص أم للتجميل؟ أريده للطبخ.",),
    ),
    _Asked(
        "timzit-n-tidzi", "Hugo Marchal", "fr",
        (
            "Bonjour, jusqu’à quand se conserve une bouteille ouverte ?",
            "Bonjour, six mois à l’abri de la lumière. Pas besoin de frigo.",
            "Merci beaucoup. Je passe commande.",
        ),
    ),
    _Asked(
        "timzit-n-tidzi", "Riad Lalla Zahra", "fr",
        ("Bonjour, il nous en faut 24 pour nos chambres, avant la fin du mois. Quel prix ?",),
        offered=(24, 85),
    ),
    _Asked(
        "azilal-laine", "Inès Fabre", "fr",
        ("Peut-on tisser ce tapis en 2 m sur 3 ? Mon numéro : 06 61 22 33 44",),
    ),
    _Asked(
        "azilal-laine", "Nadia Berrada", "ar",
        ("هل تُغسل الزربية بالماء؟", "نعم، بالماء البارد وصابون بلدي، وتُنشر في الظل."),
    ),
    _Asked(
        "ahansal-miel", "Tom Whitfield", "en",
        ("Do you send honey to a restaurant, 20 jars a month?",), about_listing=False,
    ),
    _Asked(
        "rissani-majhoul", "Promo Express", "fr",
        ("Gagnez des clients avec notre site www.promo.example !",), about_listing=False,
        is_reported=True,
    ),
)  # fmt: skip
COUNT = len(_ASKED)


def make(first: int, last: int, _begun_at: datetime) -> None:
    """Conversations; what is there already is not written again."""
    cooperatives = by_slug([asked.cooperative for asked in _ASKED])
    for place in range(first, last):
        asked = _ASKED[place]
        cooperative = cooperatives[asked.cooperative]
        conversation = begin_conversation(
            question=_question(asked, cooperative, place),
            form_key=f"demo {place}",
            seen_from="demo",
        )
        _continue(conversation, cooperative, asked, place)
        if asked.is_reported and not conversation.reports.exists():
            report_conversation(
                conversation=conversation,
                side=Side.COOPERATIVE,
                reason="Publicité",
                by=BY,
            )


def _question(asked: _Asked, cooperative: Cooperative, place: int) -> Question:
    rows = ListingPage.objects.filter(cooperative_id=cooperative.pk, is_published=True)
    page = rows.order_by("slug").first() if asked.about_listing else None
    about = About(cooperative)
    if page:
        about = About(cooperative, listing_id=page.listing_id, titles=page.names)
    buyer = Buyer(asked.name, f"question{place}@twiza.example")
    return Question(about, buyer, asked.texts[0], market="ma", language=asked.language)


def _continue(
    conversation: Conversation, cooperative: Cooperative, asked: _Asked, place: int
) -> None:
    """The cooperative's and the buyer's messages in turn."""
    members = Membership.objects.within(cooperative.scope).select_related("user")
    member = members.exclude(role=MemberRole.ACCOUNTANT).first()
    for turn, text in enumerate(asked.texts[1:], start=1):
        key = f"demo {place} {turn}"
        if turn % 2 == 0:
            write_again(conversation=conversation, text=text, form_key=key)
        elif member:
            answer_buyer(conversation=conversation, text=text, form_key=key, by=member.user)
    if asked.offered[0] and member:
        _offer(conversation, asked, member.user)


def _offer(conversation: Conversation, asked: _Asked, by: User) -> None:
    """An open offer for what the conversation is about."""
    quantity, percent = asked.offered
    market = market_of(conversation.market)
    rows = ListingOffer.objects.filter(channel_slug=market.channel_slug)
    sold = rows.filter(page=conversation.listing_id).first() if conversation.listing_id else None
    if sold is None:
        return
    today = timezone.localdate(timezone=market.zone)
    wanted = NewPriceOffer(
        variant_id=sold.variant_id,
        quantity=quantity,
        unit_minor=sold.amount_minor * percent // WHOLE,
        valid_until=today + timedelta(days=14),
        ready_on=today + timedelta(days=10),
        text="Nous pouvons tout préparer en dix jours.",
    )
    make_offer(conversation=conversation, wanted=wanted, form_key="demo offer", by=by)
