"""An admission as staff read it: what was given, field by field, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.cooperatives.admission_forms import (
    ApprovalForm,
    RefusalForm,
    RemarksForm,
)
from vendors import queries
from vendors.admission import deciding
from vendors.admission.checklist import checklist
from vendors.admission.documents import AskedDocument, asked_documents
from vendors.admission.given_facts import GivenFact, given_facts
from vendors.admission.queries import admission_of, remarks_of, steps_of
from vendors.models import Admission, Cooperative


@staff_view("cooperative:edit")
@require_safe
def show(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """What was given, what is missing, what happened, and three ways to decide."""
    return _page(request, access, queries.find_cooperative(access.scope, slug))


@staff_view("cooperative:edit")
@require_POST
def give_back(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Return it with remarks by field."""
    own = queries.find_cooperative(access.scope, slug)
    form = RemarksForm(request.POST, facts=given_facts(own))
    if not form.is_valid():
        return _page(request, access, own, remarks_form=form)
    carry_out(
        request,
        lambda: deciding.return_admission(
            cooperative=own, text=form.cleaned_data["text"], remarks=form.remarks, by=access.by
        ),
        _("Returned. The cooperative reads your remarks beside the fields."),
    )
    return _to_page(access, own)


@staff_view("cooperative:edit")
@require_POST
def refuse(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Refuse it with a reason."""
    own = queries.find_cooperative(access.scope, slug)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, access, own, refusal_form=form)
    carry_out(
        request,
        lambda: deciding.refuse_admission(
            cooperative=own, reason=form.cleaned_data["reason"], by=access.by
        ),
        _("Refused. The cooperative reads the reason and may submit again."),
    )
    return _to_page(access, own)


@staff_view("cooperative:edit")
@require_POST
def approve(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Approve it: its page is published, its phase begins."""
    own = queries.find_cooperative(access.scope, slug)
    form = _approval_form(own, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, access, own, approval_form=form)
    carry_out(
        request,
        lambda: deciding.approve_admission(
            cooperative=own, tax=form.choice if form else None, by=access.by
        ),
        _("Approved. The page is now visible to buyers."),
    )
    return _to_page(access, own)


def _approval_form(own: Cooperative, data: Any = None) -> ApprovalForm | None:
    """The form of what is still to be recorded; None where the tax status is known."""
    if queries.tax_status_on(own.pk, timezone.localdate()) is not None:
        return None
    return ApprovalForm(data, country=own.country_code)


def _page(
    request: HttpRequest, access: StaffAccess, own: Cooperative, **shown_forms: Any
) -> HttpResponse:
    admission = admission_of(own)
    if admission is None:
        messages.info(request, _("This cooperative was registered without an admission."))
        return redirect("staff:cooperative", programme=access.programme.slug, slug=own.slug)
    facts = given_facts(own)
    context = {
        "cooperative": own,
        "admission": admission,
        "rows": _rows(admission, facts),
        "items": checklist(own),
        "steps": steps_of(admission),
        "documents": _documents(own),
        "gaps": queries.gaps_of_cooperative(own),
        "approval_form": _approval_form(own),
        "remarks_form": RemarksForm(facts=facts),
        "refusal_form": RefusalForm(),
        **shown_forms,
    }
    return render(request, "staff/cooperatives/admission.html", context)


def _documents(own: Cooperative) -> list[tuple[AskedDocument, str]]:
    """What was handed in, by its name, to fetch."""
    language = get_language() or "en"
    asked = asked_documents(own)
    return [(one, one.requirement.name_in(language)) for one in asked if one.document]


def _rows(admission: Admission, facts: list[GivenFact]) -> list[tuple[GivenFact, str]]:
    """Each field with the remark that was made on it last."""
    remarks = remarks_of(admission)
    return [(fact, remarks.get(fact.field, "")) for fact in facts]


def _to_page(access: StaffAccess, own: Cooperative) -> HttpResponse:
    return redirect("staff:admission", programme=access.programme.slug, slug=own.slug)
