"""The visibility of regions: their share of the first page of search results."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from marketplace.impact.queries import Period
from search.query_log import impressions_by_cooperative
from vendors.geography import region_name
from vendors.models import Cooperative, CooperativeStatus
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Visibility:
    """A region's share of listings on first pages of results, and its share of cooperatives.

    ``shown`` counts places on first pages, ``seen`` the cooperatives that had one; the shares are
    ratios within the scope.
    """

    key: str
    label: str
    cooperatives: int
    seen: int
    shown: int
    share_of_cooperatives: Decimal
    share_of_shown: Decimal


def visibility(scope: ProgrammeScope, period: Period) -> list[Visibility]:
    """Each region with active cooperatives, the most shown first; empty before any search."""
    shown = impressions_by_cooperative(first=period.first, last=period.last)
    active = Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE)
    regions: dict[str, list[int]] = {}
    for slug, region in active.values_list("slug", "region_code"):
        regions.setdefault(region, []).append(shown.get(slug, 0))
    cooperative_count = sum(map(len, regions.values()))
    places = sum(map(sum, regions.values()))
    if not places:
        return []
    found = [_of(region, times, cooperative_count, places) for region, times in regions.items()]
    return sorted(found, key=lambda row: (-row.shown, row.label))


def _of(region: str, times: list[int], cooperative_count: int, places: int) -> Visibility:
    return Visibility(
        key=region,
        label=region_name(region, get_language() or "en"),
        cooperatives=len(times),
        seen=sum(1 for count in times if count),
        shown=sum(times),
        share_of_cooperatives=Decimal(len(times)) / cooperative_count,
        share_of_shown=Decimal(sum(times)) / places,
    )
