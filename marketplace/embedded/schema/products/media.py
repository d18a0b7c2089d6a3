"""Pictures of products."""

from typing import Any

import graphene

from marketplace.embedded import ids, media, models
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata, context_of
from marketplace.embedded.schema.enums import ThumbnailFormatEnum, string_enum

ProductMediaType = string_enum("ProductMediaType", "IMAGE", "VIDEO")
PICTURE_ARGUMENTS = {
    "size": graphene.Int(),
    "format": graphene.Argument(ThumbnailFormatEnum, default_value="ORIGINAL"),
}


class Image(graphene.ObjectType):
    """A picture at an address."""

    url = graphene.String(required=True)
    alt = graphene.String()


class ProductMedia(ModelType):
    """A picture of a product."""

    class Meta:
        model = models.ProductMedia
        interfaces = (Node, ObjectWithMetadata)

    sort_order = graphene.Int()
    alt = graphene.String(required=True)
    type = ProductMediaType(required=True)
    url = graphene.String(required=True, **PICTURE_ARGUMENTS)
    product_id = graphene.ID()

    @staticmethod
    def resolve_url(
        root: models.ProductMedia, info: Info, size: int | None = None, **_format: Any
    ) -> str:
        return media_url(root, info, size)

    @staticmethod
    def resolve_product_id(root: models.ProductMedia, _info: Info) -> str:
        return ids.to_global_id("Product", root.product_id)


def media_url(row: models.ProductMedia, info: Info, size: int | None) -> str:
    """Return the address of a picture, at most `size` pixels wide and high if given."""
    return row.external_url or media.url_of(context_of(info), row.image, size)
