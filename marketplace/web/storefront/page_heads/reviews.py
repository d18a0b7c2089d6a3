"""Reviews of a listing in schema.org's words, where the page shows their score."""

from django.utils import timezone

from marketplace.reviews.models import MOST_STARS
from marketplace.reviews.texts import UNKNOWN
from marketplace.web.storefront.page_heads.texts import plain
from marketplace.web.storefront.page_heads.things import Thing
from marketplace.web.storefront.reviews.latest import Latest
from marketplace.web.storefront.reviews.scores import plain_score
from marketplace.web.storefront.reviews.shown import ShownReview


def rated(reviews: Latest | None) -> Thing:
    """What is added to a product: the score that the page shows, and the reviews beside it."""
    if reviews is None or reviews.rating.score is None:
        return {}
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": str(plain_score(reviews.rating.score)),
            "reviewCount": reviews.rating.count,
            "bestRating": MOST_STARS,
            "worstRating": 1,
        },
        "review": [_review(item) for item in reviews.items],
    }


def _review(item: ShownReview) -> Thing:
    row = item.review
    thing: Thing = {
        "@type": "Review",
        "author": {"@type": "Person", "name": plain(item.name)},
        "datePublished": timezone.localdate(row.written_at).isoformat(),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": row.stars,
            "bestRating": MOST_STARS,
            "worstRating": 1,
        },
    }
    if row.text:
        thing["reviewBody"] = plain(row.text)
        if row.language != UNKNOWN:
            thing["inLanguage"] = row.language
    return thing
