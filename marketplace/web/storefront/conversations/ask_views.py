"""Ask a cooperative: about a listing, about itself, about an order."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from catalog import queries as catalog
from marketplace.conversations import services
from marketplace.conversations.queries import vendor_order_of_link
from marketplace.conversations.subjects import About, Buyer, Question
from marketplace.core.client_address import address_key
from marketplace.core.errors import Invalid
from marketplace.core.throttle import TooSoon
from marketplace.web.refusals import later
from marketplace.web.storefront.cards import language_of, picture_of
from marketplace.web.storefront.conversations.forms import (
    AskForm,
    AskOfOrderForm,
    request_for_more,
)
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view
from vendors import queries as vendors

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = 422


@read_or_post
@shop_view
def ask_about_listing(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """About what is on a listing's page; ``?more`` begins a request for a larger quantity."""
    page = catalog.listing_page(slug, shop.market)
    profile = vendors.public_profile(page.cooperative_slug, shop.language) if page else None
    if page is None or profile is None:
        raise Http404
    about = About(profile.cooperative, listing_id=page.listing_id, titles=page.names)
    shown = {
        "name": page.name(shop.language),
        "name_lang": language_of(page.names, shop.language),
        "picture": picture_of(page),
        "cooperative": profile,
        "back_url": shop.url("listing", slug=slug),
    }
    begun = {"text": request_for_more()} if "more" in request.GET else {}
    return _ask(request, shop, about, AskForm(request.POST or None, initial=begun), shown)


@read_or_post
@shop_view
def ask_cooperative(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """About the cooperative itself."""
    profile = vendors.public_profile(slug, shop.language)
    if profile is None:
        raise Http404
    shown = {"cooperative": profile, "back_url": shop.url("cooperative", slug=slug)}
    return _ask(request, shop, About(profile.cooperative), AskForm(request.POST or None), shown)


# No CSRF token, as on the page of the order from which the link leads here.
@csrf_exempt
@read_or_post
@behind_a_link
@shop_view
def ask_about_order(request: HttpRequest, shop: Shop, token: str, cooperative: str) -> HttpResponse:
    """About a cooperative's part of an order, behind the order's link."""
    vendor_order = vendor_order_of_link(token, cooperative)
    order = vendor_order.order
    profile = vendors.profiles_by_id([vendor_order.cooperative_id], shop.language)
    shown = {
        "number": vendor_order.number,
        "lines": [(row.quantity, row.title_in(shop.language)) for row in vendor_order.lines.all()],
        "cooperative": profile[vendor_order.cooperative_id],
        "back_url": shop.url("tracking", token=token),
    }
    about = About(vendor_order.cooperative, vendor_order=vendor_order)
    form = AskOfOrderForm(request.POST or None)
    return _ask(request, shop, about, form, shown, Buyer(order.name, order.email))


def _ask(
    request: HttpRequest,
    shop: Shop,
    about: About,
    form: AskOfOrderForm,
    shown: dict[str, Any],
    known: Buyer | None = None,
) -> HttpResponse:
    """The form, or what it began: then the conversation's own page."""
    error, too_soon = "", 0
    if form.is_valid():
        try:
            return _begin(request, shop, about, form, known)
        except TooSoon as refused:
            error, too_soon = str(refused), refused.seconds
        except Invalid as refused:
            form.add_error("text", str(refused))
    context = {"form": form, "error": error, "about": shown, "is_known": known is not None}
    status = REFUSED if form.errors else 200
    response = render(request, "storefront/conversations/ask.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return later(response, too_soon)


def _begin(
    request: HttpRequest, shop: Shop, about: About, form: AskOfOrderForm, known: Buyer | None
) -> HttpResponse:
    given = form.cleaned_data
    conversation = services.begin_conversation(
        question=Question(
            about=about,
            buyer=known or Buyer(given["name"], given["email"]),
            text=given["text"],
            market=shop.market.code,
            language=shop.language,
        ),
        form_key=form.form_key,
        seen_from=address_key(request),
    )
    token = services.issue_link(conversation=conversation, is_mailed=False)
    return redirect(f"{shop.url('conversation', token=token)}?new=1")
