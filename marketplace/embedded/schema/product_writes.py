"""Product types, products and their pictures: writes."""

from typing import Any

import graphene
from django.utils import timezone

from marketplace.embedded import ids, media, models, texts, weights
from marketplace.embedded.errors import refuse
from marketplace.embedded.listings import refresh_lowest_prices
from marketplace.embedded.products import attribute_assignment
from marketplace.embedded.schema.attribute import attributes_by_ids
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.product import (
    Product,
    ProductMedia,
    ProductType,
    ProductTypeKindEnum,
)
from marketplace.embedded.schema.product_errors import ProductChannelListingError, ProductError
from marketplace.embedded.schema.product_inputs import (
    ProductCreateInput,
    ProductInput,
    apply_product,
    check_product_unique,
)
from marketplace.embedded.schema.scalars import Upload, WeightScalar
from marketplace.embedded.webhooks import emit


class ProductTypeInput(graphene.InputObjectType):
    """A kind of product."""

    name = graphene.String()
    slug = graphene.String()
    kind = ProductTypeKindEnum()
    has_variants = graphene.Boolean()
    product_attributes = list_of(graphene.ID)
    variant_attributes = list_of(graphene.ID)
    is_shipping_required = graphene.Boolean()
    is_digital = graphene.Boolean()
    weight = graphene.InputField(WeightScalar)


class ProductTypeCreate(EngineMutation):
    """Create a kind of product."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)

    class Arguments:
        input = ProductTypeInput(required=True)

    product_type = graphene.Field(ProductType)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ProductTypeCreate":
        if not input.get("name"):
            raise refuse("REQUIRED", "This field is required.", field="name")
        slug = input.get("slug") or texts.unique_slug(models.ProductType, input["name"])
        if models.ProductType.objects.filter(slug=slug).exists():
            raise refuse("UNIQUE", "Product type with this Slug already exists.", field="slug")
        flags = {
            name: input[name]
            for name in ("kind", "has_variants", "is_shipping_required", "is_digital")
            if input.get(name) is not None
        }
        row = models.ProductType.objects.create(
            name=input["name"],
            slug=slug,
            weight_grams=weights.to_grams(input.get("weight")) or 0,
            **flags,
        )
        models.AttributeOfProductType.objects.bulk_create(
            models.AttributeOfProductType(product_type=row, attribute=each, sort_order=order)
            for order, each in enumerate(_of_products(input.get("product_attributes")))
        )
        models.AttributeOfVariant.objects.bulk_create(
            models.AttributeOfVariant(product_type=row, attribute=each, sort_order=order)
            for order, each in enumerate(_of_products(input.get("variant_attributes")))
        )
        return cls(product_type=row)


ProductAttributeType = string_enum("ProductAttributeType", "PRODUCT", "VARIANT")


class ProductAttributeAssignInput(graphene.InputObjectType):
    """An attribute for a kind of product, or for its variants."""

    id = graphene.ID(required=True)
    type = ProductAttributeType(required=True)
    variant_selection = graphene.Boolean()


class ProductAttributeAssign(EngineMutation):
    """Give a kind of product further attributes."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)

    class Arguments:
        operations = list_of(ProductAttributeAssignInput, required=True)
        product_type_id = graphene.ID(required=True)

    product_type = graphene.Field(ProductType)

    @classmethod
    def perform(
        cls, info: Info, operations: list[dict[str, Any]], product_type_id: str
    ) -> "ProductAttributeAssign":
        rows = models.ProductType.objects.all()
        row = ids.fetch(rows, product_type_id, "ProductType", field="productTypeId")
        for kind, link in (
            ("PRODUCT", models.AttributeOfProductType),
            ("VARIANT", models.AttributeOfVariant),
        ):
            named = [each["id"] for each in operations if each["type"] == kind]
            links: Any = link._default_manager  # noqa: SLF001
            present = links.filter(product_type=row)
            wanted = _of_products(named)
            if present.filter(attribute__in=wanted).exists():
                message = "Attribute is already assigned to this product type."
                raise refuse("ATTRIBUTE_ALREADY_ASSIGNED", message, field="operations")
            links.bulk_create(
                link(product_type=row, attribute=each, sort_order=order)
                for order, each in enumerate(wanted, start=present.count())
            )
        return cls(product_type=row)


