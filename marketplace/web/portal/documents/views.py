"""Documents of a cooperative, as its managers hand them in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.uploads import takes_files
from marketplace.web.documents_handed_in import download, read_document
from marketplace.web.outcomes import saved
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.documents.forms import HandInForm
from vendors.admission import documents
from vendors.admission.document_files import LARGEST_BYTES
from vendors.admission.documents import AskedDocument


@member_view("profile:edit")
@require_safe
def show(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What is asked for, by when, and what was handed in."""
    language = get_language() or "ar"
    asked = documents.asked_documents(access.cooperative)
    rows = [(one, one.requirement.name_in(language)) for one in asked]
    return render(request, "portal/documents/list.html", {"rows": rows})


@member_view("profile:edit")
@takes_files(LARGEST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, access: MemberAccess, requirement_id: int) -> HttpResponse:
    """Choose or photograph one document; a later one replaces it."""
    asked = documents.find_asked(access.cooperative, requirement_id)
    form = HandInForm(request.POST or None, request.FILES or None, requirement=asked.requirement)
    if form.is_valid() and saved(form, lambda: _keep(access, asked, form), beside="file"):
        messages.success(request, _("Saved."))
        return redirect("portal:documents", cooperative=access.cooperative.slug)
    name = asked.requirement.name_in(get_language() or "ar")
    context = {"form": form, "asked": asked, "name": name}
    return render(request, "portal/documents/hand_in.html", context)


@member_view("profile:edit")
@require_safe
def fetch(
    request: HttpRequest,  # noqa: ARG001
    access: MemberAccess,
    handed_in_id: UUID,
) -> HttpResponseBase:
    """The file as it is kept."""
    return download(documents.find_document(access.scope, handed_in_id))


def _keep(access: MemberAccess, asked: AskedDocument, form: HandInForm) -> None:
    documents.hand_in(
        cooperative=access.cooperative,
        requirement=asked.requirement,
        file=read_document(form.cleaned_data["file"]),
        expires_on=form.cleaned_data.get("expires_on"),
        by=access.by,
    )
