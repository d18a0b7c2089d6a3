"""The page after sign-in: the user's only workplace, or a choice."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from marketplace.core.middleware import LANGUAGE_COOKIE
from marketplace.web.navigation import address
from marketplace.web.ui.components import Link
from vendors.accounts import User
from vendors.models import Programme
from vendors.policy import cooperatives_of, programmes_of
from vendors.queries import profiles_by_id


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The user's workplaces; redirects to the only one, unless the choice was requested."""
    user = request.user
    assert isinstance(user, User)
    language = get_language() or "en"
    places = [*_cooperatives(user, language), *_programmes(user, language)]
    if "choose" not in request.GET and len(places) == 1:
        response: HttpResponse = redirect(places[0].url)
    elif "choose" not in request.GET and not places:
        response = redirect("/")
    else:
        security = [
            Link("password", reverse("account_change_password")),
            Link("mfa", address("mfa_index")),
        ]
        response = render(request, "accounts/home.html", {"places": places, "security": security})
    if LANGUAGE_COOKIE not in request.COOKIES:
        response.set_cookie(LANGUAGE_COOKIE, user.language, max_age=31_536_000, samesite="Lax")
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
        Link(_name(row, language), reverse("staff:overview", kwargs={"programme": row.slug}))
        for row in programmes_of(user)
    ]


def _name(programme: Programme, language: str) -> str:
    name: str = getattr(programme, f"name_{language}", programme.name_en)
    return name
