"""Mutations of collections."""

from typing import Any

import graphene

from marketplace.embedded import categories
from marketplace.embedded.categories import CollectionData
from marketplace.embedded.schema.base import Info, MetadataInput, list_of
from marketplace.embedded.schema.collections.collection import Collection
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.products.errors import CollectionError
from marketplace.embedded.schema.scalars import JSONString


class CollectionCreateInput(graphene.InputObjectType):
    """A new collection."""

    name = graphene.String()
    slug = graphene.String()
    description = graphene.InputField(JSONString)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    products = list_of(graphene.ID)


class CollectionCreate(EngineMutation):
    """Create a collection."""

    class Arguments:
        input = CollectionCreateInput(required=True)

    error_type = CollectionError
    permissions = ("MANAGE_PRODUCTS",)
    collection = graphene.Field(Collection)

    @classmethod
    def perform(cls, info: Info, input: CollectionData) -> Any:
        return cls(collection=categories.create_collection(input))


class CollectionMutations:
    """Mutations of collections."""

    collection_create = CollectionCreate.Field()
