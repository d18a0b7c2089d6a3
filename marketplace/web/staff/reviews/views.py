"""Reviews for staff: read, show or hide with a reason; advisers answer for their cooperatives."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.reviews import services
from marketplace.reviews.errors import ReviewNotFound
from marketplace.reviews.models import Review
from marketplace.reviews.queries import find_review, page_of, reports_of, review_rows
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.photographs import photograph
from marketplace.web.review_forms import HideForm, ReviewAnswerForm
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.reviews.review_list import REVIEWS

REFUSED = 422


@list_view(REVIEWS)
@require_GET
def list_reviews(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """All reviews within the scope."""
    return show_staff_list(request, access, REVIEWS, "staff/reviews/list.html")


@staff_view("review:read")
@require_GET
def show_review(request: HttpRequest, access: StaffAccess, review_id: UUID) -> HttpResponse:
    """A review with its reports, and what may be done with it."""
    return _page(request, access, _find(access, review_id))


@staff_view("review:read")
@require_GET
def show_photo(
    _request: HttpRequest, access: StaffAccess, review_id: UUID, position: int
) -> FileResponse:
    """A photograph of a review, shown in the shop or not."""
    photo = _find(access, review_id).photos.filter(position=position).first()
    if photo is None:
        raise Http404
    return photograph(photo, cache_control="private, no-store")


@staff_view("review:answer")
@require_POST
def answer(request: HttpRequest, access: StaffAccess, review_id: UUID) -> HttpResponse:
    """An adviser answers for a cooperative."""
    review = _find(access, review_id)
    form = ReviewAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, access, review, form=form)
    is_saved = saved(
        form,
        lambda: services.answer_review(
            review=review,
            text=form.cleaned_data["text"],
            language=get_language() or "en",
            by=access.user,
        ),
        beside="text",
    )
    if not is_saved:
        return _page(request, access, review, form=form)
    messages.success(request, _("The answer is shown below the review."))
    return _to(access, review)


@staff_view("review:moderate")
@require_POST
def show(request: HttpRequest, access: StaffAccess, review_id: UUID) -> HttpResponse:
    """Show a review, with its photographs or without; its reports are settled."""
    review, version = _find(access, review_id), request.POST.get("version", "")
    with_photos = "photos" in request.POST
    carry_out(
        request,
        lambda: services.show_review(
            review=review, version=version, with_photos=with_photos, by=access.user
        ),
        _("The shop shows this review."),
    )
    return _to(access, review)


@staff_view("review:moderate")
@require_POST
def hide(request: HttpRequest, access: StaffAccess, review_id: UUID) -> HttpResponse:
    """Hide a review, with a reason that both sides read; its reports are settled."""
    review, version = _find(access, review_id), request.POST.get("version", "")
    form = HideForm(request.POST)
    if not form.is_valid():
        return _page(request, access, review, hide_form=form)
    carry_out(
        request,
        lambda: services.hide_review(
            review=review, version=version, reason=form.cleaned_data["hiding"], by=access.user
        ),
        _("Hidden. The buyer and the cooperative read the reason."),
    )
    return _to(access, review)


def _find(access: StaffAccess, review_id: UUID) -> Review:
    return find_review(review_rows(access.scope), review_id)


def _has(access: StaffAccess, permission: str, review: Review) -> bool:
    """Whether the person's role carries a permission for this review's cooperative."""
    if not access.allows(permission):
        return False
    try:
        find_review(review_rows(access.scope_for(permission)), review.pk)
    except ReviewNotFound:
        return False
    return True


def _page(
    request: HttpRequest,
    access: StaffAccess,
    review: Review,
    *,
    form: ReviewAnswerForm | None = None,
    hide_form: HideForm | None = None,
) -> HttpResponse:
    decides = _has(access, "review:moderate", review)
    context = {
        "review": review,
        "title": review.line.title_in(get_language() or "en"),
        "listing": page_of(review),
        "reports": reports_of(review) if decides else [],
        "answers": _has(access, "review:answer", review) and review.may_be_answered,
        "decides": decides,
        "form": form or ReviewAnswerForm(),
        "hide_form": hide_form or HideForm(),
    }
    status = REFUSED if form or hide_form else 200
    return render(request, "staff/reviews/review.html", context, status=status)


def _to(access: StaffAccess, review: Review) -> HttpResponse:
    return redirect("staff:review", programme=access.programme.slug, review_id=review.pk)
