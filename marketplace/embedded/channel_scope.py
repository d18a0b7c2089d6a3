"""The channel in which a product, variant or collection is being viewed, kept on its row."""

from typing import Any, TypeVar

from graphql import GraphQLError

from marketplace.embedded.context import RequestContext
from marketplace.embedded.models import Channel
from marketplace.embedded.models.base import related_many, related_one

T = TypeVar("T")
CATALOGUE_READERS = (
    *("MANAGE_ORDERS", "MANAGE_PRODUCTS", "MANAGE_SHIPPING"),
    *("MANAGE_DISCOUNTS", "MANAGE_CHECKOUTS"),
)


def in_channel(row: T, slug: str | None) -> T:
    """Keep on the row the channel that it is viewed in, and return the row."""
    if row is not None:
        row.__dict__["_channel"] = slug
    return row


def channel_slug_of(row: Any) -> str | None:
    """Return the slug of the channel that the row is viewed in, if any."""
    slug: str | None = row.__dict__.get("_channel")
    return slug


def listing_of(row: Any) -> Any:
    """Return the row's listing in the channel that it is viewed in, or None."""
    slug = channel_slug_of(row)
    if slug is None:
        return None
    listings = related_many(row, "channel_listings")
    return next((each for each in listings if related_one(each, "channel").slug == slug), None)


def channel_by_slug(context: RequestContext, slug: str | None) -> Channel | None:
    """Return a channel, loaded once per operation."""
    if slug is None:
        return None
    key = ("channel", slug)
    if key not in context.cache:
        context.cache[key] = Channel.objects.filter(slug=slug).first()
    found: Channel | None = context.cache[key]
    return found


def default_channel_slug(context: RequestContext, slug: str | None) -> str | None:
    """Return the given channel; without one, None for those who may see all channels.

    Others get the only active channel. Raises GraphQLError when there is not exactly one.
    """
    if slug is not None or context.may(*CATALOGUE_READERS):
        return slug
    slugs = list(Channel.objects.filter(is_active=True).values_list("slug", flat=True)[:2])
    if len(slugs) != 1:
        raise GraphQLError("You need to provide the `channel` argument: no default channel.")
    return str(slugs[0])
