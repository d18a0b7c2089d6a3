"""A cooperative that sells, and a buyer who asks it something."""

from uuid import uuid4

from catalog.models import ListingPage
from marketplace.conversations.models import Conversation
from marketplace.conversations.services import answer_buyer, begin_conversation, write_again
from marketplace.conversations.subjects import About, Buyer, Question
from tests.orders.world import World
from vendors.models import Cooperative, User

SALMA = Buyer("Salma Bennani", "salma@example.org")
ASKED = "La couleur tient-elle au lavage ?"


def ask(
    cooperative: Cooperative,
    text: str = ASKED,
    *,
    about: About | None = None,
    buyer: Buyer = SALMA,
    form_key: str = "",
    seen_from: str = "192.0.2.1",
) -> Conversation:
    """A conversation that a buyer begins in the French shop of Morocco."""
    question = Question(about or About(cooperative), buyer, text, "ma", "fr")
    return begin_conversation(
        question=question, form_key=form_key or uuid4().hex, seen_from=seen_from
    )


def about_rug(world: World) -> About:
    """About the listing of the weavers."""
    page = ListingPage.objects.get(cooperative_id=world.weavers.pk)
    return About(world.weavers, listing_id=page.listing_id, titles=page.names)


def answered(conversation: Conversation, by: User, text: str = "Oui, à froid.") -> None:
    answer_buyer(conversation=conversation, text=text, form_key=uuid4().hex, by=by)


def written_again(conversation: Conversation, text: str = "Merci. Et à 40 degrés ?") -> None:
    write_again(conversation=conversation, text=text, form_key=uuid4().hex)
