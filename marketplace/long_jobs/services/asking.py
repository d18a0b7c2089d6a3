"""Asking for long work: one job at a time for the same person, kind and parameters."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden
from marketplace.long_jobs.access import access_of
from marketplace.long_jobs.errors import TooManyJobs
from marketplace.long_jobs.kinds import table
from marketplace.long_jobs.limits import limit
from marketplace.long_jobs.models import ACTIVE, LongJob, Reach
from vendors.accounts import User
from vendors.models import Cooperative, Programme


def ask_for(
    *,
    kind: str,
    parameters: Mapping[str, Any],
    programme: Programme,
    permission: str,
    by: Actor,
    reach: str = Reach.REGIONS,
    page: str = "",
    cooperative: Cooperative | None = None,
) -> LongJob:
    """The job that does this, in the reader's language: the one under way, or else a new one.

    ``permission`` and ``reach`` are those of the page that asks (a member's has a ``cooperative``
    instead), ``page`` is its address. Raises NotFound or Forbidden for whoever has not that right,
    TooManyJobs, and LookupError for a kind that ``marketplace/long_kinds.py`` does not name.
    """
    if kind not in table():
        raise LookupError(f"no long job is called {kind!r}")
    if (owner := User.objects.of_actor(by)) is None:
        raise Forbidden
    job = LongJob(
        kind=kind,
        parameters=dict(parameters),
        programme=programme,
        asked_by=owner,
        permission=str(permission),
        reach=Reach.COOPERATIVE if cooperative else Reach(reach).value,
        cooperative=cooperative,
        language=get_language() or settings.BASE_LANGUAGE,
        page=page[:1000],
        asked_at=timezone.now(),
    )
    job.fingerprint = _fingerprint(job)
    access_of(job)
    return _under_way(job) or _add(job, by)


def ask_again(*, job: LongJob, by: Actor) -> LongJob:
    """The same work once more; raises what ``ask_for`` raises."""
    return ask_for(
        kind=job.kind,
        parameters=job.parameters,
        programme=job.programme,
        permission=job.permission,
        by=by,
        reach=job.reach,
        page=job.page,
        cooperative=job.cooperative,
    )


def _add(job: LongJob, by: Actor) -> LongJob:
    own = LongJob.objects.filter(asked_by=job.asked_by, state__in=ACTIVE)
    most = limit("active_of_one")
    if own.count() >= most:
        raise TooManyJobs(most=most)
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            audit.record("long_job.ask", job, by=by, kind=job.kind, parameters=job.parameters)
    except IntegrityError:
        # Asked for twice at the same moment: the other request was first.
        found = _under_way(job)
        if found is None:
            raise
        return found
    return job


def _under_way(job: LongJob) -> LongJob | None:
    return LongJob.objects.filter(fingerprint=job.fingerprint, state__in=ACTIVE).first()


def _fingerprint(job: LongJob) -> str:
    reach = str(job.cooperative.pk) if job.cooperative else job.reach
    names = [str(job.asked_by.pk), str(job.programme.pk), job.kind, job.permission, reach]
    text = json.dumps([*names, job.language, job.parameters], sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()
