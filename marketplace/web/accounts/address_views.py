"""Changing one's address: the new one is proven first, and the old one is told."""

from typing import Any

from allauth.account.views import EmailView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator


@method_decorator(login_required, name="dispatch")
class AddressView(EmailView):
    """One address; allauth's other acts on it are closed, an unproven one is never made primary."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "action_add" not in request.POST:
            return redirect("account_email")
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        return answer


change_address = AddressView.as_view()
