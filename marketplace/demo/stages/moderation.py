"""Stage of moderation: revisions of new listings waiting for review, and a returned one."""

from datetime import datetime

from catalog.content import ListingText
from catalog.models import Listing
from catalog.services import revisions
from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import FIRST_SLUGS, by_slug
from marketplace.demo.stages.listings import content_of, offers_of
from marketplace.demo.world.words import Words
from vendors.accounts import User
from vendors.scoping import Crossing

PROPOSALS = 6
# The last of them is returned.
GIFT = Words("Coffret cadeau : ", "علبة هدية: ", "Gift box: ")
REMARK = "Merci d’ajouter le poids net de chaque pièce du coffret, et une photo de l’intérieur."


def make(first: int, last: int, _begun_at: datetime) -> None:
    """Revisions of the first cooperatives for gift boxes of their products."""
    cooperatives = by_slug(FIRST_SLUGS)
    for place in range(first, last):
        cooperative = cooperatives[FIRST_SLUGS[place]]
        offer = offers_of(cooperative.slug)[-1]
        key = f"gift/{offer.key}"[:120]
        known = Listing.objects.crossing(Crossing.DEMO_WORLD).filter(import_key=key)
        if known.exists():
            continue
        content = content_of(cooperative.slug, offer)
        texts = {
            language: ListingText(
                name=GIFT[language] + text.name, description=text.description, confirmed=True
            )
            for language, text in content.texts.items()
        }
        proposed = content.model_copy(update={"texts": texts})
        revision = revisions.start_listing(
            cooperative_id=cooperative.pk, content=proposed, quantity=5, by=BY
        )
        revision = revisions.submit_revision(revision=revision, by=BY)
        known.model.objects.crossing(Crossing.DEMO_WORLD).filter(pk=revision.listing_id).update(
            import_key=key
        )
        if place == PROPOSALS - 1:
            email = next(a.email for a in ACCOUNTS if a.role == "coordinator")
            coordinator = User.objects.get(email=email)
            revisions.return_revision(revision=revision, remark=REMARK, by=coordinator.actor)
