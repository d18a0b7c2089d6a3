"""A conversation behind its link: whoever holds the link reads it and writes in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.conversations import services
from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.queries import link_by_token, thread
from marketplace.conversations.subjects import cooperative_name, subject_title
from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.throttle import TooSoon
from marketplace.orders.models import PriceOffer
from marketplace.orders.price_offers import delivery_minor, in_stock, offers_in, sold_as
from marketplace.web.message_forms import ReportForm
from marketplace.web.outcomes import carry_out
from marketplace.web.refusals import later
from marketplace.web.storefront.conversations.forms import WriteForm
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view

REFUSED = 422


# No CSRF token: the address is the whole secret, and a browser that sends no referrer sends no
# origin either (as on the page of an order).
@csrf_exempt
@require_http_methods(["GET", "POST"])
@behind_a_link
@shop_view
def show_conversation(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """Read what was written, and write again."""
    link = link_by_token(token)
    conversation = services.open_by_link(link=link)
    form = WriteForm(request.POST or None)
    error, too_soon = "", 0
    if form.is_valid():
        try:
            services.write_again(
                conversation=conversation,
                text=form.cleaned_data["text"],
                form_key=form.form_key,
            )
        except TooSoon as refused:
            error, too_soon = str(refused), refused.seconds
        except TwizaError as refused:
            error = str(refused)
        else:
            messages.success(request, _("Sent. We write to you when there is an answer."))
            return redirect(shop.url("conversation", token=token))
    response = _page(request, shop, conversation, token, form, error)
    return later(response, too_soon)


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def report(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """The buyer reports the cooperative's messages to the programme."""
    conversation = link_by_token(token).conversation
    form = ReportForm(request.POST)
    if form.is_valid():
        carry_out(
            request,
            lambda: services.report_conversation(
                conversation=conversation,
                side=Side.BUYER,
                reason=form.cleaned_data["reason"],
                by=Actor.buyer(conversation.pk),
            ),
            _("Reported. The programme's staff will read the conversation and decide."),
        )
        return redirect(shop.url("conversation", token=token))
    return _page(request, shop, conversation, token, WriteForm(), "", report_form=form)


def _page(
    request: HttpRequest,
    shop: Shop,
    conversation: Conversation,
    token: str,
    form: WriteForm,
    error: str,
    report_form: ReportForm | None = None,
) -> HttpResponse:
    is_wrong = bool(form.errors or (report_form and report_form.errors))
    context: dict[str, Any] = {
        "conversation": conversation,
        "title": subject_title(conversation, shop.language),
        "cooperative": cooperative_name(conversation, shop.language),
        "thread": thread(conversation, Side.BUYER),
        "form": form,
        "report_form": report_form or ReportForm(),
        "error": error,
        "is_new": "new" in request.GET and request.method == "GET",
        "token": token,
        "market_code": shop.market.code,
        "language": shop.language,
    }
    if conversation.cooperative_id is not None:
        offers = offers_in(conversation.cooperative_id, conversation.pk)
        context |= _offered(offers)
    status = REFUSED if is_wrong else 200
    return render(request, "storefront/conversations/conversation.html", context, status=status)


def _offered(offers: list[PriceOffer]) -> dict[str, Any]:
    """The offers, and of an open one what is in stock and what delivery costs."""
    found: dict[str, Any] = {"offers": offers}
    if offers and offers[0].is_open:
        sold = sold_as(offers[0])
        delivery = delivery_minor(offers[0], sold) if sold else None
        found |= {"in_stock": in_stock(sold), "delivery_minor": delivery}
        found["with_delivery_minor"] = offers[0].total_minor + (delivery or 0)
    return found
