"""Attributes, their values, and the values assigned to products, variants and pages."""

from django.db import models

from marketplace.embedded.models.base import EngineModel, WithExternalReference, WithMetadata
from marketplace.embedded.models.catalogue import Product, ProductType, ProductVariant
from marketplace.embedded.models.page import Page, PageType, Translation, one_per_language

CHOICE_TYPES = frozenset({"DROPDOWN", "MULTISELECT", "SWATCH"})
REFERENCE_TYPES = frozenset({"REFERENCE", "SINGLE_REFERENCE"})
SINGLE_TYPES = frozenset({"DROPDOWN", "SWATCH", "SINGLE_REFERENCE"})


class Attribute(WithMetadata, WithExternalReference):
    """A property of products, variants or pages; `type` PRODUCT_TYPE or PAGE_TYPE."""

    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=250, unique=True, allow_unicode=True)
    type = models.CharField(max_length=50)
    input_type = models.CharField(max_length=50, default="DROPDOWN")
    entity_type = models.CharField(max_length=50, null=True)
    unit = models.CharField(max_length=100, null=True)
    value_required = models.BooleanField(default=False)
    is_variant_only = models.BooleanField(default=False)
    visible_in_storefront = models.BooleanField(default=True)
    filterable_in_storefront = models.BooleanField(default=False)
    filterable_in_dashboard = models.BooleanField(default=False)
    available_in_grid = models.BooleanField(default=False)
    storefront_search_position = models.IntegerField(default=0)
    product_types = models.ManyToManyField(
        ProductType, through="AttributeOfProductType", related_name="product_attributes"
    )
    variant_product_types = models.ManyToManyField(
        ProductType, through="AttributeOfVariant", related_name="variant_attributes"
    )
    page_types = models.ManyToManyField(
        PageType, through="AttributeOfPageType", related_name="page_attributes"
    )

    class Meta(EngineModel.Meta):
        ordering = ("storefront_search_position", "slug")


class AttributeTranslation(Translation):
    """An attribute's name in a language."""

    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="translations")
    name = models.CharField(max_length=255, null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("attribute")


class _Assignment(EngineModel):
    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="+")
    sort_order = models.IntegerField(default=0)

    class Meta(EngineModel.Meta):
        abstract = True
        ordering = ("sort_order", "pk")


class AttributeOfProductType(_Assignment):
    """Products of this type have the attribute."""

    product_type = models.ForeignKey(
        ProductType, on_delete=models.CASCADE, related_name="attribute_links"
    )


class AttributeOfVariant(_Assignment):
    """Variants of products of this type have the attribute."""

    product_type = models.ForeignKey(
        ProductType, on_delete=models.CASCADE, related_name="variant_attribute_links"
    )
    variant_selection = models.BooleanField(default=False)


class AttributeOfPageType(_Assignment):
    """Pages of this type have the attribute."""

    page_type = models.ForeignKey(
        PageType, on_delete=models.CASCADE, related_name="attribute_links"
    )


class AttributeValue(WithExternalReference):
    """A value: one of an attribute's choices, or one that belongs to one object (text, date)."""

    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="values")
    name = models.CharField(max_length=255, blank=True)
    slug = models.SlugField(max_length=255, allow_unicode=True)
    value = models.CharField(max_length=255, blank=True, default="")
    plain_text = models.TextField(null=True)
    rich_text = models.JSONField(null=True)
    boolean = models.BooleanField(null=True)
    date_time = models.DateTimeField(null=True)
    numeric = models.FloatField(null=True)
    file_url = models.CharField(max_length=255, null=True)
    content_type = models.CharField(max_length=50, null=True)
    sort_order = models.IntegerField(default=0)
    reference_page = models.ForeignKey(
        Page, null=True, on_delete=models.CASCADE, related_name="references"
    )
    reference_product = models.ForeignKey(
        Product, null=True, on_delete=models.CASCADE, related_name="references"
    )
    reference_variant = models.ForeignKey(
        ProductVariant, null=True, on_delete=models.CASCADE, related_name="references"
    )

    class Meta(EngineModel.Meta):
        ordering = ("sort_order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["attribute", "slug"], name="embedded_attribute_value_slug"
            ),
        )


class AttributeValueTranslation(Translation):
    """A value's texts in a language."""

    attribute_value = models.ForeignKey(
        AttributeValue, on_delete=models.CASCADE, related_name="translations"
    )
    name = models.CharField(max_length=255, null=True)
    plain_text = models.TextField(null=True)
    rich_text = models.JSONField(null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("attribute_value")


class _AssignedValue(EngineModel):
    value = models.ForeignKey(AttributeValue, on_delete=models.CASCADE, related_name="%(class)ss")
    sort_order = models.IntegerField(default=0)

    class Meta(EngineModel.Meta):
        abstract = True
        ordering = ("sort_order", "pk")


class AssignedProductValue(_AssignedValue):
    """A value assigned to a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="assigned_values")


class AssignedVariantValue(_AssignedValue):
    """A value assigned to a variant."""

    variant = models.ForeignKey(
        ProductVariant, on_delete=models.CASCADE, related_name="assigned_values"
    )


class AssignedPageValue(_AssignedValue):
    """A value assigned to a page."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="assigned_values")
