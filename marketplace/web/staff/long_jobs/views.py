"""What a person asked for: the list, one with its progress, cancel, once more, the result."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.errors import NotFound
from marketplace.core.private_files import read_private
from marketplace.long_jobs.access import access_of, require_right_to_result
from marketplace.long_jobs.errors import NoLongerCovered, TooManyJobs
from marketplace.long_jobs.limits import limit
from marketplace.long_jobs.queries import own_job, own_jobs
from marketplace.long_jobs.services import ask_again, cancel_job, note_download, note_seen
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.long_jobs.access import own_view
from marketplace.web.staff.long_jobs.rows import row_of
from marketplace.web.staff.pages import show

# A page without JavaScript asks again after so many seconds.
REFRESH_SECONDS = "3"


@own_view
@require_safe
def list_jobs(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """What the person asked for here, the newest first."""
    page = own_jobs(access, page=request.GET.get("page", 1))
    rows = [row_of(job) for job in page.object_list]
    return show(request, access, "staff/long_jobs/list.html", page=page, rows=rows, days=_days())


@own_view
@require_safe
def show_job(request: HttpRequest, access: StaffAccess, job_id: UUID) -> HttpResponse:
    """How far it is, or how it ended; it refreshes by itself until then."""
    job = own_job(access, job_id)
    access_of(job)
    response = show(request, access, "staff/long_jobs/job.html", row=row_of(job), days=_days())
    if job.is_active:
        response["Refresh"] = REFRESH_SECONDS
    elif job.is_new:
        note_seen(job=job)
    return response


@own_view
@require_POST
def cancel(request: HttpRequest, access: StaffAccess, job_id: UUID) -> HttpResponse:
    """Cancel it; also for somebody who has lost the right meanwhile."""
    job = own_job(access, job_id)
    if cancel_job(job=job, by=access.by):
        messages.success(request, _("The task was cancelled."))
    return redirect("staff:jobs", programme=access.programme.slug)


@own_view
@require_POST
def again(request: HttpRequest, access: StaffAccess, job_id: UUID) -> HttpResponse:
    """The same once more, with the rights of now."""
    job = own_job(access, job_id)
    try:
        job = ask_again(job=job, by=access.by)
    except LookupError as error:
        raise NotFound from error
    except TooManyJobs as error:
        messages.error(request, str(error))
    return redirect("staff:job", programme=access.programme.slug, job_id=job.pk)


@own_view
@require_safe
def download(request: HttpRequest, access: StaffAccess, job_id: UUID) -> HttpResponseBase:
    """The result, for whom asked for it and may still see all of it; the download is noted."""
    job = own_job(access, job_id)
    if not job.has_file:
        raise NotFound
    try:
        require_right_to_result(job)
    except NoLongerCovered as error:
        messages.error(request, str(error))
        return redirect("staff:job", programme=access.programme.slug, job_id=job.pk)
    note_download(job=job, by=access.by)
    content = read_private(job.stored_at(job.attempts))
    response = StreamingHttpResponse(content, content_type=job.content_type)
    response["Content-Disposition"] = content_disposition_header(True, job.file_name)  # noqa: FBT003
    response["Content-Length"] = str(job.size)
    response["Cache-Control"] = "no-store"
    return response


def _days() -> int:
    return limit("days_kept")
