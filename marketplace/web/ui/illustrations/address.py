"""Addresses of drawings: ``/media/illustrations/<category>/<seed>.svg``.

A seed may begin with a region (``ma-08.kilim-3``), which then chooses the ground and the dyes.
"""

import re
from urllib.parse import quote

from django.urls import reverse

from marketplace.web.ui.illustrations.categories import VILLAGE, category_for

WIDE = "village-wide"
_NOT_IN_A_SEED = re.compile(r"[^a-z0-9]+")
_REGION = re.compile(r"^(?P<region>[a-z]{2}(?:-\w{1,3})?)\.(?P<seed>.+)$")
_LONGEST = 60


def address(category: str, *, seed: str = "1", region: str = "") -> str:
    """Where the drawing of a category or taxonomy slug is served; never fails."""
    kind = category if category in (VILLAGE, WIDE) else category_for(category)
    plain = _NOT_IN_A_SEED.sub("-", seed.lower()).strip("-")[:_LONGEST] or "1"
    place = _NOT_IN_A_SEED.sub("-", region.lower()).strip("-")
    name = f"{place}.{plain}" if place else plain
    return reverse("ui:illustration", args=[kind, quote(name)])


def region_of(name: str) -> tuple[str, str]:
    """The region (``MA-08`` or nothing) and the seed that an address names."""
    match = _REGION.match(name)
    return (match["region"].upper(), match["seed"]) if match else ("", name)
