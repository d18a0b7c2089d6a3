"""Queries for those who work on listings: a cooperative's members, and staff who review."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from catalog.errors import ListingNotFound
from catalog.models import (
    TRIES_UNTOLD,
    Listing,
    ListingMedia,
    ListingPage,
    ListingRevision,
    ListingStatus,
    RevisionState,
)
from vendors.scoping import CooperativeScope, Scope

PAGE_SIZE = 25
OPEN = (RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.RETURNED)


@dataclass(frozen=True)
class Entry:
    """A listing with its newest revision, and what buyers see of it (None: nothing yet)."""

    listing: Listing
    revision: ListingRevision
    page: ListingPage | None

    @property
    def state(self) -> str:
        """The state to show: the open revision's, else the listing's."""
        if self.listing.status in {ListingStatus.PAUSED, ListingStatus.REMOVED}:
            return str(self.listing.status)
        return str(self.revision.state)


def listings(scope: Scope, *, text: str = "", page: int | str = 1) -> Page[Listing]:
    """A cooperative's listings, newest first, 25 a page; ``text`` is a part of a name."""
    rows = Listing.objects.within(scope).exclude(status=ListingStatus.REMOVED)
    # A name that was copied from the shop has spaces in it that do not break.
    if text := " ".join(text.split()):
        rows = rows.filter(revisions__content__texts__icontains=text).distinct()
    found = Paginator(_with_revisions(rows).order_by("-created_at", "pk"), PAGE_SIZE)
    return found.get_page(page)


def categories(scope: CooperativeScope) -> list[str]:
    """The slugs of the categories in which a cooperative's listings are shown."""
    shown = ListingPage.objects.filter(cooperative_id=scope.cooperative_id, is_published=True)
    return sorted(set(shown.values_list("category_slug", flat=True)))


def entries(rows: Page[Listing]) -> list[Entry]:
    """The listings of a page, with what is shown of each."""
    pages = ListingPage.objects.in_bulk([row.pk for row in rows])
    return [Entry(row, row.revisions.all()[0], pages.get(row.pk)) for row in rows]


def entry(scope: Scope, listing_id: UUID) -> Entry:
    """One listing with its newest revision; raises ListingNotFound."""
    found: Listing | None = (
        _with_revisions(Listing.objects.within(scope)).filter(pk=listing_id).first()
    )
    if found is None:
        raise ListingNotFound
    page = ListingPage.objects.filter(listing_id=found.pk).first()
    return Entry(found, found.revisions.all()[0], page)


def never_shown(scope: Scope, *, most: int) -> list[Entry]:
    """The listings that buyers have never seen, newest first, at most so many."""
    rows = Listing.objects.within(scope).exclude(status=ListingStatus.REMOVED)
    rows = rows.exclude(pk__in=ListingPage.objects.values("listing_id"))
    found = _with_revisions(rows).order_by("-created_at", "pk")[:most]
    return [Entry(row, row.revisions.all()[0], None) for row in found]


def used_categories(scope: Scope) -> set[str]:
    """The categories in which a cooperative has listings."""
    rows = Listing.objects.within(scope).exclude(category_slug="")
    return set(rows.values_list("category_slug", flat=True).distinct())


def photo(scope: Scope, photo_id: UUID) -> ListingMedia:
    """A photograph, published or not; raises ListingNotFound."""
    found: ListingMedia | None = ListingMedia.objects.within(scope).filter(pk=photo_id).first()
    if found is None:
        raise ListingNotFound
    return found


def waiting(scope: Scope) -> QuerySet[ListingRevision]:
    """Revisions waiting for review, for a list."""
    rows: QuerySet[ListingRevision] = ListingRevision.objects.within(scope)
    return rows.filter(state=RevisionState.SUBMITTED).select_related("listing__cooperative")


def stuck(scope: Scope) -> list[ListingRevision]:
    """Approved revisions that the engine refuses, oldest first, at most 25."""
    rows = ListingRevision.objects.within(scope).filter(
        state=RevisionState.APPROVED, apply_attempts__gte=TRIES_UNTOLD
    )
    return list(rows.select_related("listing__cooperative").order_by("decided_at", "pk")[:25])


def proposal(scope: Scope, revision_id: UUID) -> ListingRevision:
    """One revision; raises ListingNotFound."""
    rows = ListingRevision.objects.within(scope).select_related("listing__cooperative")
    found: ListingRevision | None = rows.filter(pk=revision_id).first()
    if found is None:
        raise ListingNotFound
    return found


def current(revision: ListingRevision) -> ListingRevision | None:
    """The content that buyers see now; None if the listing is not in the shop yet."""
    found: ListingRevision | None = revision.listing.revisions.filter(
        state=RevisionState.APPLIED
    ).first()
    return found


def _with_revisions(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    return rows.select_related("cooperative").prefetch_related(
        Prefetch("revisions", queryset=_newest_first()), "variants", "media"
    )


def _newest_first() -> QuerySet[ListingRevision]:
    return ListingRevision._base_manager.order_by("-number")  # noqa: SLF001 -- reached from rows
