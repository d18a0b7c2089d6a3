"""Cooperatives that somebody signed in follows, and mails about their new products."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.favourites import following
from marketplace.web.outcomes import carry_out
from marketplace.web.refusals import refusals_as_http
from marketplace.web.storefront.account.signed_in import user_of
from marketplace.web.storefront.cooperatives.cards import cards
from marketplace.web.storefront.shell import Shop, shop_view
from vendors import queries as vendors


@never_cache
@require_safe
@login_required
@shop_view
def show_followed(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The cooperatives that the account follows, those that have a page now."""
    user = user_of(request)
    ids = following.followed_ids(user)
    shown = vendors.public_directory(
        vendors.DirectoryFilters(among=tuple(ids)),
        language=shop.language,
        page_size=following.MOST,
    )
    context = {
        "items": cards(shop, shown.object_list),
        "has_any": bool(ids),
        "wishes_for_news": following.wishes_for_news(user),
        "email": user.email,
    }
    return render(request, "storefront/account/following.html", context)


@require_POST
@login_required
@shop_view
def change_following(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """Follow a cooperative, or no longer."""
    profile = vendors.public_profile(slug, shop.language)
    if profile is None:
        raise Http404
    user, cooperative_id = user_of(request), profile.cooperative.pk
    if "remove" in request.POST:
        following.unfollow(user=user, cooperative_id=cooperative_id)
        messages.success(request, _("You no longer follow this cooperative."))
    else:
        carry_out(
            request,
            lambda: following.follow(user=user, cooperative_id=cooperative_id),
            _("You follow this cooperative. You find it in your account."),
        )
    return redirect(shop.url("cooperative", slug=slug))


@require_POST
@login_required
@shop_view
def change_news(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Be written to about new products, or no longer."""
    user = user_of(request)
    if "remove" in request.POST:
        following.wish_no_more(user=user)
        messages.success(request, _("We will not write to you about new products."))
    else:
        following.wish_for_news(user=user, market=shop.market.code, language=shop.language)
        told = _("We write to %(email)s at most once a week, when there is something new.")
        messages.success(request, told % {"email": user.email})
    return redirect(shop.url("account-following"))


# No CSRF token: the address is from a mail and stops mails only; whoever has it may.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def stop_news(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:  # noqa: ARG001
    """Stop the mails by the link in one, without signing in; opening it alone stops nothing."""
    with refusals_as_http():
        user = following.user_of_token(token)
    if request.method == "POST":
        following.wish_no_more(user=user)
    context = {"is_stopped": not following.wishes_for_news(user)}
    response = render(request, "storefront/account/news_stop.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
