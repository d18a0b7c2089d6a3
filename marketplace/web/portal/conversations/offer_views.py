"""An offer to the buyer of a question: filled in, read once more, sent; or withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.markets import market_of
from catalog.queries import Offer, offers_for
from catalog.queries.shop import pages_in
from marketplace.conversations import services
from marketplace.conversations.models import Conversation
from marketplace.conversations.queries import find_conversation
from marketplace.core.errors import Invalid, TwizaError
from marketplace.core.money import Money
from marketplace.orders.price_offers import offer_in
from marketplace.orders.services.price_offers import NewPriceOffer
from marketplace.payouts.balances.expected_commission import expected_commission
from marketplace.web.outcomes import carry_out, pass_on_rights
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.conversations.offer_form import OfferForm

REFUSED = 422
# So many of the latest products can be chosen, and the one that was asked about.
MOST_PRODUCTS = 200


@member_view("price:offer")
@require_http_methods(["GET", "HEAD", "POST"])
def make_offer(request: HttpRequest, access: MemberAccess, conversation_id: UUID) -> HttpResponse:
    """Fill in an offer; what the buyer will read is shown before it is sent."""
    conversation = find_conversation(access.scope, conversation_id)
    sold = _sold(conversation, access)
    form = _form(request, conversation, sold)
    named = [(each.name(get_language() or "ar"), each) for each in sold]
    shown: dict[str, Any] = {"conversation": conversation, "form": form, "sold": sold}
    shown["named"] = named
    if not form.is_bound or "change" in request.POST:
        return render(request, "portal/conversations/offer.html", shown)
    if not form.is_valid():
        return render(request, "portal/conversations/offer.html", shown, status=REFUSED)
    wanted = form.wanted
    if "confirmed" not in request.POST:
        chosen = next(each for each in sold if each.variant_id == wanted.variant_id)
        shown |= _what_is_read(request, access, conversation, wanted, chosen)
        return render(request, "portal/conversations/offer_confirm.html", shown)
    try:
        services.make_offer(
            conversation=conversation, wanted=wanted, form_key=form.form_key, by=access.user
        )
    except Invalid as refused:
        for name, why in refused.errors.items():
            form.add_error(name, why)
    except TwizaError as refused:
        pass_on_rights(refused)
        form.add_error(None, str(refused))
    else:
        messages.success(request, _("Sent. The buyer can order it on a page of the shop."))
        return _to(access, conversation)
    return render(request, "portal/conversations/offer.html", shown, status=REFUSED)


@member_view("price:offer")
@require_POST
def withdraw_offer(
    request: HttpRequest, access: MemberAccess, conversation_id: UUID
) -> HttpResponse:
    """Take the offer back that the buyer has not ordered."""
    conversation = find_conversation(access.scope, conversation_id)
    version = request.POST.get("version", "")
    offer = offer_in(
        access.cooperative.pk, conversation.pk, int(version) if version.isdecimal() else 0
    )
    carry_out(
        request,
        lambda: services.withdraw_offer(conversation=conversation, offer=offer, by=access.by),
        _("Withdrawn. The buyer is told."),
    )
    return _to(access, conversation)


def _form(request: HttpRequest, conversation: Conversation, sold: list[Offer]) -> OfferForm:
    market = market_of(conversation.market)
    return OfferForm(
        request.POST or None,
        sold=sold,
        currency=market.currency,
        language=get_language() or "ar",
        today=timezone.localdate(timezone=market.zone),
    )


def _sold(conversation: Conversation, access: MemberAccess) -> list[Offer]:
    """What the cooperative sells in the buyer's market; what was asked about comes first."""
    market = market_of(conversation.market)
    rows = pages_in(market).filter(cooperative_id=access.cooperative.pk)
    latest = list(rows.order_by("-published_at", "listing_id")[:MOST_PRODUCTS])
    about = [conversation.listing_id] if conversation.listing_id else []
    asked = [row for row in rows.filter(listing_id__in=about) if row not in latest]
    pages = sorted(asked + latest, key=lambda row: row.listing_id != conversation.listing_id)
    ids = [each.variant_id for row in pages for each in row.market_offers]  # type: ignore[attr-defined]
    found = offers_for(ids, market.channel_slug)
    return [found[key] for key in ids if key in found]


def _what_is_read(
    request: HttpRequest,
    access: MemberAccess,
    conversation: Conversation,
    wanted: NewPriceOffer,
    chosen: Offer,
) -> dict[str, Any]:
    """The sums of an offer that is not made yet, and the form to send it with."""
    total = wanted.quantity * wanted.unit_minor
    commission = expected_commission(
        access.cooperative,
        category_slug=chosen.category_slug,
        market=conversation.market,
        goods=Money(total, chosen.currency),
        on=timezone.localdate(),
    )
    return {
        "wanted": wanted,
        "chosen": chosen,
        "name": chosen.name(get_language() or "ar"),
        "total_minor": total,
        "usual_total_minor": wanted.quantity * chosen.amount_minor,
        "commission_minor": commission,
        "received_minor": total - commission,
        "is_short": chosen.available < wanted.quantity,
        "posted": _posted(request),
    }


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, to be sent again with the confirmation."""
    left_out = {"csrfmiddlewaretoken", "confirmed", "change"}
    lists = request.POST.lists()
    return [(name, str(each)) for name, values in lists if name not in left_out for each in values]


def _to(access: MemberAccess, conversation: Conversation) -> HttpResponse:
    return redirect(
        "portal:conversation", cooperative=access.cooperative.slug, conversation_id=conversation.pk
    )
