"""Stage of listings: proposed by their cooperative, approved by rule, created in bulk."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction

from catalog import services
from catalog.content import ListingText, RevisionContent
from catalog.models import Listing, ListingMedia, ListingRevision, RevisionState
from marketplace.demo.pictures.storage import name_of
from marketplace.demo.stages import BY
from marketplace.demo.stages.cooperatives import (
    by_slug,
    early_cooperatives,
    first_cooperatives,
    rest_of_cooperatives,
)
from marketplace.demo.world.cooperatives import DemoCooperative, demo_cooperatives
from marketplace.demo.world.listings import Offer, offers
from vendors.models import Cooperative
from vendors.scoping import Crossing

# Listings of a cooperative with which the shop opens.
FIRST_LISTINGS = 5


def make_first(first: int, last: int, _begun_at: datetime) -> None:
    """Some listings of the first cooperatives: enough for the shop to open."""
    _make(first_cooperatives()[first:last], limit=FIRST_LISTINGS)


def make_early(first: int, last: int, _begun_at: datetime) -> None:
    """All listings of the first cooperatives and of the next ones."""
    _make([*first_cooperatives(), *early_cooperatives()][first:last])


def make_rest(first: int, last: int, _begun_at: datetime) -> None:
    """All listings of the others."""
    _make(rest_of_cooperatives()[first:last])


@cache
def _offers_by_cooperative() -> dict[str, list[Offer]]:
    found: dict[str, list[Offer]] = {}
    for offer in offers():
        found.setdefault(offer.cooperative_slug, []).append(offer)
    return found


def _make(wanted: Sequence[DemoCooperative], *, limit: int | None = None) -> None:
    cooperatives = by_slug([invented.slug for invented in wanted])
    with transaction.atomic():
        for invented in wanted:
            _write(invented, cooperatives[invented.slug], limit)
    approved = (
        ListingRevision.objects.crossing(Crossing.DEMO_WORLD)
        .filter(
            state=RevisionState.APPROVED,
            listing__cooperative__in=list(cooperatives.values()),
        )
        .select_related("listing__cooperative")
    )
    problems = services.apply_first_revisions(revisions=list(approved), by=BY)
    if problems:
        raise RuntimeError(f"The engine refused listings of the demo: {problems}")


def offers_of(slug: str) -> list[Offer]:
    """The listings of a cooperative."""
    return _offers_by_cooperative().get(slug, [])


def content_of(slug: str, offer: Offer) -> RevisionContent:
    """A listing's content, as its cooperative proposes it."""
    return _content(
        next(invented for invented in demo_cooperatives() if invented.slug == slug), offer
    )


def _write(invented: DemoCooperative, cooperative: Cooperative, limit: int | None) -> None:
    mine = Listing.objects.crossing(Crossing.DEMO_WORLD).filter(cooperative=cooperative)
    known = set(mine.values_list("import_key", flat=True))
    wanted = [
        offer
        for offer in _offers_by_cooperative().get(invented.slug, [])[:limit]
        if offer.key[:120] not in known
    ]
    made = [
        services.NewListing(
            _pictured(invented, offer), offer.quantity, offer.key[:120], offer.listing_id
        )
        for offer in wanted
    ]
    services.start_approved(cooperative=cooperative, listings=made, by=BY)
    ListingMedia.objects.create_all([_photograph(offer.listing_id) for offer in wanted])


def _photograph(listing_id: UUID) -> ListingMedia:
    """The listing's picture as its only photograph, which has the listing's own id."""
    return ListingMedia(pk=listing_id, listing_id=listing_id, file=name_of(listing_id))


def _pictured(invented: DemoCooperative, offer: Offer) -> RevisionContent:
    """A listing's content with its picture."""
    return _content(invented, offer).model_copy(update={"media": [offer.listing_id]})


def _content(invented: DemoCooperative, offer: Offer) -> RevisionContent:
    return RevisionContent(
        texts={
            language: ListingText(
                name=offer.title[language], description=offer.description[language], confirmed=True
            )
            for language in ("ar", "fr", "en")
        },
        source_language=invented.source_language,
        category_slug=offer.category_slug,
        taxonomy_slug=offer.taxonomy_slug,
        hs_code=offer.hs_code,
        origin_country=invented.country,
        material_codes=list(offer.materials),
        quality_marks=list(offer.marks),
        net_quantity=offer.net_quantity,
        weight_grams=offer.grams,
        prices=offer.prices,
        quantity=offer.quantity,
    )
