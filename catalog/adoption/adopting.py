"""Make a listing of a product that the store had before us. Every step may be repeated.

At the engine only this changes: the product's type gets the attributes of the marketplace, the
product names its cooperative, and its free pieces lie in the cooperative's warehouse. (Its weight
is written where there was none and the caller gave one.) Name, address, category, prices, pictures,
channels and everything else stay as they are.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.adoption import pictures, stock
from catalog.adoption.planning import Decision, adoption_of, listing_of, owner_of
from catalog.adoption.reading import content_of, is_shown, weight_of, why_not
from catalog.adoption.store import StoreProduct, store_product
from catalog.content import RevisionContent
from catalog.errors import NotAdoptable
from catalog.locks import listing_lock
from catalog.models import (
    Adoption,
    Listing,
    ListingRevision,
    ListingStatus,
    ListingVariant,
    RevisionState,
)
from catalog.publishing.engine_names import TEXT_ATTRIBUTES
from catalog.publishing.inputs import grams
from catalog.read_model.product_values import weight_in_grams
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    AttributeUpdateInput,
    AttributeValueInput,
    ProductAttributeAssignInput,
    ProductInput,
    SaleorClient,
)
from marketplace.saleor.client.enums import ProductAttributeType
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

COOPERATIVE = "cooperative"


def adopt(
    decision: Decision,
    cooperative: Cooperative,
    *,
    ready: set[str],
    by: Actor,
    weight_grams: int = 0,
) -> int:
    """Do what was decided of one product; returns the pieces that were moved.

    ``ready`` are the types that were seen to before, by slug: those seen to now are added. What
    changed since the decision is looked at again. Our pages show it after ``show``. Raises
    NotAdoptable with the reason, EngineRefused or EngineUnavailable; then it may simply be called
    again.
    """
    client = app_client()
    listing_id = ids.our_id_or_new(ids.PRODUCT, decision.gid)
    with listing_lock(listing_id):
        product = store_product(client, decision.gid)
        if product is None:
            raise NotAdoptable(_("This product does not exist in the shop."))
        _require_free(product, cooperative, weight_grams)
        if product.type_slug not in ready:
            _let_type_name_cooperatives(client, product)
            ready.add(product.type_slug)
        content = content_of(product, decision.category, weight_grams=weight_grams)
        listing, revision = _write_down(listing_id, product, content, cooperative, by)
        media = pictures.take_over(listing, product)
        if missing := pictures.wanted(product) - len(media):
            decision.notes.append(_("%(n)s photos could not be copied.") % {"n": missing})
        units = _move(client, product, listing.adoption, cooperative)
        _name_cooperative(client, product, cooperative, weight_grams)
        _complete(listing, revision, content, media, product, by=by, units=units)
    return units


def _require_free(product: StoreProduct, cooperative: Cooperative, weight_grams: int) -> None:
    owner = owner_of(product, listing_of(product.gid))
    if owner and owner != cooperative.slug:
        raise NotAdoptable(_("It belongs to %(owner)s.") % {"owner": owner})
    if reason := why_not(product, weight_grams=weight_grams):
        raise NotAdoptable(reason)


def _let_type_name_cooperatives(client: SaleorClient, product: StoreProduct) -> None:
    """Add our attributes to the product's type, as optional ones.

    (A required one would keep the store from saving its other products of the type.)
    """
    kind = product.parts.product_type
    answer = client.type_attributes(kind.id)
    if answer.attribute and answer.attribute.value_required:
        change = AttributeUpdateInput(value_required=False)
        accepted(client.update_attribute(answer.attribute.id, change).attribute_update)
    rows = answer.product_type.product_attributes if answer.product_type else None
    present = {row.slug for row in rows or []}
    missing = [slug for slug in (COOPERATIVE, *TEXT_ATTRIBUTES) if slug not in present]
    if missing:
        wanted = [
            ProductAttributeAssignInput(id=_attribute(slug), type_=ProductAttributeType.PRODUCT)
            for slug in missing
        ]
        accepted(client.assign_product_attributes(kind.id, wanted).product_attribute_assign)


@transaction.atomic
def _write_down(
    listing_id: UUID,
    product: StoreProduct,
    content: RevisionContent,
    cooperative: Cooperative,
    by: Actor,
) -> tuple[Listing, ListingRevision]:
    """The listing with its variants and the revision to be applied; creates what is missing."""
    listing = listing_of(product.gid)
    known = adoption_of(listing)
    if listing is None:
        listing = Listing(pk=listing_id)
    if known is None or known.released_at:
        listing.status = ListingStatus.DRAFT
        listing.category_slug = content.category_slug
    listing.cooperative, listing.slug = cooperative, product.slug[:120]
    listing.is_from_store = True
    listing.save()
    if known is None:
        known = Adoption(listing=listing, began_at=timezone.now())
    elif known.released_at:
        known.began_at, known.completed_at, known.released_at = timezone.now(), None, None
    known.save()
    listing.adoption = known
    _write_variants(listing, product)
    revision = _revision(listing, content, begins=known.completed_at is None)
    audit.record("listing.adoption_begun", listing, by=by, cooperative=cooperative.slug)
    return listing, revision


def _write_variants(listing: Listing, product: StoreProduct) -> None:
    pairs = [(ids.our_id_or_new(ids.VARIANT, node.id), node) for node in product.variants]
    weight = weight_of(product)
    for position, (variant_id, node) in enumerate(pairs):
        ListingVariant.objects.within(CooperativeScope(listing.cooperative_id)).update_or_create(
            pk=variant_id,
            defaults={
                "listing": listing,
                "name": "" if node.name == node.sku else node.name[:120],
                "sku": _sku(node.sku, variant_id),
                "weight_grams": weight_in_grams(node.weight) or weight,
                "position": position,
            },
        )


def _sku(sku: str | None, variant_id: UUID) -> str:
    """The store's SKU; one of ours only where it is missing or too long."""
    return sku if sku and len(sku) <= 60 else f"TWZ-{variant_id.hex[:12].upper()}"  # noqa: PLR2004


