"""Reviews that everybody reads, of a product and of a cooperative; and reports of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog import queries as catalog
from marketplace.core.actors import Actor
from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.throttle import TooSoon
from marketplace.reviews import queries
from marketplace.reviews.errors import ReviewNotFound
from marketplace.reviews.models import ReportReason, Review
from marketplace.reviews.queries import Rating
from marketplace.reviews.services import report_review
from marketplace.web.numbers import whole_number
from marketplace.web.refusals import later
from marketplace.web.storefront.reviews.forms import ReviewReportForm
from marketplace.web.storefront.reviews.scores import score_text
from marketplace.web.storefront.reviews.shown import bars, shown_reviews
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.ui.components import Crumb
from vendors import queries as vendors
from vendors.accounts import User

REFUSED = 422


@require_safe
@shop_view
def show_of_listing(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """All reviews of a product, the latest first."""
    listing = catalog.listing_page(slug, shop.market)
    if listing is None:
        raise Http404
    name, url = listing.name(shop.language), shop.url("listing", slug=slug)
    page = queries.reviews_of_listing(listing.listing_id, _page(request))
    rating = queries.rating_of_listing(listing.listing_id)
    context: dict[str, object] = {
        "page": page,
        "items": shown_reviews(shop, page.object_list),
    }
    return _shown(
        request, shop, context, rating, [Crumb(_("Home"), shop.url("home")), Crumb(name, url)]
    )


@require_safe
@shop_view
def show_of_cooperative(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """All reviews of what a cooperative sold, the latest first."""
    profile = vendors.public_profile(slug, shop.language)
    if profile is None:
        raise Http404
    own = profile.cooperative.pk
    page = queries.reviews_of_cooperative(own, _page(request))
    trail = [
        Crumb(_("Cooperatives"), shop.url("cooperatives")),
        Crumb(profile.name, shop.url("cooperative", slug=slug)),
    ]
    items = shown_reviews(shop, page.object_list, with_products=True)
    context: dict[str, object] = {"page": page, "items": items}
    return _shown(request, shop, context, queries.rating_of_cooperative(own), trail)


def _shown(
    request: HttpRequest, shop: Shop, context: dict[str, object], rating: Rating, trail: list[Crumb]
) -> HttpResponse:
    about = trail[-1]
    context |= {
        "title": _("Reviews: %(what)s") % {"what": about.label},
        "about": about,
        "rating": rating,
        "score": score_text(rating.score, shop.format),
        "bars": bars(rating, shop.format),
        "trail": [*trail, Crumb(_("Reviews"))],
    }
    response = render(request, "storefront/reviews/reviews.html", context)
    # The page of the product or cooperative is the one to be found; it shows the latest of them.
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def report(request: HttpRequest, shop: Shop, review_id: UUID) -> HttpResponse:
    """Tell the programme what is wrong with a review; anybody may."""
    try:
        review = queries.shown_review(review_id)
    except ReviewNotFound as missing:
        raise Http404 from missing
    form = ReviewReportForm(request.POST if request.method == "POST" else None)
    error, wait = "", 0
    if form.is_valid():
        try:
            _report(request, review, form)
        except TwizaError as refused:
            error, wait = str(refused), refused.seconds if isinstance(refused, TooSoon) else 0
        else:
            messages.success(request, _("Thank you. Somebody of the programme will look at it."))
            return redirect(_back(shop, review))
    context = {
        "form": form,
        "error": error,
        "item": shown_reviews(shop, [review], with_products=True)[0],
        "back_url": _back(shop, review),
    }
    status = REFUSED if form.errors or error else 200
    response = render(request, "storefront/reviews/report.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return later(response, wait)


def _report(request: HttpRequest, review: Review, form: ReviewReportForm) -> None:
    user = request.user
    by = user.actor if isinstance(user, User) else Actor.buyer(review.pk)
    report_review(
        review=review,
        reason=ReportReason(form.cleaned_data["reason"]),
        text=form.cleaned_data["text"],
        reporter=str(user.pk) if isinstance(user, User) else address_key(request),
        by=by,
    )


def _back(shop: Shop, review: Review) -> str:
    slug = queries.slugs_of([review]).get(review.listing_id)
    if slug and catalog.listing_page(slug, shop.market):
        return shop.url("listing-reviews", slug=slug)
    return shop.url("cooperative-reviews", slug=review.cooperative.slug)


def _page(request: HttpRequest) -> int:
    return whole_number(request.GET.get("page", "")) or 1
