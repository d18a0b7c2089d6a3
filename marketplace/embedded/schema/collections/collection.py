"""Collections as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata, list_of
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    translation_field,
)
from marketplace.embedded.schema.scalars import JSONString


class CollectionTranslation(TranslationType, ModelType):
    """A collection's texts in a language."""

    class Meta:
        model = models.CollectionTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    slug = graphene.String()
    name = graphene.String()
    description = graphene.Field(JSONString)


class CollectionChannelListing(ModelType):
    """Whether a collection is visible in a channel."""

    class Meta:
        model = models.CollectionChannelListing
        interfaces = (Node,)

    published_at = graphene.DateTime()
    is_published = graphene.Boolean(required=True)
    channel = graphene.Field(Channel, required=True)

    @staticmethod
    def resolve_channel(root: models.CollectionChannelListing, _info: Info) -> Any:
        return related_one(root, "channel")


class Collection(Translated, ModelType):
    """A hand-picked set of products."""

    class Meta:
        model = models.Collection
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    description = graphene.Field(JSONString)
    slug = graphene.String(required=True)
    translation = translation_field(CollectionTranslation)
    channel_listings = list_of(CollectionChannelListing)

    @staticmethod
    def resolve_channel_listings(root: models.Collection, _info: Info) -> list[Any]:
        return related_many(root, "channel_listings")
