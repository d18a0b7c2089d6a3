"""The page after sign-in: the user's only workplace, or a choice."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.markets import MARKETS
from marketplace.core.errors import Forbidden
from marketplace.core.middleware import LANGUAGE_COOKIE, remember_language
from marketplace.web.ui.components import Link
from vendors.accounts import User
from vendors.models import Programme
from vendors.permissions import StaffPermission
from vendors.policy import cooperatives_of, programmes_of, staff_access
from vendors.queries import profiles_by_id
from vendors.shop_access import administers_shop


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The user's workplaces; redirects to the only one, unless the choice was requested."""
    user = request.user
    assert isinstance(user, User)
    language = get_language() or "en"
    places = [*_cooperatives(user, language), *_programmes(user, language), *_shop(user)]
    if "choose" not in request.GET and len(places) == 1:
        response: HttpResponse = redirect(places[0].url)
    elif "choose" not in request.GET and not places:
        response = redirect("/")
    else:
        security = [
            Link(str(_("Change password")), reverse("account_change_password")),
            Link(str(_("Two-step verification")), reverse("mfa_index")),
            Link(str(_("E-mail address")), reverse("account_email")),
            Link(str(_("Where you are signed in")), reverse("account-sessions")),
        ]
        shop = {"market": MARKETS[0].code, "language": language[:2]}
        context = {
            "places": places,
            "security": security,
            "orders_url": reverse("storefront:account", kwargs=shop),
        }
        response = render(request, "accounts/home.html", context)
    if LANGUAGE_COOKIE not in request.COOKIES:
        remember_language(response, user.language)
    return response


def _cooperatives(user: User, language: str) -> list[Link]:
    found = cooperatives_of(user)
    profiles = profiles_by_id([row.pk for row in found], language)
    return [
        Link(profiles[row.pk].name, reverse("portal:today", kwargs={"cooperative": row.slug}))
        for row in found
    ]


def _programmes(user: User, language: str) -> list[Link]:
    return [
        Link(row.name_in(language), reverse(_first_page(user, row), args=[row.slug]))
        for row in programmes_of(user)
    ]


def _shop(user: User) -> list[Link]:
    """The pages of the whole shop, at any programme's address; for those without a role in one."""
    first = Programme.objects.order_by("slug").first()
    if first is None or programmes_of(user) or not administers_shop(user):
        return []
    return [Link(_("The whole shop"), reverse("staff:searches", kwargs={"programme": first.slug}))]


def _first_page(user: User, programme: Programme) -> str:
    """The overview, or for whoever may not see it (an adviser) what cooperatives lack."""
    try:
        staff_access(user, programme.slug, StaffPermission.PROGRAMME_READ)
    except Forbidden:
        return "staff:advised"
    return "staff:overview"