def _revision(listing: Listing, content: RevisionContent, *, begins: bool) -> ListingRevision:
    """The revision that holds the store's content: a draft until the adoption is complete."""
    rows = listing.revisions
    if not begins:
        applied: ListingRevision = rows.filter(state=RevisionState.APPLIED)[0]
        return applied
    draft: ListingRevision | None = rows.filter(state=RevisionState.DRAFT).first()
    if draft is None:
        last = rows.aggregate(n=Max("number"))["n"] or 0
        draft = ListingRevision(listing=listing, number=last + 1)
    draft.content = content.model_dump(mode="json")
    draft.save()
    return draft


def _move(
    client: SaleorClient, product: StoreProduct, adoption: Adoption, cooperative: Cooperative
) -> int:
    moves = stock.moves_to(product, ids.global_id(ids.WAREHOUSE, cooperative.pk))
    if moves:
        # Recorded before the move, so that a release can revert it.
        adoption.moves = [*adoption.moves, *(_noted(move) for move in moves)]
        adoption.save(update_fields=["moves"])
    return stock.carry_out(client, product, moves)


def _noted(move: stock.Move) -> dict[str, object]:
    return {
        "variant": str(ids.our_id_or_new(ids.VARIANT, move.variant)),
        "from": str(ids.our_id_or_new(ids.WAREHOUSE, move.source)),
        "units": move.units,
    }


def _name_cooperative(
    client: SaleorClient, product: StoreProduct, cooperative: Cooperative, weight_grams: int
) -> None:
    page = ids.global_id(ids.PAGE, cooperative.pk)
    needs_weight = not weight_of(product)
    if product.cooperative_page == page and not needs_weight:
        return
    named = AttributeValueInput(id=_attribute(COOPERATIVE), reference=page)
    change = ProductInput(attributes=[named])
    if needs_weight:
        change.weight = grams(weight_grams)
    accepted(client.update_product(product.gid, change).product_update)


@transaction.atomic
def _complete(
    listing: Listing,
    revision: ListingRevision,
    content: RevisionContent,
    media: Sequence[UUID],
    product: StoreProduct,
    *,
    by: Actor,
    units: int,
) -> None:
    adoption = listing.adoption
    if adoption.completed_at is None:
        now = timezone.now()
        whole = content.model_copy(update={"media": list(media)})
        revision.content = whole.model_dump(mode="json")
        revision.state, revision.applied_at, revision.decided_at = RevisionState.APPLIED, now, now
        revision.save(update_fields=["content", "state", "applied_at", "decided_at"])
        shown = is_shown(product)
        listing.status = ListingStatus.PUBLISHED if shown else ListingStatus.PAUSED
        listing.save(update_fields=["status"])
        adoption.completed_at = now
        adoption.save(update_fields=["completed_at"])
    audit.record("listing.adopted", listing, by=by, units=units)


def _attribute(slug: str) -> str:
    return ids.global_id(ids.ATTRIBUTE, ids.of_slug(ids.ATTRIBUTE, slug))