def _of_products(global_ids: list[str] | None) -> list[models.Attribute]:
    found = attributes_by_ids(global_ids)
    wrong = [each for each in found if each.type != "PRODUCT_TYPE"]
    if wrong:
        named = [ids.to_global_id("Attribute", each.pk) for each in wrong]
        message = "Only product attributes can be assigned."
        raise refuse("INVALID", message, field="attributes", attributes=named)
    return found


def product_attributes(product_type: models.ProductType) -> list[models.Attribute]:
    """Return the attributes which products of a type carry, in order."""
    links = product_type.attribute_links.select_related("attribute")
    return [link.attribute for link in links]


def product_by(global_id: str | None, external_reference: str | None) -> models.Product:
    """Return a product by either id; raises CommandError NOT_FOUND."""
    rows = models.Product.objects.all()
    if global_id:
        return ids.fetch(rows, global_id, "Product")
    found = rows.filter(external_reference=external_reference or "").first()
    if found is None:
        raise refuse("NOT_FOUND", "Couldn't resolve to a product.", field="externalReference")
    return found


def fresh_product(product: models.Product) -> models.Product:
    """Return the product as stored now, without relations loaded before a write."""
    return models.Product.objects.get(pk=product.pk)


def _save(product: models.Product, data: dict[str, Any], *, new: bool) -> models.Product:
    apply_product(product, data)
    check_product_unique(product)
    pairs = attribute_assignment.match(
        product_attributes(product.product_type), data.get("attributes"), complete=new
    )
    product.save()
    attribute_assignment.assign(product, pairs)
    if data.get("collections") is not None:
        product.collections.set(ids.pks(data["collections"], "Collection"))
    texts.index_products([product])
    return fresh_product(product)


class ProductCreate(EngineMutation):
    """Create a product; it shows in a channel only once it is listed there."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = ProductCreateInput(required=True)

    product = graphene.Field(Product)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ProductCreate":
        types = models.ProductType.objects.all()
        kind = ids.fetch(types, input["product_type"], "ProductType", field="productType")
        product = _save(models.Product(product_type=kind), input, new=True)
        emit("PRODUCT_CREATED", product)
        return cls(product=product)


class ProductUpdate(EngineMutation):
    """Change a product."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = ProductInput(required=True)

    product = graphene.Field(Product)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: dict[str, Any],
        id: str | None = None,
        external_reference: str | None = None,
    ) -> "ProductUpdate":
        product = _save(product_by(id, external_reference), input, new=False)
        emit("PRODUCT_UPDATED", product)
        return cls(product=product)


