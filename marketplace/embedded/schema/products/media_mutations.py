"""Mutations of the pictures of products."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.products.manage_media import (
    add_media,
    delete_media,
    reorder_media,
    update_media,
)
from marketplace.embedded.products.write_product import reload_product
from marketplace.embedded.schema.base import Info
from marketplace.embedded.schema.products.media import ProductMedia
from marketplace.embedded.schema.products.product_mutations import ProductMutation
from marketplace.embedded.schema.scalars import Upload


class ProductMediaCreateInput(graphene.InputObjectType):
    """A picture: a file, or the address of one."""

    alt = graphene.String()
    image = graphene.InputField(Upload)
    product = graphene.ID(required=True)
    media_url = graphene.String()


class ProductMediaUpdateInput(graphene.InputObjectType):
    """The description of a picture."""

    alt = graphene.String()


class ProductMediaMutation(ProductMutation):
    """Base of the mutations that answer with a picture and its product."""

    class Meta:
        abstract = True

    media = graphene.Field(ProductMedia)


class ProductMediaCreate(ProductMediaMutation):
    """Add a picture to a product."""

    class Arguments:
        input = ProductMediaCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: Any) -> Any:
        row = add_media(input["product"], input)
        return cls(product=reload_product(row.product), media=row)


class ProductMediaUpdate(ProductMediaMutation):
    """Describe a picture."""

    class Arguments:
        id = graphene.ID(required=True)
        input = ProductMediaUpdateInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        row = ids.fetch(models.ProductMedia.objects.all(), id, "ProductMedia")
        update_media(row, alt=input.get("alt") or "")
        return cls(product=row.product, media=row)


class ProductMediaDelete(ProductMediaMutation):
    """Remove a picture from a product."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        row = ids.fetch(models.ProductMedia.objects.all(), id, "ProductMedia")
        delete_media(row)
        return cls(product=reload_product(row.product), media=row)


class ProductMediaReorder(ProductMutation):
    """Put the pictures of a product in another order."""

    class Arguments:
        media_ids = graphene.List(graphene.NonNull(graphene.ID), required=True)
        product_id = graphene.ID(required=True)

    media = graphene.List(graphene.NonNull(ProductMedia))

    @classmethod
    def perform(cls, info: Info, media_ids: list[str], product_id: str) -> Any:
        product, rows = reorder_media(product_id, media_ids)
        return cls(product=reload_product(product), media=rows)


class ProductMediaMutations:
    """Mutations of the pictures of products."""

    product_media_create = ProductMediaCreate.Field()
    product_media_update = ProductMediaUpdate.Field()
    product_media_delete = ProductMediaDelete.Field()
    product_media_reorder = ProductMediaReorder.Field()
