"""The page of an invitation's link.

Looking at it changes nothing, so that a mail scanner that opens links accepts nothing; the owner
accepts by its button.
"""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.middleware import LANGUAGE_COOKIE
from marketplace.web.accounts.invitations.forms import AccountForm
from vendors import services
from vendors.accounts import User
from vendors.admission.queries import open_admission_of
from vendors.errors import InvitationNotValid, InvitedSomebodyElse, SignInToAccept
from vendors.models import Invitation
from vendors.permissions import MONEY_ROLES

GONE = 410
HOME = "/accounts/home/?choose=1"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered; accepted by POST."""
    user = request.user if isinstance(request.user, User) else None
    try:
        found = services.find_invitation(token)
    except InvitationNotValid as refusal:
        return guard(
            render(request, "accounts/invitations/gone.html", {"why": refusal}, status=GONE)
        )
    language = request.COOKIES.get(LANGUAGE_COOKIE) or found.language
    with translation.override(language):
        request.LANGUAGE_CODE = language
        return guard(_page(request, found, token, user))


def _page(request: HttpRequest, found: Invitation, token: str, user: User | None) -> HttpResponse:
    context = {
        "invitation": found,
        "place": found.place_in(translation.get_language()),
        "time_zone": found.programme.time_zone,
        "waits": found.staff_role in MONEY_ROLES,
    }
    try:
        is_new = services.require_invited(found, user)
    except (InvitedSomebodyElse, SignInToAccept) as refusal:
        context |= {"refusal": refusal, "must_sign_in": isinstance(refusal, SignInToAccept)}
        return render(request, "accounts/invitations/invitation.html", context)
    form = AccountForm(request.POST or None, initial={"name": found.name}) if is_new else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return _accept(request, found, token, user, form)
        except TwizaError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
    return render(request, "accounts/invitations/invitation.html", context | {"form": form})


def _accept(
    request: HttpRequest, found: Invitation, token: str, user: User | None, form: AccountForm | None
) -> HttpResponse:
    given = form.cleaned_data if form else {}
    account = services.accept_invitation(
        token=token, user=user, name=given.get("name", ""), password=given.get("password1")
    )
    if found.staff_role in MONEY_ROLES:
        said = _("Accepted. A second person must confirm your role; you will get an e-mail.")
    else:
        said = _("Accepted. You can start now.")
    home = _first_page(found)
    if form is None:
        messages.success(request, said)
        return redirect(home)
    # A session that was open before the address was proven ends here.
    logout(request)
    messages.success(request, said)
    login = Login(user=account, email_verification=EmailVerificationMethod.NONE, redirect_url=home)
    answer: HttpResponse = perform_login(request, login)
    return answer


def _first_page(found: Invitation) -> str:
    """Where the person starts: the checklist of a cooperative that comes in, else their choice."""
    own = found.cooperative
    if own is None or not found.member_role or open_admission_of(own) is None:
        return HOME
    return reverse("portal:admission", kwargs={"cooperative": own.slug})


def guard(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: it is told to no other page, and no search engine keeps it."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
