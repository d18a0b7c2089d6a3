"""Queries on cooperatives: for buyers, for other rooms, for staff."""

from vendors.queries.facts import (
    current_enrolment,
    payer_identifiers,
    payout_account,
    seller_identifiers,
    tax_status_on,
    told_of,
    waiting_bank_account,
)
from vendors.queries.profiles import (
    PublicProfile,
    ShortProfile,
    profiles_by_id,
    public_profile,
    short_profiles,
)
from vendors.queries.public import (
    DirectoryFilters,
    directory_rows,
    public_count,
    public_directory,
    public_regions,
    some_profiles,
)
from vendors.queries.staff import (
    CooperativeDetail,
    Readiness,
    cooperative_detail,
    cooperative_rows,
    cooperatives_in,
    cooperatives_named,
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
    "cooperative_rows",
    "cooperatives_in",
    "cooperatives_named",
    "counts_by_status",
    "current_enrolment",
    "directory_rows",
    "find_cooperative",
    "grants_in",
    "payer_identifiers",
    "payout_account",
    "profiles_by_id",
    "public_count",
    "public_directory",
    "public_profile",
    "public_regions",
    "seller_identifiers",
    "short_profiles",
    "some_profiles",
    "tax_status_on",
    "told_of",
    "waiting_bank_account",
]
