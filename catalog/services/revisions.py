"""Use cases of a revision: draft, submission, return or approval.

What buyers see changes only when an approved revision has been applied to the engine.
"""

from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from catalog.categories import category_slug_of
from catalog.content import RevisionContent, check
from catalog.errors import RemarkMissing, RevisionNotOpen
from catalog.events import ListingApproved, ListingReturned, ListingSubmitted
from catalog.models import Listing, ListingRevision, ListingVariant, RevisionState
from catalog.services.applying import apply_now_or_later
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.versions import require_version
from vendors.errors import SamePersonTwice

_OPEN = (RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.RETURNED)


@transaction.atomic
def start_listing(
    *,
    cooperative_id: UUID,
    content: RevisionContent,
    quantity: int,
    by: Actor,
    import_key: str = "",
) -> ListingRevision:
    """Create a listing with its first draft, which may be incomplete.

    ``quantity`` is its stock when the listing is first published, ``import_key`` the key of the row
    that it comes from.
    """
    revision = first_draft(cooperative_id=cooperative_id, content=content, quantity=quantity)
    listing = revision.listing
    listing.import_key = import_key
    listing.save(force_insert=True)
    for variant in listing.variants.all():
        variant.save(force_insert=True)
    revision.save(force_insert=True)
    audit.record("listing.started", listing, by=by)
    return revision


def first_draft(
    *,
    cooperative_id: UUID,
    content: RevisionContent,
    quantity: int,
    listing_id: UUID | None = None,
) -> ListingRevision:
    """A listing with its variants and first draft, not saved yet."""
    listing_id = listing_id or uuid4()
    proposed = _completed(content.model_copy(update={"quantity": quantity}))
    listing = Listing(
        pk=listing_id,
        cooperative_id=cooperative_id,
        slug=_slug(proposed, listing_id),
        taxonomy_slug=proposed.taxonomy_slug,
        category_slug=proposed.category_slug,
    )
    variants = _variants(listing, proposed)
    listing._prefetched_objects_cache = {"variants": variants}  # type: ignore[attr-defined] # noqa: SLF001
    return ListingRevision(listing=listing, number=1, content=proposed.model_dump(mode="json"))


def _variants(listing: Listing, content: RevisionContent) -> list[ListingVariant]:
    """The first variant, then the further ones; their SKUs sort as they stand."""
    sku = f"TWZ-{listing.pk.hex[:12].upper()}"
    found = [
        ListingVariant(
            listing=listing, name=content.variant_name, sku=sku, weight_grams=content.weight_grams
        )
    ]
    for position, each in enumerate(content.further_variants, 1):
        found.append(
            ListingVariant(
                pk=each.id,
                listing=listing,
                name=each.name,
                sku=f"{sku}-{position:02}",
                weight_grams=each.weight_grams,
                position=position,
            )
        )
    return found


@transaction.atomic
def save_draft(*, listing: Listing, content: RevisionContent, by: Actor) -> ListingRevision:
    """Save content in the open revision, or in a new one.

    A revision that was submitted or returned becomes a draft again.
    """
    proposed = _completed(content).model_dump(mode="json")
    locked = listing.revisions.select_for_update()
    revision: ListingRevision | None = locked.filter(state__in=_OPEN).first()
    if revision is None:
        last = listing.revisions.order_by("-number").first()
        number = last.number + 1 if last else 1
        revision = ListingRevision(listing=listing, number=number, content=proposed)
        revision.save(force_insert=True)
    else:
        revision.content = proposed
        if revision.state == RevisionState.DRAFT:
            # What an import remarked was for whoever has changed the draft now.
            revision.remark = ""
        revision.state = RevisionState.DRAFT
        revision.save(update_fields=["content", "state", "remark"])
    audit.record("revision.saved", revision, by=by)
    return revision


@transaction.atomic
def submit_revision(*, revision: ListingRevision, by: Actor) -> ListingRevision:
    """Submit for review; raises InvalidListing with what is missing, or RevisionNotOpen."""
    revision = _locked(revision, RevisionState.DRAFT, RevisionState.RETURNED)
    check(revision.proposed)
    revision.state = RevisionState.SUBMITTED
    revision.submitted_at = timezone.now()
    revision.submitted_by_id = user_id_of(by)
    revision.save(update_fields=["state", "submitted_at", "submitted_by"])
    audit.record("revision.submitted", revision, by=by)
    publish(ListingSubmitted(**facts_of(revision)))
    return revision