class ProductDelete(EngineMutation):
    """Delete a product with its variants; orders keep their lines' own texts."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()

    product = graphene.Field(Product)

    @classmethod
    def perform(
        cls,
        info: Info,
        id: str | None = None,
        external_reference: str | None = None,
    ) -> "ProductDelete":
        product = product_by(id, external_reference)
        emit("PRODUCT_DELETED", product, immediately=True)
        pk = product.pk
        product.delete()
        product.pk = pk
        return cls(product=product)


class ProductChannelListingAddInput(graphene.InputObjectType):
    """How a product shows in a channel."""

    channel_id = graphene.ID(required=True)
    is_published = graphene.Boolean()
    published_at = graphene.DateTime()
    visible_in_listings = graphene.Boolean()
    is_available_for_purchase = graphene.Boolean()
    available_for_purchase_at = graphene.DateTime()


class ProductChannelListingUpdateInput(graphene.InputObjectType):
    """Channels to list in and to leave."""

    update_channels = list_of(ProductChannelListingAddInput)
    remove_channels = list_of(graphene.ID)


def apply_listing(listing: models.ProductChannelListing, item: dict[str, Any]) -> None:
    """Set a listing from its input, unsaved; publishing and selling start now unless dated.

    Raises CommandError INVALID for a date of purchase together with "not for purchase".
    """
    for name in ("is_published", "visible_in_listings", "published_at"):
        if item.get(name) is not None:
            setattr(listing, name, item[name])
    if listing.is_published and listing.published_at is None:
        listing.published_at = timezone.now()
    answer = item.get("is_available_for_purchase")
    date = item.get("available_for_purchase_at")
    if answer is False and date is not None:
        message = "Cannot set available for purchase date when is not available for purchase."
        raise refuse("INVALID", message, field="isAvailableForPurchase")
    if answer is False:
        listing.available_for_purchase_at = None
    elif answer or date is not None:
        listing.available_for_purchase_at = date or timezone.now()


class ProductChannelListingUpdate(EngineMutation):
    """List a product in channels, or take it off."""

    class Meta:
        error_type = ProductChannelListingError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID(required=True)
        input = ProductChannelListingUpdateInput(required=True)

    product = graphene.Field(Product)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        product = ids.fetch(models.Product.objects.all(), id, "Product")
        for item in input.get("update_channels") or []:
            _list_in_channel(product, item)
        gone = ids.pks(input.get("remove_channels"), "Channel")
        product.channel_listings.filter(channel_id__in=gone).delete()
        prices = models.ProductVariantChannelListing.objects.filter(variant__product=product)
        prices.filter(channel_id__in=gone).delete()
        refresh_lowest_prices([product.pk])
        product.save(update_fields=["updated_at"])
        emit("PRODUCT_UPDATED", product)
        return cls(product=fresh_product(product))


def _list_in_channel(product: models.Product, item: dict[str, Any]) -> None:
    rows = models.Channel.objects.all()
    channel = ids.find(rows, item["channel_id"], "Channel")
    if channel is None:
        named = [item["channel_id"]]
        raise refuse("NOT_FOUND", "Channel not found.", field="channelId", channels=named)
    listing = product.channel_listings.filter(channel=channel).first()
    listing = listing or models.ProductChannelListing(
        product=product, channel=channel, currency=channel.currency_code
    )
    if item.get("is_published") and product.category_id is None:
        message = "You must select a category to be able to publish."
        raise refuse("PRODUCT_WITHOUT_CATEGORY", message, field="isPublished")
    apply_listing(listing, item)
    listing.save()


class ProductMediaCreateInput(graphene.InputObjectType):
    """A picture: a file, or the address of one."""

    alt = graphene.String()
    image = graphene.InputField(Upload)
    product = graphene.ID(required=True)
    media_url = graphene.String()


class ProductMediaCreate(EngineMutation):
    """Add a picture to a product."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = ProductMediaCreateInput(required=True)

    product = graphene.Field(Product)
    media = graphene.Field(ProductMedia)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ProductMediaCreate":
        rows = models.Product.objects.all()
        product = ids.fetch(rows, input["product"], "Product", field="product")
        image, url = input.get("image"), input.get("media_url")
        if bool(image) == bool(url):
            raise refuse("INVALID", "Either image or external URL is required.", field="input")
        row = models.ProductMedia.objects.create(
            product=product,
            alt=input.get("alt") or "",
            sort_order=product.media.count(),
            image=media.save_image(image, folder="products") if image else "",
            external_url=url or "",
        )
        product.save(update_fields=["updated_at"])
        emit("PRODUCT_UPDATED", product)
        emit("PRODUCT_MEDIA_CREATED", row)
        return cls(product=fresh_product(product), media=row)


class ProductMediaUpdateInput(graphene.InputObjectType):
    """A picture's description."""

    alt = graphene.String()


class ProductMediaUpdate(EngineMutation):
    """Describe a picture."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID(required=True)
        input = ProductMediaUpdateInput(required=True)

    product = graphene.Field(Product)
    media = graphene.Field(ProductMedia)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        row = ids.fetch(models.ProductMedia.objects.all(), id, "ProductMedia")
        row.alt = input.get("alt") or ""
        row.save()
        emit("PRODUCT_UPDATED", row.product)
        emit("PRODUCT_MEDIA_UPDATED", row)
        return cls(product=row.product, media=row)


class ProductMediaDelete(EngineMutation):
    """Remove a picture from a product."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID(required=True)

    product = graphene.Field(Product)
    media = graphene.Field(ProductMedia)

    @classmethod
    def perform(cls, info: Info, id: str) -> "ProductMediaDelete":
        row = ids.fetch(models.ProductMedia.objects.all(), id, "ProductMedia")
        product = row.product
        emit("PRODUCT_MEDIA_DELETED", row, immediately=True)
        pk = row.pk
        row.delete()
        row.pk = pk
        product.save(update_fields=["updated_at"])
        emit("PRODUCT_UPDATED", product)
        return cls(product=fresh_product(product), media=row)


class ProductMutations:
    """Writes about products."""

    product_type_create = ProductTypeCreate.Field()
    product_attribute_assign = ProductAttributeAssign.Field()
    product_create = ProductCreate.Field()
    product_update = ProductUpdate.Field()
    product_delete = ProductDelete.Field()
    product_channel_listing_update = ProductChannelListingUpdate.Field()
    product_media_create = ProductMediaCreate.Field()
    product_media_update = ProductMediaUpdate.Field()
    product_media_delete = ProductMediaDelete.Field()
