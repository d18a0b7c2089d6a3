"""A buyer's own reviews, behind the link of the order: written, changed, taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.photo_files import LARGEST_BYTES
from marketplace.core.actors import Actor
from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.person_names import greeted_name
from marketplace.core.uploads import takes_files
from marketplace.orders import queries as orders
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import Order
from marketplace.reviews import queries, services
from marketplace.reviews.errors import NotReceived
from marketplace.reviews.models import Review, ReviewState
from marketplace.reviews.queries import OwnLine
from marketplace.reviews.services.asking import is_asked
from marketplace.reviews.services.photos import MOST_PHOTOS
from marketplace.web.storefront.cards import pictures_of_bought
from marketplace.web.storefront.reviews.forms import ReviewForm
from marketplace.web.storefront.reviews.shown import stars_label
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view

MOST_BYTES = MOST_PHOTOS * LARGEST_BYTES
REFUSED = 422


@require_GET
@behind_a_link
@shop_view
def show_own(request: HttpRequest, shop: Shop, token: str) -> HttpResponseBase:
    """What arrived with an order, and what its buyer said of each product."""
    order = orders.order_of_link(token)
    lines = queries.lines_of_order(order)
    context = {
        **_frame(order, token),
        "lines": [_line(own, shop) for own in lines],
        "pictures": pictures_of_bought(own.line for own in lines),
        "has_address": bool(order.email),
        "is_asked": is_asked(order),
    }
    return render(request, "storefront/reviews/own.html", context)


def _line(own: OwnLine, shop: Shop) -> dict[str, Any]:
    row = own.review if own.review and own.review.state != ReviewState.WITHDRAWN else None
    return {
        "line": own.line,
        "title": own.line.title_in(shop.language),
        "review": row,
        "label": stars_label(row.stars, shop.format) if row else "",
        "is_open": own.is_open,
    }


# No CSRF token, as on the order's own page: the address is the whole secret.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(MOST_BYTES)
@behind_a_link
@shop_view
def write(request: HttpRequest, shop: Shop, token: str, line_id: UUID) -> HttpResponseBase:
    """Write or change a review; what was typed stays when something is missing."""
    order = orders.order_of_link(token)
    own = _own(order, line_id)
    is_sent = request.method == "POST"
    form = ReviewForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        review=own.review,
        language=shop.language,
        first_name=greeted_name(order.name).partition(" ")[0],
    )
    if is_sent and (row := _written(request, form, own, order)):
        _tell(request, row)
        return redirect(shop.url("tracking-reviews", token=token))
    context = {
        **_frame(order, token),
        **_line(own, shop),
        "form": form,
        "pictures": pictures_of_bought([own.line]),
    }
    status = REFUSED if is_sent else 200
    return render(request, "storefront/reviews/write.html", context, status=status)


def _written(request: HttpRequest, form: ReviewForm, own: OwnLine, order: Order) -> Review | None:
    """The review of a form that is right; None when it is to be shown again."""
    if not form.is_valid():
        return None
    photos = form.read_photographs()
    if form.errors:
        return None
    try:
        return services.write_review(
            line=own.line,
            given=form.given(photos),
            seen_from=address_key(request),
            by=Actor.buyer(order.pk),
        )
    except TwizaError as refused:
        form.add_error(None, str(refused))
        return None


def _tell(request: HttpRequest, row: Review) -> None:
    if row.is_shown:
        messages.success(request, _("Thank you. The shop shows your review."))
    else:
        text = _("Thank you. Somebody of the programme looks at your review before it is shown.")
        messages.info(request, text)


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def withdraw(request: HttpRequest, shop: Shop, token: str, line_id: UUID) -> HttpResponseBase:
    """Take a review back."""
    order = orders.order_of_link(token)
    own = _own(order, line_id)
    if own.review is not None:
        services.withdraw_review(review=own.review, by=Actor.buyer(order.pk))
        messages.success(request, _("Your review is withdrawn. Its words and photos are deleted."))
    return redirect(shop.url("tracking-reviews", token=token))


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def change_mails(request: HttpRequest, shop: Shop, token: str) -> HttpResponseBase:
    """Be asked for reviews by e-mail no more, or again."""
    order = orders.order_of_link(token)
    if "again" in request.POST:
        services.ask_again(order)
        messages.success(request, _("We ask you once for each order from now on."))
    else:
        services.ask_no_more(order)
        messages.success(request, _("We no longer ask you for reviews by e-mail."))
    return redirect(shop.url("tracking-reviews", token=token))


def _own(order: Order, line_id: UUID) -> OwnLine:
    """A line of this order that arrived; any other is not known behind this link."""
    try:
        return queries.line_of_order(order, line_id)
    except NotReceived as error:
        raise LinkNotValid from error


def _frame(order: Order, token: str) -> dict[str, Any]:
    return {"order": order, "market": order.market, "time_zone": order.zone, "token": token}
