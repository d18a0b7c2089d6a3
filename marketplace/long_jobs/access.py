"""Whether somebody still has the right that their job needs."""

from typing import Any

from marketplace.core.errors import Forbidden
from marketplace.long_jobs.errors import NoLongerCovered
from marketplace.long_jobs.models import LongJob, Reach
from vendors.policy import MemberAccess, StaffAccess, member_access, staff_access
from vendors.scoping import ProgrammeScope
from vendors.shop_access import shop_access


def access_of(job: LongJob) -> StaffAccess | MemberAccess:
    """The rights that the person has now for the work; raises NotFound, Forbidden."""
    if job.cooperative is not None:
        return member_access(job.asked_by, job.cooperative.slug, job.permission)
    return _staff_access_of(job)


def _staff_access_of(job: LongJob) -> StaffAccess:
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
    if isinstance(access, MemberAccess) or job.reach == Reach.SHOP:
        return
    if not _covers(access.scope, job.covered or {}):
        raise NoLongerCovered


def covered_by(job: LongJob, access: StaffAccess | MemberAccess) -> dict[str, Any]:
    """What of the programme work with these rights can hold, as the row remembers it."""
    if isinstance(access, MemberAccess) or job.reach == Reach.SHOP:
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
