"""Whether somebody still has the right that their job needs."""

from typing import Any

from marketplace.core.errors import Forbidden
from marketplace.long_jobs.errors import NoLongerCovered
from marketplace.long_jobs.models import LongJob, Reach
from vendors.policy import StaffAccess, staff_access
from vendors.scoping import ProgrammeScope
from vendors.shop_access import shop_access


def access_of(job: LongJob) -> StaffAccess:
    """The rights that the person has now for the work; raises NotFound, Forbidden."""
    slug, permission = job.programme.slug, job.permission
    if job.reach == Reach.SHOP:
        return shop_access(job.asked_by, slug, permission)
    access = staff_access(job.asked_by, slug, permission)
    if job.reach == Reach.PROGRAMME and not access.scope.is_whole:
        raise Forbidden
    return access


def require_right_to_result(job: LongJob) -> None:
    """Raise NotFound, Forbidden or NoLongerCovered unless the person may see all of the result."""
    access = access_of(job)
    if job.reach != Reach.SHOP and not _covers(access.scope, job.covered or {}):
        raise NoLongerCovered


def covered_by(job: LongJob, access: StaffAccess) -> dict[str, Any]:
    """What of the programme work with these rights can hold, as the row remembers it."""
    if job.reach == Reach.SHOP:
        return {}
    scope = access.scope
    cooperatives = [str(pk) for pk in scope.cooperative_ids]
    return {"regions": list(scope.region_codes), "cooperatives": cooperatives}


def _covers(scope: ProgrammeScope, covered: dict[str, Any]) -> bool:
    if scope.is_whole:
        return True
    regions, cooperatives = set(covered.get("regions", ())), set(covered.get("cooperatives", ()))
    if not regions and not cooperatives:
        return False
    return regions <= set(scope.region_codes) and cooperatives <= {
        str(pk) for pk in scope.cooperative_ids
    }