@transaction.atomic
def return_revision(
    *, revision: ListingRevision, remark: str, by: Actor, version: str | None = None
) -> ListingRevision:
    """Return a submitted revision with a remark; raises RemarkMissing, RevisionNotOpen.

    Raises ChangedMeanwhile unless its content still has the ``version`` that was read.
    """
    if not remark.strip():
        raise RemarkMissing({"remark": RemarkMissing.message})
    revision = _locked(revision, RevisionState.SUBMITTED)
    require_version(version, revision.content)
    revision.remark = remark.strip()
    _decide(revision, RevisionState.RETURNED, by=by)
    audit.record("revision.returned", revision, by=by, remark=revision.remark)
    publish(ListingReturned(**facts_of(revision), remark=revision.remark))
    return revision


@transaction.atomic
def approve_revision(
    *, revision: ListingRevision, by: Actor, version: str | None = None
) -> ListingRevision:
    """Approve a submitted revision; raises RevisionNotOpen, SamePersonTwice for who submitted it.

    Raises ChangedMeanwhile unless its content still has the ``version`` that was read: nobody
    approves what they have not seen.

    It is applied to the engine once this transaction has committed; if the engine is unavailable,
    the job ``apply_waiting`` does it later.
    """
    revision = _locked(revision, RevisionState.SUBMITTED)
    require_version(version, revision.content)
    if revision.submitted_by_id is not None and revision.submitted_by_id == user_id_of(by):
        raise SamePersonTwice
    revision.remark = ""
    _decide(revision, RevisionState.APPROVED, by=by)
    audit.record("revision.approved", revision, by=by)
    publish(ListingApproved(**facts_of(revision)))
    transaction.on_commit(partial(apply_now_or_later, revision.pk))
    return revision


@transaction.atomic
def approve_by_rule(*, revision: ListingRevision, by: Actor) -> ListingRevision:
    """Approve a complete draft without a reviewer: an operator's import is reviewed beforehand.

    The caller applies it (in bulk). Raises InvalidListing or RevisionNotOpen.
    """
    revision = _locked(revision, RevisionState.DRAFT, RevisionState.RETURNED)
    check(revision.proposed)
    revision.submitted_at = timezone.now()
    _decide(revision, RevisionState.APPROVED, by=by)
    audit.record("revision.approved_by_rule", revision, by=by)
    publish(ListingApproved(**facts_of(revision)))
    return revision


def _decide(revision: ListingRevision, state: RevisionState, *, by: Actor) -> None:
    revision.state = state
    revision.decided_at = timezone.now()
    revision.decided_by_id = user_id_of(by)
    revision.save(update_fields=["state", "remark", "submitted_at", "decided_at", "decided_by"])


def _locked(revision: ListingRevision, *states: RevisionState) -> ListingRevision:
    """The revision, locked and refreshed; raises RevisionNotOpen in any other state."""
    rows = revision.listing.revisions.select_for_update()
    found: ListingRevision | None = rows.filter(pk=revision.pk, state__in=states).first()
    if found is None:
        raise RevisionNotOpen
    return found


def _completed(content: RevisionContent) -> RevisionContent:
    """The content with the category of its type, unless the cooperative chose one."""
    if content.taxonomy_slug and not content.category_slug:
        category = category_slug_of(content.taxonomy_slug)
        return content.model_copy(update={"category_slug": category})
    return content


def _slug(content: RevisionContent, listing_id: UUID) -> str:
    """A unique slug: Latin letters of the name if it has any, else the type's."""
    names = [content.texts[lang].name for lang in ("fr", "en", "ar") if lang in content.texts]
    latin = next((slug for name in names if (slug := slugify(name))), "")
    stem = latin or content.taxonomy_slug or content.category_slug or "listing"
    return f"{stem[:80].strip('-')}-{listing_id.hex[:8]}"


def facts_of(revision: ListingRevision) -> dict[str, object]:
    """What every event of a revision says of it."""
    listing = revision.listing
    cooperative = listing.cooperative
    return {
        "aggregate_id": listing.pk,
        "occurred_at": timezone.now(),
        "listing_id": listing.pk,
        "revision_id": revision.pk,
        "cooperative_id": cooperative.pk,
        "programme_id": cooperative.programme_id,
    }


def user_id_of(by: Actor) -> int | None:
    """The id of the person who acts; None for a machine."""
    return int(by.id) if by.kind == "user" and by.id else None
