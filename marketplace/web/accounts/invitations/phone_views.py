"""The page of a link that came by text message: it asks where the invitation is to be mailed."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.middleware import LANGUAGE_COOKIE
from marketplace.web.accounts.invitations.views import GONE, guard
from marketplace.web.outcomes import saved
from vendors.admission.errors import PhoneLinkNotValid
from vendors.admission.phone_links import find_by_phone_token, invite_by_phone_token
from vendors.models import Admission


class AddressForm(forms.Form):
    """The e-mail address of the person who holds the phone."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("You sign in with it. An adviser can help you to open one."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_link(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites whom, and a field for the address; nothing begins by looking at it."""
    try:
        found = find_by_phone_token(token)
    except PhoneLinkNotValid as refusal:
        gone = {"why": refusal}
        return guard(render(request, "accounts/invitations/gone.html", gone, status=GONE))
    language = request.COOKIES.get(LANGUAGE_COOKIE) or found.language
    with translation.override(language):
        request.LANGUAGE_CODE = language
        return guard(_page(request, found, token))


def _page(request: HttpRequest, found: Admission, token: str) -> HttpResponse:
    form = AddressForm(request.POST or None)
    sent_to = ""
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if saved(form, lambda: invite_by_phone_token(token=token, email=address), beside="email"):
            sent_to = address
    programme = found.cooperative.programme
    context = {
        "form": form,
        "sent_to": sent_to,
        "cooperative": found.cooperative,
        "programme_name": programme.name_in(translation.get_language() or "ar"),
    }
    return render(request, "accounts/invitations/phone.html", context)
