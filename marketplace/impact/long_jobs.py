"""Long work of this room, named in ``marketplace/long_kinds.py``."""

from datetime import date

from django.utils.translation import get_language

from marketplace.impact.exports import details_csv
from marketplace.impact.queries import Period
from marketplace.long_jobs.kinds import Result, Work


def write_details(work: Work) -> Result:
    """All figures from the day ``first`` to ``last`` (ISO), within the person's scope, as CSV.

    To withhold what would give few cooperatives away takes seconds of computing.
    """
    programme = work.access.programme
    first, last = (date.fromisoformat(work.parameters[name]) for name in ("first", "last"))
    content = details_csv(
        programme,
        work.access.scope,
        Period(first, last),
        get_language() or "en",
        progress=work.progress,
    )
    work.target.write(content)
    return Result(f"{programme.slug}-{first}-{last}.csv", "text/csv; charset=utf-8")
