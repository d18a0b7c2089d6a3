"""Queries of products, variants and product types."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.channel_scope import default_channel_slug, in_channel
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.filters import (
    DateTimeRangeInput,
    StringFilterInput,
    by_ids,
    by_range,
    by_text,
)
from marketplace.embedded.schema.products.filter_inputs import (
    ProductFilterInput,
    ProductOrder,
    ProductWhereInput,
)
from marketplace.embedded.schema.products.product import Product
from marketplace.embedded.schema.products.product_list import page_of_products
from marketplace.embedded.schema.products.product_type import ProductType
from marketplace.embedded.schema.products.variant import ProductVariant
from marketplace.embedded.schema.products.visibility import visible_products, visible_variants


class ProductVariantWhereInput(graphene.InputObjectType):
    """Conditions on variants."""

    ids = list_of(graphene.ID)
    sku = graphene.InputField(StringFilterInput)
    updated_at = graphene.InputField(DateTimeRangeInput)


class ProductQueries:
    """Queries of the catalogue."""

    product = graphene.Field(
        Product,
        id=graphene.ID(),
        slug=graphene.String(),
        slug_language_code=LanguageCodeEnum(),
        external_reference=graphene.String(),
        channel=graphene.String(),
    )
    products = connection_field(
        Product,
        filter=ProductFilterInput(),
        where=ProductWhereInput(),
        sort_by=ProductOrder(),
        search=graphene.String(),
        channel=graphene.String(),
    )
    product_type = graphene.Field(ProductType, id=graphene.ID(required=True))
    product_types = connection_field(ProductType)
    product_variant = graphene.Field(
        ProductVariant,
        id=graphene.ID(),
        sku=graphene.String(),
        external_reference=graphene.String(),
        channel=graphene.String(),
    )
    product_variants = connection_field(
        ProductVariant,
        ids=list_of(graphene.ID),
        channel=graphene.String(),
        where=ProductVariantWhereInput(),
    )

    @staticmethod
    def resolve_product(
        _root: Any,
        info: Info,
        id: str | None = None,
        slug: str | None = None,
        slug_language_code: str | None = None,
        external_reference: str | None = None,
        channel: str | None = None,
    ) -> models.Product | None:
        channel = default_channel_slug(context_of(info), channel)
        rows = visible_products(info, channel)
        if id is not None:
            found = ids.find(rows, id, "Product")
        elif slug is not None and slug_language_code:
            code = stored_code(slug_language_code)
            rows = rows.filter(translations__slug=slug, translations__language_code=code)
            found = rows.first()
        elif slug is not None:
            found = rows.filter(slug=slug).first()
        else:
            found = rows.filter(external_reference=external_reference or "").first()
        return in_channel(found, channel)

    @staticmethod
    def resolve_products(_root: Any, info: Info, **arguments: Any) -> Any:
        return page_of_products(info, **arguments)

    @staticmethod
    def resolve_product_type(_root: Any, _info: Info, id: str) -> Any:
        return ids.find(models.ProductType.objects.all(), id, "ProductType")

    @staticmethod
    def resolve_product_types(_root: Any, info: Info, **page: Any) -> Any:
        return paginate(info, models.ProductType.objects.all(), [("slug", False)], **page)

    @staticmethod
    def resolve_product_variant(
        _root: Any,
        info: Info,
        id: str | None = None,
        sku: str | None = None,
        external_reference: str | None = None,
        channel: str | None = None,
    ) -> models.ProductVariant | None:
        channel = default_channel_slug(context_of(info), channel)
        rows = visible_variants(info, channel)
        if id is not None:
            found = ids.find(rows, id, "ProductVariant")
        elif sku is not None:
            found = rows.filter(sku=sku).first()
        else:
            found = rows.filter(external_reference=external_reference or "").first()
        return in_channel(found, channel)

    @staticmethod
    def resolve_product_variants(
        _root: Any,
        info: Info,
        ids: list[str] | None = None,
        channel: str | None = None,
        where: dict[str, Any] | None = None,
        **page: Any,
    ) -> Any:
        channel = default_channel_slug(context_of(info), channel)
        wanted = where or {}
        rows = visible_variants(info, channel)
        for named in (ids, wanted.get("ids")):
            if named is not None:
                rows = rows.filter(by_ids("pk", "ProductVariant", named))
        rows = rows.filter(
            by_text("sku", wanted.get("sku")), by_range("updated_at", wanted.get("updated_at"))
        )
        found = paginate(info, rows, **page)
        for edge in found.edges:
            in_channel(edge.node, channel)
        return found
