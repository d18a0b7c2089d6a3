"""The documents that a programme asks for, and those that cooperatives handed in."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.web.dates import day_input
from marketplace.web.documents_handed_in import download
from marketplace.web.numbers import WholeNumberField
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from vendors import queries
from vendors.admission import documents

MOST_PHASES = 99


class RequirementForm(forms.Form):
    """A document in three languages, for whom and when it is asked."""

    name_ar = forms.CharField(label=gettext_lazy("Name in Arabic"), max_length=120)
    name_fr = forms.CharField(label=gettext_lazy("Name in French"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120)
    phase = WholeNumberField(
        label=gettext_lazy("Phase"),
        min_value=1,
        max_value=MOST_PHASES,
        required=False,
        help_text=gettext_lazy("Empty: every phase."),
    )
    due_on = forms.DateField(
        label=gettext_lazy("To be handed in by"), required=False, widget=day_input()
    )
    expires = forms.BooleanField(
        label=gettext_lazy("The document has a last day of validity"), required=False
    )
    valid_from = forms.DateField(label=gettext_lazy("Asked from"), widget=day_input())

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, due = answers.get("valid_from"), answers.get("due_on")
        if first and due and due < first:
            self.add_error("due_on", _("This is before it is asked for."))
        return answers


@programme_view("cooperative:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """What is asked for, and a form to ask for more."""
    today = access.today
    form = RequirementForm(request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        documents.ask_for_document(
            programme=access.programme, asked=form.cleaned_data, by=access.by
        )
        messages.success(request, _("Saved. Cooperatives see it from that day on."))
        return _back(access)
    language = get_language() or "en"
    rows = [
        (row, row.name_in(language), row.valid_to is None or row.valid_to > today)
        for row in documents.all_requirements(access.programme)
    ]
    return render(request, "staff/asked_documents/list.html", {"form": form, "rows": rows})


@programme_view("cooperative:edit")
@require_POST
def stop(request: HttpRequest, access: StaffAccess, requirement_id: int) -> HttpResponse:
    """Ask for it no more from today on."""
    documents.stop_asking(programme=access.programme, requirement_id=requirement_id, by=access.by)
    messages.success(request, _("It is asked for no more. What was handed in stays."))
    return _back(access)


@staff_view("cooperative:edit")
@require_safe
def fetch(
    request: HttpRequest,  # noqa: ARG001
    access: StaffAccess,
    slug: str,
    handed_in_id: UUID,
) -> HttpResponseBase:
    """A document of a cooperative in one's regions, as a download."""
    own = queries.find_cooperative(access.scope, slug)
    return download(documents.find_document(own.scope, handed_in_id))


def _back(access: StaffAccess) -> HttpResponse:
    return redirect("staff:asked-documents", programme=access.programme.slug)
