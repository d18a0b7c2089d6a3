"""Setting up attributes; the input that gives values to objects; queries."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.schema.attribute import (
    Attribute,
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    AttributeValue,
)
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.filters import StringFilterInput, by_ids, by_text
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.texts import unique_slug

AttributeError = error_type(  # noqa: A001 -- Saleor's name
    "AttributeError", "ALREADY_EXISTS", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE"
)
PRODUCT_PERMISSION = "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"
PAGE_PERMISSION = "MANAGE_PAGE_TYPES_AND_ATTRIBUTES"


class AttributeValueSelectableTypeInput(graphene.InputObjectType):
    """A choice: an existing one, or by its text."""

    id = graphene.ID()
    external_reference = graphene.String()
    value = graphene.String()


class _ValueInput(graphene.InputObjectType):
    class Meta:
        abstract = True

    id = graphene.ID()
    external_reference = graphene.String()
    values = list_of(graphene.String)
    dropdown = graphene.InputField(AttributeValueSelectableTypeInput)
    swatch = graphene.InputField(AttributeValueSelectableTypeInput)
    multiselect = list_of(AttributeValueSelectableTypeInput)
    numeric = graphene.String()
    file = graphene.String()
    content_type = graphene.String()
    reference = graphene.ID()
    references = list_of(graphene.ID)
    rich_text = graphene.InputField(JSONString)
    plain_text = graphene.String()
    boolean = graphene.Boolean()
    date = graphene.Date()
    date_time = graphene.DateTime()


class AttributeValueInput(_ValueInput):
    """An object's values of one attribute."""


class BulkAttributeValueInput(_ValueInput):
    """An object's values of one attribute, in bulk."""


class AttributeValueCreateInput(graphene.InputObjectType):
    """A choice."""

    value = graphene.String()
    rich_text = graphene.InputField(JSONString)
    plain_text = graphene.String()
    external_reference = graphene.String()
    name = graphene.String(required=True)


class AttributeCreateInput(graphene.InputObjectType):
    """A new attribute."""

    input_type = AttributeInputTypeEnum()
    entity_type = AttributeEntityTypeEnum()
    name = graphene.String(required=True)
    slug = graphene.String()
    type = AttributeTypeEnum(required=True)
    values = list_of(AttributeValueCreateInput)
    value_required = graphene.Boolean()
    is_variant_only = graphene.Boolean()
    visible_in_storefront = graphene.Boolean()
    filterable_in_storefront = graphene.Boolean()
    filterable_in_dashboard = graphene.Boolean()
    storefront_search_position = graphene.Int()
    available_in_grid = graphene.Boolean()
    external_reference = graphene.String()


def _add_value(attribute: models.Attribute, data: dict[str, Any]) -> models.AttributeValue:
    slug = unique_slug(models.AttributeValue, data["name"], attribute=attribute)
    return models.AttributeValue.objects.create(
        attribute=attribute,
        name=data["name"],
        slug=slug,
        value=data.get("value") or "",
        external_reference=data.get("external_reference"),
    )


class AttributeCreate(EngineMutation):
    """Create an attribute with its choices."""

    class Meta:
        error_type = AttributeError

    class Arguments:
        input = AttributeCreateInput(required=True)

    attribute = graphene.Field(Attribute)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "AttributeCreate":
        of_pages = input["type"] == "PAGE_TYPE"
        context_of(info).require(PAGE_PERMISSION if of_pages else PRODUCT_PERMISSION)
        kind = input.get("input_type") or "DROPDOWN"
        if kind in {"REFERENCE", "SINGLE_REFERENCE"} and not input.get("entity_type"):
            raise refuse("REQUIRED", "Entity type is required for references.", field="entityType")
        values = input.pop("values", None) or []
        slug = input.pop("slug", None) or unique_slug(models.Attribute, input["name"])
        if models.Attribute.objects.filter(slug=slug).exists():
            raise refuse("UNIQUE", "Attribute with this Slug already exists.", field="slug")
        given = {name: value for name, value in input.items() if value is not None}
        attribute = models.Attribute.objects.create(**{**given, "slug": slug, "input_type": kind})
        for value in values:
            _add_value(attribute, value)
        return cls(attribute=attribute)


