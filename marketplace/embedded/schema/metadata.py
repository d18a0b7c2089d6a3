"""Mutations of the metadata of any object."""

from typing import Any

import graphene

from marketplace.embedded.metadata import MetadataItem
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.write_metadata import delete_metadata, set_metadata

MetadataError = error_type("MetadataError", "INVALID", "NOT_FOUND", "REQUIRED", "NOT_UPDATED")


class _MetadataMutation(EngineMutation):
    class Meta:
        abstract = True

    error_type = MetadataError
    private = False
    item = graphene.Field(ObjectWithMetadata)


class UpdateMetadata(_MetadataMutation):
    """Set public keys."""

    class Arguments:
        id = graphene.ID(required=True)
        input = list_of(MetadataInput, required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: list[MetadataItem]) -> Any:
        return cls(item=set_metadata(context_of(info), id, input, private=cls.private))


class UpdatePrivateMetadata(UpdateMetadata):
    """Set private keys."""

    private = True


class DeleteMetadata(_MetadataMutation):
    """Remove public keys."""

    class Arguments:
        id = graphene.ID(required=True)
        keys = list_of(graphene.String, required=True)

    @classmethod
    def perform(cls, info: Info, id: str, keys: list[str]) -> Any:
        return cls(item=delete_metadata(context_of(info), id, keys, private=cls.private))


class DeletePrivateMetadata(DeleteMetadata):
    """Remove private keys."""

    private = True


class MetadataMutations:
    """Mutations of metadata."""

    update_metadata = UpdateMetadata.Field()
    update_private_metadata = UpdatePrivateMetadata.Field()
    delete_metadata = DeleteMetadata.Field()
    delete_private_metadata = DeletePrivateMetadata.Field()
