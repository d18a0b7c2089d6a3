"""Reviews of buyers: read, answer in public, report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.reviews import services
from marketplace.reviews.models import ReportReason, Review
from marketplace.reviews.queries import (
    count_to_answer,
    find_review,
    page_of,
    rating_of_cooperative,
    rows_of_cooperative,
)
from marketplace.web.lists.pages import show_list
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.reviews.review_list import REVIEWS
from marketplace.web.review_forms import MemberReportForm, ReviewAnswerForm

REFUSED = 422


@member_view("review:answer")
@require_GET
def list_reviews(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What buyers say of the cooperative's products, the latest first."""
    return show_list(
        request,
        access,
        REVIEWS,
        "portal/reviews/list.html",
        waiting=count_to_answer(access.scope),
        rating=rating_of_cooperative(access.cooperative.pk),
    )


@member_view("review:answer")
@require_GET
def show_review(request: HttpRequest, access: MemberAccess, review_id: UUID) -> HttpResponse:
    """One review, and the form to answer."""
    return _page(request, access, _find(access, review_id))


@member_view("review:answer")
@require_POST
def answer(request: HttpRequest, access: MemberAccess, review_id: UUID) -> HttpResponse:
    """The cooperative's public answer."""
    review = _find(access, review_id)
    form = ReviewAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, access, review, form=form)
    is_saved = saved(
        form,
        lambda: services.answer_review(
            review=review,
            text=form.cleaned_data["text"],
            language=get_language() or "ar",
            by=access.user,
        ),
        beside="text",
    )
    if not is_saved:
        return _page(request, access, review, form=form)
    messages.success(request, _("Your answer is shown below the review."))
    return _to(access, review)


@member_view("review:answer")
@require_POST
def report(request: HttpRequest, access: MemberAccess, review_id: UUID) -> HttpResponse:
    """The cooperative asks the programme to look at a review."""
    review = _find(access, review_id)
    form = MemberReportForm(request.POST)
    if not form.is_valid():
        return _page(request, access, review, report_form=form)
    carry_out(
        request,
        lambda: services.report_review(
            review=review,
            reason=ReportReason(form.cleaned_data["reason"]),
            text=form.cleaned_data["more"],
            reporter=str(access.user.pk),
            by=access.by,
        ),
        _("Reported. Somebody of the programme will look at it."),
    )
    return _to(access, review)


def _find(access: MemberAccess, review_id: UUID) -> Review:
    return find_review(rows_of_cooperative(access.scope), review_id)


def _page(
    request: HttpRequest,
    access: MemberAccess,
    review: Review,
    *,
    form: ReviewAnswerForm | None = None,
    report_form: MemberReportForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "access": access,
        "review": review,
        "title": review.line.title_in(get_language() or "ar"),
        "listing": page_of(review),
        "form": form or ReviewAnswerForm(),
        "report_form": report_form or MemberReportForm(),
    }
    status = REFUSED if form or report_form else 200
    return render(request, "portal/reviews/review.html", context, status=status)


def _to(access: MemberAccess, review: Review) -> HttpResponse:
    return redirect("portal:review", cooperative=access.cooperative.slug, review_id=review.pk)
