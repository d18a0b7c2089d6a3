"""Reviews as readers of the shop, their authors, a cooperative and the staff see them."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from catalog.models import ListingPage
from marketplace.orders.models import Order, VendorOrderLine
from marketplace.reviews.eligibility import is_still_time, received_lines
from marketplace.reviews.errors import NotReceived, ReviewNotFound
from marketplace.reviews.models import Review, ReviewPhoto, ReviewReport, ReviewState
from marketplace.reviews.ratings import counts_of, shown_of
from marketplace.reviews.scores import STARS, score_of
from vendors.scoping import CooperativeScope, Crossing, Scope

PAGE_SIZE = 10


@dataclass(frozen=True)
class Rating:
    """How many reviews there are, by stars, and the score in hundredths once it is shown."""

    count: int
    score: int | None
    by_stars: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class OwnLine:
    """A line that arrived, and what its buyer said of it; ``is_open`` while it may be reviewed."""

    line: VendorOrderLine
    review: Review | None
    is_open: bool


def rating_of_listing(listing_id: UUID) -> Rating:
    """The rating of a product."""
    return _rating(shown_of(listing_id))


def rating_of_cooperative(cooperative_id: UUID) -> Rating:
    """The rating of everything that a cooperative sold."""
    return _rating(_of_cooperative(cooperative_id))


def _rating(rows: QuerySet[Review]) -> Rating:
    counts = counts_of(rows)
    by_stars = tuple((stars, counts.get(stars, 0)) for stars in reversed(STARS))
    return Rating(sum(counts.values()), score_of(counts), by_stars)


def reviews_of_listing(listing_id: UUID, page: int = 1, size: int = PAGE_SIZE) -> Page[Review]:
    """A page of the reviews of a product, the latest first."""
    return _page(shown_of(listing_id), page, size)


def reviews_of_cooperative(cooperative_id: UUID, page: int = 1) -> Page[Review]:
    """A page of the reviews of everything that a cooperative sold, the latest first."""
    return _page(_of_cooperative(cooperative_id), page, PAGE_SIZE)


def _of_cooperative(cooperative_id: UUID) -> QuerySet[Review]:
    rows: QuerySet[Review] = Review.objects.within(CooperativeScope(cooperative_id))
    return rows.filter(state=ReviewState.SHOWN)


def _page(rows: QuerySet[Review], page: int, size: int) -> Page[Review]:
    found = rows.select_related("line").prefetch_related("photos").order_by("-written_at", "pk")
    return Paginator(found, size).get_page(page)


def shown_review(review_id: UUID) -> Review:
    """A review that the shop shows; raises ReviewNotFound."""
    rows = Review.objects.crossing(Crossing.PUBLIC_STOREFRONT).select_related("line", "cooperative")
    found: Review | None = rows.filter(pk=review_id, state=ReviewState.SHOWN).first()
    if found is None:
        raise ReviewNotFound
    return found


def shown_photo(photo_id: UUID) -> ReviewPhoto | None:
    """A photograph of a review that the shop shows with its photographs, or None."""
    rows = ReviewPhoto.objects.crossing(Crossing.PUBLIC_STOREFRONT)
    found: ReviewPhoto | None = rows.filter(
        pk=photo_id, review__state=ReviewState.SHOWN, review__shows_photos=True
    ).first()
    return found


def lines_of_order(order: Order) -> list[OwnLine]:
    """What arrived of a buyer's own order, with its reviews."""
    lines = received_lines(order)
    rows = Review.objects.crossing(Crossing.BUYER_ORDER).filter(line__in=[x.pk for x in lines])
    known = {row.line_id: row for row in rows.prefetch_related("photos")}
    return [
        OwnLine(line, known.get(line.pk), line.pk in known or is_still_time(line)) for line in lines
    ]


def line_of_order(order: Order, line_id: UUID) -> OwnLine:
    """A line of a buyer's own order that arrived; raises NotReceived for any other."""
    found = next((own for own in lines_of_order(order) if own.line.pk == line_id), None)
    if found is None:
        raise NotReceived
    return found


def review_rows(scope: Scope) -> QuerySet[Review]:
    """The reviews of a scope that were not withdrawn, for a list."""
    rows: QuerySet[Review] = Review.objects.within(scope)
    return rows.exclude(state=ReviewState.WITHDRAWN).select_related("cooperative", "line")


def rows_of_cooperative(scope: Scope) -> QuerySet[Review]:
    """Those that a cooperative reads: shown ones, and hidden ones that were shown before."""
    return review_rows(scope).filter(shown_at__isnull=False).exclude(state=ReviewState.HELD)


def staff_rows(scope: Scope) -> QuerySet[Review]:
    """The reviews of a scope with the number of open reports, for a list of staff."""
    waiting = Count("reports", filter=Q(reports__settled_at__isnull=True), distinct=True)
    return review_rows(scope).annotate(open_reports=waiting)


def to_decide(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Those that wait for a person: held by a rule, reported, or with photographs to look at."""
    reports = ReviewReport.objects.filter(review=OuterRef("pk"), settled_at__isnull=True)
    return rows.filter(
        Q(state=ReviewState.HELD)
        | Exists(reports)
        | Exists(_unseen_photos()) & Q(state=ReviewState.SHOWN, shows_photos=False)
    )


def _unseen_photos() -> QuerySet[ReviewPhoto]:
    """Photographs that came after the last decision on their review."""
    photos = ReviewPhoto.objects.filter(review=OuterRef("pk"))
    since = Q(review__decided_at__isnull=True) | Q(added_at__gt=OuterRef("decided_at"))
    return photos.filter(since)


def to_answer(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Those that the shop shows and nobody has answered."""
    return rows.filter(state=ReviewState.SHOWN, answered_at__isnull=True)


def count_to_answer(scope: Scope) -> int:
    """How many reviews of a scope nobody has answered."""
    return int(to_answer(Review.objects.within(scope)).count())


def find_review(rows: QuerySet[Review], review_id: UUID) -> Review:
    """One of the rows with its photographs; raises ReviewNotFound."""
    found = rows.select_related("programme").prefetch_related("photos").filter(pk=review_id).first()
    if found is None:
        raise ReviewNotFound
    return found


def reports_of(review: Review) -> list[ReviewReport]:
    """The reports of a review that wait, the latest first."""
    return list(review.reports.filter(settled_at__isnull=True).order_by("-reported_at"))


def page_of(review: Review) -> ListingPage | None:
    """The product's page in the shop, where there is one."""
    return ListingPage.objects.filter(listing_id=review.listing_id).first()


def slugs_of(reviews: list[Review]) -> dict[UUID, str]:
    """The addresses of products that the shop shows, by listing."""
    wanted = {review.listing_id for review in reviews}
    rows = ListingPage.objects.filter(listing_id__in=wanted, is_published=True)
    return dict(rows.values_list("listing_id", "slug"))
