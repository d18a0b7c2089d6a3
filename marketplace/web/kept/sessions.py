"""Signing in first, in the middle of a form."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from marketplace.web.kept.keeping import page_of, set_aside


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the page for signing in; a form that was sent is kept, and shown again afterwards."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if set_aside(request) is not None:
        messages.warning(
            request,
            _("You have been signed out. What you filled in is kept: sign in, then send it again."),
        )
    return redirect_to_login(page_of(request))
