"""Reading cooperatives: as buyers see them, as other rooms need them, as staff look after them."""

from vendors.queries.facts import (
    current_enrolment,
    payout_account,
    tax_status_on,
    waiting_bank_account,
)
from vendors.queries.profiles import PublicProfile, ShortProfile, profiles_by_id, public_profile
from vendors.queries.public import (
    DirectoryFilters,
    public_count,
    public_directory,
    public_regions,
    some_profiles,
)
from vendors.queries.staff import (
    CooperativeDetail,
    Readiness,
    cooperative_detail,
    cooperatives_in,
    counts_by_status,
    find_cooperative,
    grants_in,
)

__all__ = [
    "CooperativeDetail",
    "DirectoryFilters",
    "PublicProfile",
    "Readiness",
    "ShortProfile",
    "cooperative_detail",
    "cooperatives_in",
    "counts_by_status",
    "current_enrolment",
    "find_cooperative",
    "grants_in",
    "payout_account",
    "profiles_by_id",
    "public_count",
    "public_directory",
    "public_profile",
    "public_regions",
    "some_profiles",
    "tax_status_on",
    "waiting_bank_account",
]
