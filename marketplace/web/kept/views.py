"""Pages about kept forms: the answer to a stale token, a chosen file, forgetting a form."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.web.kept.files import read_file
from marketplace.web.kept.keeping import forget, kept_form, page_of, sent_form, set_aside
from marketplace.web.kept.models import KeptFile, KeptForm
from marketplace.web.kept.owners import forms_of_reader
from marketplace.web.kept.thumbnails import thumbnail


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's
    """A form without a valid token (two tabs, another sign-in): nothing done, nothing lost."""
    kept = set_aside(request)
    if kept is None:
        return render(request, "403_csrf.html", status=403)
    sent = sent_form(request)
    # Who is signed out may be the owner: the page of the form asks who it is.
    is_own = kept.owner_id in {None, request.user.pk} or not request.user.is_authenticated
    context = {
        "page": page_of(request),
        "is_own": is_own,
        "is_signed_in": request.user.is_authenticated,
        "files_without_room": sent.files_without_room,
    }
    return render(request, "kept/stale.html", context, status=403)


@require_POST
def discard(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Forget a kept form."""
    kept = kept_form(request, form_id)
    if kept is None:
        raise Http404
    page = kept.page
    forget(kept)
    messages.success(request, _("Discarded."))
    return redirect(page)


@require_safe
def show_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A small picture of a chosen photograph, for whoever chose it."""
    rows = KeptFile.objects.select_related("form")
    file = rows.filter(
        pk=file_id, form__in=KeptForm.objects.filter(forms_of_reader(request))
    ).first()
    try:
        picture = thumbnail(b"".join(read_file(file))) if file else None
    except OSError:
        picture = None
    if picture is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)