class AttributeUpdateInput(graphene.InputObjectType):
    """What changes of an attribute."""

    name = graphene.String()
    value_required = graphene.Boolean()
    visible_in_storefront = graphene.Boolean()
    external_reference = graphene.String()


class AttributeUpdate(EngineMutation):
    """Change an attribute."""

    class Meta:
        error_type = AttributeError

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = AttributeUpdateInput(required=True)

    attribute = graphene.Field(Attribute)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: dict[str, Any],
        id: str | None = None,
        external_reference: str | None = None,
    ) -> "AttributeUpdate":
        rows = models.Attribute.objects.all()
        if id is not None:
            row = ids.fetch(rows, id, "Attribute", field="id")
        else:
            found = rows.filter(external_reference=external_reference or "").first()
            if found is None:
                raise refuse("NOT_FOUND", "No such attribute.", field="externalReference")
            row = found
        of_pages = row.type == "PAGE_TYPE"
        context_of(info).require(PAGE_PERMISSION if of_pages else PRODUCT_PERMISSION)
        given = {name: value for name, value in input.items() if value is not None}
        for name, value in given.items():
            setattr(row, name, value)
        row.save(update_fields=list(given))
        return cls(attribute=row)


class AttributeValueCreate(EngineMutation):
    """Add a choice to an attribute."""

    class Meta:
        error_type = AttributeError
        permissions = (PRODUCT_PERMISSION, PAGE_PERMISSION, "MANAGE_PRODUCTS")

    class Arguments:
        attribute = graphene.ID(required=True)
        input = AttributeValueCreateInput(required=True)

    attribute = graphene.Field(Attribute)
    attribute_value = graphene.Field(AttributeValue)

    @classmethod
    def perform(cls, info: Info, attribute: str, input: dict[str, Any]) -> Any:
        row = ids.fetch(models.Attribute.objects.all(), attribute, "Attribute", field="attribute")
        return cls(attribute=row, attribute_value=_add_value(row, input))


class AttributeFilterInput(graphene.InputObjectType):
    """Which attributes."""

    search = graphene.String()
    ids = list_of(graphene.ID)
    type = AttributeTypeEnum()
    slugs = list_of(graphene.String)


class AttributeWhereInput(graphene.InputObjectType):
    """Which attributes."""

    ids = list_of(graphene.ID)
    name = graphene.InputField(StringFilterInput)
    slug = graphene.InputField(StringFilterInput)


class AttributeQueries:
    """Reads about attributes."""

    attribute = graphene.Field(
        Attribute, id=graphene.ID(), slug=graphene.String(), external_reference=graphene.String()
    )
    attributes = connection_field(
        Attribute, filter=AttributeFilterInput(), where=AttributeWhereInput()
    )

    @staticmethod
    def resolve_attribute(
        _root: Any,
        _info: Info,
        id: str | None = None,
        slug: str | None = None,
        external_reference: str | None = None,
    ) -> models.Attribute | None:
        rows = models.Attribute.objects.all()
        if id is not None:
            return ids.find(rows, id, "Attribute")
        if slug is not None:
            return rows.filter(slug=slug).first()
        return rows.filter(external_reference=external_reference).first()

    @staticmethod
    def resolve_attributes(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        where: dict[str, Any] | None = None,
        **page: Any,
    ) -> Any:
        rows = models.Attribute.objects.all()
        if not context_of(info).is_staff_or_app:
            rows = rows.filter(visible_in_storefront=True)
        wanted = {**(filter or {}), **(where or {})}
        if wanted.get("search"):
            rows = rows.filter(name__icontains=wanted["search"])
        if wanted.get("ids") is not None:
            rows = rows.filter(by_ids("pk", "Attribute", wanted["ids"]))
        if wanted.get("type"):
            rows = rows.filter(type=wanted["type"])
        if wanted.get("slugs") is not None:
            rows = rows.filter(slug__in=wanted["slugs"])
        rows = rows.filter(by_text("slug", wanted.get("slug")), by_text("name", wanted.get("name")))
        return paginate(
            info, rows, [("storefront_search_position", False), ("slug", False)], **page
        )


class AttributeMutations:
    """Writes about attributes."""

    attribute_create = AttributeCreate.Field()
    attribute_update = AttributeUpdate.Field()
    attribute_value_create = AttributeValueCreate.Field()
