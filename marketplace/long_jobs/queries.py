"""Long jobs of one person in one programme."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from marketplace.core.errors import NotFound
from marketplace.long_jobs.models import LongJob
from vendors.policy import MemberAccess, StaffAccess

PAGE_SIZE = 25


def own_jobs(access: StaffAccess, *, page: int | str = 1) -> Page[LongJob]:
    """What the person asked for, the newest first, 25 a page."""
    return Paginator(_own(access).order_by("-asked_at", "pk"), PAGE_SIZE).get_page(page)


def own_job(access: StaffAccess, job_id: UUID) -> LongJob:
    """A job of the person's; raises NotFound for another's."""
    found = _own(access).select_related("programme", "asked_by").filter(pk=job_id).first()
    if found is None:
        raise NotFound
    return found


def member_job(access: MemberAccess, job_id: UUID) -> LongJob:
    """A job that the member asked for in this cooperative; raises NotFound for another's."""
    rows = LongJob.objects.filter(asked_by=access.user, cooperative=access.cooperative)
    found = rows.select_related("programme", "asked_by", "cooperative").filter(pk=job_id).first()
    if found is None:
        raise NotFound
    return found


def count_own(access: StaffAccess) -> tuple[int, int]:
    """How many jobs the person has, and how many of them ended without being looked at."""
    unseen = Q(finished_at__isnull=False, seen_at__isnull=True)
    found = _own(access).aggregate(all=Count("pk"), new=Count("pk", filter=unseen))
    return found["all"], found["new"]


def _own(access: StaffAccess) -> QuerySet[LongJob]:
    return LongJob.objects.filter(
        asked_by=access.user, programme=access.programme, cooperative=None
    )
