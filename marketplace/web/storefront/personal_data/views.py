"""A buyer's data behind a link that was mailed to their address."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.mail_outages import MailServerUnavailable
from marketplace.core.text_senders import reaches_phones
from marketplace.core.throttle import TooSoon
from marketplace.personal_data.buyers import Buyer, buyer_of_user
from marketplace.personal_data.export import everything_about
from marketplace.personal_data.obstacles import obstacles
from marketplace.personal_data.retention import law_of, retention
from marketplace.personal_data.services import ask, links
from marketplace.web.refusals import later
from marketplace.web.storefront.personal_data.forms import AddressForm
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view
from vendors.accounts import User
from vendors.roles_had import had_a_role

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def ask_for_link(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ask for the address, and mail the link to it: the same answer whether anything is held."""
    known = request.user.email if request.user.is_authenticated else ""
    form, too_soon, sent = AddressForm(request.POST or None, initial={"email": known}), 0, False
    if form.is_valid():
        try:
            links.mail_link(
                email=form.cleaned_data["email"],
                seen_from=address_key(request),
                market=shop.market.code,
                language=shop.language,
            )
            sent = True
        except TooSoon as refused:
            form.add_error("email", str(refused))
            too_soon = refused.seconds
        except MailServerUnavailable as refused:
            form.add_error("email", str(refused))
    context = {"form": form, "sent": sent, "law": _law(shop)}
    context["reaches_phones"] = reaches_phones()
    status = REFUSED if form.errors else 200
    page = render(request, "storefront/personal_data/ask.html", context, status=status)
    return later(page, too_soon)


@never_cache
@require_safe
@login_required
@shop_view
def open_own(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Who is signed in sees their data at once; to erase them a mailed link is needed."""
    assert isinstance(request.user, User)
    token = links.issue_link(
        buyer=buyer_of_user(request.user),
        market=shop.market.code,
        language=shop.language,
        is_mailed=False,
    )
    return redirect(shop.url("data", token=token))


@require_safe
@behind_a_link
@shop_view
def show_data(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """Everything that is held, how long it is kept, and whether it can be erased now."""
    link = links.open_link(token)
    buyer = links.buyer_of_link(link)
    context = _shown(shop, buyer) | {"token": token, "is_mailed": link.is_mailed}
    return render(request, "storefront/personal_data/data.html", context)


@require_safe
@behind_a_link
@shop_view
def download(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:  # noqa: ARG001
    """The same as a file that programs read."""
    return as_file(links.buyer_of_link(links.open_link(token)))


# No CSRF token: the address itself is the secret, as on the page of an order.
@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def erase(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """Ask to be forgotten; it needs the tick that says so."""
    link = links.open_link(token)
    if not link.is_mailed:
        return redirect(shop.url("data-ask"))
    buyer = links.buyer_of_link(link)
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick the box to have your data erased."))
    else:
        try:
            ask.ask_for_erasure(buyer=buyer, market=shop.market.code, language=shop.language)
            messages.success(
                request, _("Your data will be erased within minutes. We write to you once more.")
            )
        except TwizaError as refused:
            messages.error(request, str(refused))
    return redirect(shop.url("data", token=token))


def as_file(buyer: Buyer) -> HttpResponse:
    """A buyer's data as JSON to keep."""
    response = JsonResponse(
        everything_about(buyer),
        encoder=DjangoJSONEncoder,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _shown(shop: Shop, buyer: Buyer) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "data": everything_about(buyer),
        "obstacles": obstacles(buyer),
        "under_way": ask.under_way(buyer),
        "keeps_account": buyer.user is not None and had_a_role(buyer.user),
        "is_by_phone": not buyer.emails,
        "retention": list(retention(shop.market, shop.language, today)),
        "law": _law(shop),
    }


def _law(shop: Shop) -> str:
    found = law_of(shop.market, timezone.localdate())
    return found.names[shop.language] if found else ""
