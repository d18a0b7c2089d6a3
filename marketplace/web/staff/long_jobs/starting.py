"""For pages that start long work: ask for it, and go to its page."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from marketplace.long_jobs.errors import TooManyJobs
from marketplace.long_jobs.models import Reach
from marketplace.long_jobs.services import ask_for
from marketplace.web.staff.access import ShopAccess, StaffAccess


def start_job(
    request: HttpRequest,
    access: StaffAccess,
    *,
    kind: str,
    parameters: Mapping[str, Any],
    page: str,
    whole_programme: bool = False,
) -> HttpResponse:
    """Ask for work with the right of this page, and redirect to the page that shows it.

    ``page`` is the address to come back to; ``whole_programme`` says that the page is one of
    ``programme_view``. Whoever already waits for enough is sent back, and told so.
    """
    reach = Reach.SHOP if isinstance(access, ShopAccess) else Reach.REGIONS
    try:
        job = ask_for(
            kind=kind,
            parameters=parameters,
            programme=access.programme,
            permission=access.permission,
            by=access.by,
            reach=Reach.PROGRAMME if whole_programme else reach,
            page=page,
        )
    except TooManyJobs as error:
        messages.error(request, str(error))
        return redirect(page)
    return redirect("staff:job", programme=access.programme.slug, job_id=job.pk)
