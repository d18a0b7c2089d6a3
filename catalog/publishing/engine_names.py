"""The engine's ids of what a product refers to: type, category, attributes, channels."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from catalog.markets import MARKETS
from marketplace.saleor import ids

PRODUCT_TYPE = "cooperative-product"


# The field of a revision's content that each has; two are composed.
TEXT_ATTRIBUTES = {
    "taxonomy": "taxonomy_slug",
    "hs-code": "hs_code",
    "origin-country": "origin_country",
    "materials": "",
    "quality-marks": "",
    "net-quantity": "net_quantity",
}


class Names(NamedTuple):
    """The engine's ids of what a product refers to, looked up once."""

    product_type: str
    category: str
    page: str
    warehouse: str
    channels: dict[str, str]
    attributes: dict[str, str]


def names_for(cooperative_id: UUID, category_slug: str) -> Names:
    """Look up the engine's ids; raises UnknownId for what the set-up has not created."""
    channels = _all_named(ids.CHANNEL, [market.channel_slug for market in MARKETS])
    return Names(
        product_type=_named(ids.PRODUCT_TYPE, PRODUCT_TYPE),
        category=_named(ids.CATEGORY, category_slug),
        page=ids.global_id(ids.PAGE, cooperative_id),
        warehouse=ids.global_id(ids.WAREHOUSE, cooperative_id),
        channels={slug: gid for slug, gid in channels.items() if gid},
        attributes={
            slug: gid or _named(ids.ATTRIBUTE, slug)
            for slug, gid in _all_named(ids.ATTRIBUTE, ["cooperative", *TEXT_ATTRIBUTES]).items()
        },
    )


def _all_named(kind: str, slugs: Sequence[str]) -> dict[str, str | None]:
    """The engine's ids of named objects, in one query; None for a missing one."""
    known = ids.global_ids(kind, [ids.of_slug(kind, slug) for slug in slugs])
    return {slug: known.get(ids.of_slug(kind, slug)) for slug in slugs}


def _named(kind: str, slug: str) -> str:
    return ids.global_id(kind, ids.of_slug(kind, slug))
