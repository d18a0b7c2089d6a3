"""Advisers of a cooperative: attached and ended by coordinators."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.web.dates import day_input
from marketplace.web.invitations import InvitedForm
from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import StaffAccess, programme_view
from vendors import queries, services
from vendors.errors import AdviserDates


class AdviserForm(InvitedForm):
    """The person and the dates."""

    from_on = forms.DateField(label=gettext_lazy("First day"), widget=day_input())
    to_on = forms.DateField(
        label=gettext_lazy("First day without the role"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("Empty: until you end it."),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, end = answers.get("from_on"), answers.get("to_on")
        if first and end and end <= first:
            self.add_error("to_on", str(AdviserDates.message))
        return answers


@programme_view("grant:make")
@require_http_methods(["GET", "HEAD", "POST"])
def advisers(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """The cooperative's advisers, offers to be one, and a form to offer it."""
    cooperative = queries.find_cooperative(access.scope, slug)
    initial = {"from_on": timezone.localdate()}
    form = AdviserForm(request.POST or None, programme=access.programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.offer_adviser_role(
            cooperative=cooperative,
            invited=form.invited,
            from_on=form.cleaned_data["from_on"],
            to_on=form.cleaned_data["to_on"],
            by=access.by,
        )
        messages.success(
            request,
            _("Offered. The role begins when the person accepts it by the link in their e-mail."),
        )
        return _back(access, slug)
    context = {
        "form": form,
        "cooperative": cooperative,
        "advisers": queries.advisers_of(cooperative),
        "offers": queries.adviser_offers_of(cooperative),
        "today": timezone.localdate(),
    }
    return render(request, "staff/cooperatives/advisers.html", context)


@programme_view("grant:make")
@require_POST
def end_adviser(
    request: HttpRequest, access: StaffAccess, slug: str, adviser_id: int
) -> HttpResponse:
    """End an adviser's role for this cooperative today."""
    cooperative = queries.find_cooperative(access.scope, slug)
    grant = queries.find_adviser(cooperative, adviser_id)
    carry_out(
        request,
        lambda: services.revoke_grant(grant=grant, by=access.by),
        _("Ended. The person no longer sees this cooperative."),
    )
    return _back(access, slug)


def _back(access: StaffAccess, slug: str) -> HttpResponse:
    return redirect("staff:cooperative-advisers", programme=access.programme.slug, slug=slug)
