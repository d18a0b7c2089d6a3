"""Pages of moderation."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import ListingRevision, RevisionState
from catalog.queries import workbench
from catalog.services import approve_revision, return_revision
from marketplace.core.errors import NotFound, TwizaError
from marketplace.core.versions import ChangedMeanwhile, version_of
from marketplace.web.photographs import photograph
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.moderation.comparison import compare, new_photos
from marketplace.web.staff.moderation.forms import RemarkForm
from marketplace.web.staff.moderation.waiting_list import WAITING
from vendors.queries import gaps_of_cooperative


@list_view(WAITING)
@require_GET
def list_waiting(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Revisions waiting for review, oldest first."""
    stuck = workbench.stuck(access.scope)
    return show_staff_list(request, access, WAITING, "staff/moderation/list.html", stuck=stuck)


@staff_view("listing:moderate")
@require_GET
def review(request: HttpRequest, access: StaffAccess, revision_id: UUID) -> HttpResponse:
    """One revision compared with what buyers see now."""
    revision = workbench.proposal(access.scope, revision_id)
    return _show(request, access, revision, RemarkForm(), status=200)


@staff_view("listing:moderate")
@require_POST
def approve(request: HttpRequest, access: StaffAccess, revision_id: UUID) -> HttpResponse:
    """Approve a revision."""
    revision = workbench.proposal(access.scope, revision_id)
    try:
        approve_revision(revision=revision, version=request.POST.get("version"), by=access.by)
    except NotFound:
        raise
    except ChangedMeanwhile as error:
        return _read_again(request, access, revision, error)
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        revision.refresh_from_db()
        if revision.state == RevisionState.APPLIED:
            messages.success(request, _("Approved. It is now visible to buyers."))
        else:
            messages.info(request, _("Approved. It will be in the shop in a moment."))
    return redirect("staff:moderation", programme=access.programme.slug)


@staff_view("listing:moderate")
@require_POST
def send_back(request: HttpRequest, access: StaffAccess, revision_id: UUID) -> HttpResponse:
    """Return a revision with a remark."""
    revision = workbench.proposal(access.scope, revision_id)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _show(request, access, revision, form, status=422)
    try:
        return_revision(
            revision=revision,
            remark=form.cleaned_data["remark"],
            version=request.POST.get("version"),
            by=access.by,
        )
    except ChangedMeanwhile as error:
        return _read_again(request, access, revision, error)
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Returned. The cooperative can read your remark."))
    return redirect("staff:moderation", programme=access.programme.slug)


@staff_view("listing:moderate")
@require_GET
def show_photo(request: HttpRequest, access: StaffAccess, photo_id: UUID) -> FileResponse:  # noqa: ARG001
    """A photograph of a cooperative of this programme, published or not."""
    photo = workbench.photo(access.scope, photo_id)
    return photograph(photo, cache_control="private, max-age=3600")


def _read_again(
    request: HttpRequest, access: StaffAccess, revision: ListingRevision, error: ChangedMeanwhile
) -> HttpResponse:
    """The cooperative has changed it since it was opened: nobody decides on what is unseen."""
    messages.error(request, str(error))
    return redirect(
        "staff:moderation-review", programme=access.programme.slug, revision_id=revision.pk
    )


def _show(
    request: HttpRequest,
    access: StaffAccess,
    revision: ListingRevision,
    form: RemarkForm,
    *,
    status: int,
) -> HttpResponse:
    shown = workbench.current(revision)
    before, after = shown.proposed if shown and shown != revision else None, revision.proposed
    fresh = new_photos(before, after)
    rows = compare(before, after)
    context = {
        "access": access,
        "revision": revision,
        "is_new": before is None,
        "differences": [row for row in rows if row.changed or before is None],
        "same": [row for row in rows if not row.changed] if before else [],
        "gone_photos": len(set(before.media) - set(after.media)) if before else 0,
        "photos": [(photo_id, photo_id in fresh) for photo_id in after.media],
        "form": form,
        "version": version_of(revision.content),
        "gaps": gaps_of_cooperative(revision.listing.cooperative),
        "is_waiting": revision.state == RevisionState.SUBMITTED,
    }
    return render(request, "staff/moderation/review.html", context, status=status)
