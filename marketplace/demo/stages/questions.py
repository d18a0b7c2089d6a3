"""Stage of conversations: what buyers ask the first cooperatives, some of it answered."""

from dataclasses import dataclass
from datetime import datetime

from catalog.models import ListingPage
from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.services import (
    answer_buyer,
    begin_conversation,
    report_conversation,
    write_again,
)
from marketplace.conversations.subjects import About, Buyer, Question
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import by_slug
from vendors.models import Cooperative, MemberRole, Membership


@dataclass(frozen=True)
class _Asked:
    """A conversation: to whom, in which language, and what was written in turn."""

    cooperative: str
    name: str
    language: str
    texts: tuple[str, ...]
    about_listing: bool = True
    is_reported: bool = False


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
        conversation = begin_conversation(
            question=_question(asked, cooperatives[asked.cooperative], place),
            form_key=f"demo {place}",
            seen_from="demo",
        )
        _continue(conversation, asked, place)
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


def _continue(conversation: Conversation, asked: _Asked, place: int) -> None:
    """The cooperative's and the buyer's messages in turn."""
    members = Membership.objects.within(conversation.cooperative.scope).select_related("user")
    member = members.exclude(role=MemberRole.ACCOUNTANT).first()
    for turn, text in enumerate(asked.texts[1:], start=1):
        key = f"demo {place} {turn}"
        if turn % 2 == 0:
            write_again(conversation=conversation, text=text, form_key=key)
        elif member:
            answer_buyer(conversation=conversation, text=text, form_key=key, by=member.user)
