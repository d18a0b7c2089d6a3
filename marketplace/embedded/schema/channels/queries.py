"""Queries of channels."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.channels.channel import Channel


class ChannelQueries:
    """Queries of channels."""

    channel = graphene.Field(Channel, id=graphene.ID(), slug=graphene.String())
    channels = list_of(Channel)

    @staticmethod
    def resolve_channel(
        _root: Any,
        info: Info,
        id: str | None = None,
        slug: str | None = None,
    ) -> models.Channel | None:
        if id is not None:
            return ids.find(models.Channel.objects.all(), id, "Channel")
        return models.Channel.objects.filter(slug=slug).first()

    @staticmethod
    def resolve_channels(_root: Any, info: Info) -> list[models.Channel]:
        context_of(info).require_staff_or_app()
        return list(models.Channel.objects.all())
