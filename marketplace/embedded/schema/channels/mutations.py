"""Mutations of channels."""

from typing import Any

import graphene

from marketplace.embedded import channels, ids, models
from marketplace.embedded.channels import ChannelData
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.channels.inputs import ChannelCreateInput, ChannelUpdateInput
from marketplace.embedded.schema.mutation import EngineMutation, error_type

ChannelError = error_type(
    "ChannelError",
    *("ALREADY_EXISTS", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE", "DUPLICATED_INPUT_ITEM"),
    shipping_zones=list_of(graphene.ID),
    warehouses=list_of(graphene.ID),
)


class ChannelMutation(EngineMutation):
    """Base of the mutations that answer with a channel."""

    class Meta:
        abstract = True

    error_type = ChannelError
    permissions = ("MANAGE_CHANNELS",)
    channel = graphene.Field(Channel)


class ChannelCreate(ChannelMutation):
    """Create a channel with its tax configuration."""

    class Arguments:
        input = ChannelCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: ChannelData) -> Any:
        return cls(channel=channels.create_channel(input))


class ChannelUpdate(ChannelMutation):
    """Change a channel."""

    class Arguments:
        id = graphene.ID(required=True)
        input = ChannelUpdateInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: ChannelData) -> Any:
        channel = ids.fetch(models.Channel.objects.all(), id, "Channel")
        channels.update_channel(channel, input)
        return cls(channel=channel)


class ChannelMutations:
    """Mutations of channels."""

    channel_create = ChannelCreate.Field()
    channel_update = ChannelUpdate.Field()
