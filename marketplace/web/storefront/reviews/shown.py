"""A review as readers of the shop see it, and the score as it is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.reviews.models import Review
from marketplace.reviews.queries import Rating, slugs_of
from marketplace.reviews.texts import LANGUAGES, UNKNOWN
from marketplace.web.storefront.shell import Shop

_THUMB, _LARGE = 160, 800


@dataclass(frozen=True)
class ShownReview:
    """``original`` names the language of the words where it is another than the page's.

    ``photos`` are addresses of a thumb and of the large one. ``product_url`` is empty where the
    page is the product's own, or the shop no longer shows it.
    """

    review: Review
    name: str
    stars: str
    label: str
    original: str
    cooperative_original: str
    photos: tuple[tuple[str, str], ...]
    product: str = ""
    product_url: str = ""


def shown_reviews(
    shop: Shop, reviews: Iterable[Review], *, with_products: bool = False
) -> list[ShownReview]:
    """Reviews for a page, with the names of their products where it is not about one."""
    rows = list(reviews)
    slugs = slugs_of(rows) if with_products else {}
    return [_shown(shop, row, slugs.get(row.listing_id, ""), with_products) for row in rows]


def _shown(shop: Shop, row: Review, slug: str, with_product: bool) -> ShownReview:  # noqa: FBT001
    photos = row.photos.all() if row.shows_photos else ()
    return ShownReview(
        review=row,
        name=row.name or _("A buyer"),
        stars=row.stars_drawn,
        label=stars_label(row.stars, shop.format),
        original=_original(row.language, row.text, shop.language),
        cooperative_original=_original(row.answer_language, row.answer, shop.language),
        photos=tuple(
            (f"{photo.address}-{_THUMB}.webp", f"{photo.address}-{_LARGE}.webp") for photo in photos
        ),
        product=row.line.title_in(shop.language) if with_product else "",
        product_url=shop.url("listing", slug=slug) if slug else "",
    )


def stars_label(stars: int, written: Format) -> str:
    """``4 of 5 stars``, for who does not see them."""
    return _("%(stars)s of 5 stars") % {"stars": written.number(stars)}


def bars(rating: Rating, written: Format) -> list[tuple[str, int, int]]:
    """For each number of stars: what it is called, how many reviews, and their percent."""
    total = max(rating.count, 1)
    return [
        (stars_label(stars, written), count, round(100 * count / total))
        for stars, count in rating.by_stars
    ]


def _original(language: str, text: str, page: str) -> str:
    if not text or language in {page, UNKNOWN, ""}:
        return ""
    return str(dict(LANGUAGES)[language])
