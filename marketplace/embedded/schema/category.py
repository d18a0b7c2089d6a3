"""Categories and collections."""

from typing import Any

import graphene
from django.db.models import QuerySet

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
    metadata_dict,
)
from marketplace.embedded.schema.channel import Channel
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.filters import MetadataFilter, by_ids, by_metadata
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    stored_code,
    translation_field,
)
from marketplace.embedded.schema.mutation import EngineMutation, UpdateMutation
from marketplace.embedded.schema.page import SeoInput
from marketplace.embedded.schema.product_errors import CollectionError, ProductError
from marketplace.embedded.schema.product_list import page_of_products
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.texts import unique_slug
from marketplace.embedded.webhooks import emit


class CategoryTranslation(TranslationType, ModelType):
    """A category's texts in a language."""

    class Meta:
        model = models.CategoryTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    seo_title = graphene.String()
    seo_description = graphene.String()
    slug = graphene.String()
    name = graphene.String()
    description = graphene.Field(JSONString)


class Category(Translated, ModelType):
    """A node of the category tree."""

    class Meta:
        model = models.Category
        interfaces = (Node, ObjectWithMetadata)

    seo_title = graphene.String()
    seo_description = graphene.String()
    name = graphene.String(required=True)
    description = graphene.Field(JSONString)
    slug = graphene.String(required=True)
    parent = graphene.Field(lambda: Category)
    level = graphene.Int(required=True)
    updated_at = graphene.DateTime(required=True)
    ancestors = connection_field(lambda: Category)
    children = connection_field(lambda: Category)
    products = connection_field(type_of(models.Product), channel=graphene.String())
    translation = translation_field(CategoryTranslation)

    @staticmethod
    def resolve_parent(root: models.Category, _info: Info) -> Any:
        return related_one(root, "parent") if root.parent_id else None

    @staticmethod
    def resolve_ancestors(root: models.Category, info: Info, **page: Any) -> Any:
        found, row = [], root
        while row.parent_id:
            row = related_one(row, "parent")
            found.append(row.pk)
        rows = models.Category.objects.filter(pk__in=found)
        return paginate(info, rows, [("level", False)], **page)

    @staticmethod
    def resolve_children(root: models.Category, info: Info, **page: Any) -> Any:
        return paginate(info, root.children.all(), **page)

    @staticmethod
    def resolve_products(
        root: models.Category, info: Info, channel: str | None = None, **page: Any
    ) -> Any:
        where = {"category": {"one_of": [ids.to_global_id("Category", root.pk)]}}
        return page_of_products(info, channel=channel, where=where, **page)


class CategoryInput(graphene.InputObjectType):
    """A category's own fields."""

    description = graphene.InputField(JSONString)
    name = graphene.String()
    slug = graphene.String()
    seo = graphene.InputField(SeoInput)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)


def _apply(row: models.Category, data: dict[str, Any]) -> None:
    for name in ("name", "slug"):
        if data.get(name) is not None:
            setattr(row, name, data[name])
    if "description" in data:
        row.description = data["description"]
    for name, value in (data.get("seo") or {}).items():
        setattr(row, f"seo_{name}", value)
    if not row.name:
        raise refuse("REQUIRED", "This field is required.", field="name")
    row.slug = row.slug or unique_slug(models.Category, row.name)
    if models.Category.objects.filter(slug=row.slug).exclude(pk=row.pk).exists():
        raise refuse("UNIQUE", "Category with this Slug already exists.", field="slug")
    row.metadata.update(metadata_dict(data.get("metadata")))
    row.private_metadata.update(metadata_dict(data.get("private_metadata")))
    row.level = row.parent.level + 1 if row.parent else 0
    row.save()


class CategoryCreate(EngineMutation):
    """Create a category, below `parent` when given."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = CategoryInput(required=True)
        parent = graphene.ID()

    category = graphene.Field(Category)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any], parent: str | None = None) -> Any:
        rows = models.Category.objects.all()
        above = ids.fetch(rows, parent, "Category", field="parent") if parent else None
        row = models.Category(parent=above)
        _apply(row, input)
        emit("CATEGORY_CREATED", row)
        return cls(category=row)


class CategoryUpdate(UpdateMutation):
    """Change a category."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID(required=True)
        input = CategoryInput(required=True)

    category = graphene.Field(Category)

    row_type = "Category"

    @classmethod
    def rows(cls) -> QuerySet[models.Category]:
        return models.Category.objects.all()

    @classmethod
    def apply(cls, row: models.Category, data: dict[str, Any]) -> None:
        _apply(row, data)


class CategoryDelete(EngineMutation):
    """Delete a category with those below it; their products lose the category."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID(required=True)

    category = graphene.Field(Category)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        row = ids.fetch(models.Category.objects.all(), id, "Category")
        emit("CATEGORY_DELETED", row, immediately=True)
        pk = row.pk
        row.delete()
        row.pk = pk
        return cls(category=row)


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
    """Whether a collection shows in a channel."""

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

    class Meta:
        error_type = CollectionError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = CollectionCreateInput(required=True)

    collection = graphene.Field(Collection)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        if not input.get("name"):
            raise refuse("REQUIRED", "This field is required.", field="name")
        row = models.Collection.objects.create(
            name=input["name"],
            slug=input.get("slug") or unique_slug(models.Collection, input["name"]),
            description=input.get("description"),
            metadata=metadata_dict(input.get("metadata")),
            private_metadata=metadata_dict(input.get("private_metadata")),
        )
        row.products.add(*ids.pks(input.get("products"), "Product"))
        emit("COLLECTION_CREATED", row)
        return cls(collection=row)


class CategoryFilterInput(graphene.InputObjectType):
    """Which categories."""

    search = graphene.String()
    metadata = list_of(MetadataFilter)
    ids = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class CategoryQueries:
    """Reads about categories and collections."""

    category = graphene.Field(
        Category, id=graphene.ID(), slug=graphene.String(), slug_language_code=LanguageCodeEnum()
    )
    categories = connection_field(Category, filter=CategoryFilterInput(), level=graphene.Int())
    collection = graphene.Field(
        Collection, id=graphene.ID(), slug=graphene.String(), channel=graphene.String()
    )
    collections = connection_field(Collection, channel=graphene.String())

    @staticmethod
    def resolve_category(
        _root: Any,
        _info: Info,
        id: str | None = None,
        slug: str | None = None,
        slug_language_code: str | None = None,
    ) -> models.Category | None:
        rows = models.Category.objects.all()
        if id is not None:
            return ids.find(rows, id, "Category")
        if slug_language_code:
            code = stored_code(slug_language_code)
            return rows.filter(translations__slug=slug, translations__language_code=code).first()
        return rows.filter(slug=slug).first()

    @staticmethod
    def resolve_categories(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        level: int | None = None,
        **page: Any,
    ) -> Any:
        wanted = filter or {}
        rows = models.Category.objects.filter(by_metadata(wanted.get("metadata")))
        if wanted.get("search"):
            rows = rows.filter(name__icontains=wanted["search"])
        if wanted.get("ids") is not None:
            rows = rows.filter(by_ids("pk", "Category", wanted["ids"]))
        if wanted.get("slugs") is not None:
            rows = rows.filter(slug__in=wanted["slugs"])
        if level is not None:
            rows = rows.filter(level=level)
        return paginate(info, rows, **page)

    @staticmethod
    def resolve_collection(
        _root: Any,
        info: Info,
        id: str | None = None,
        slug: str | None = None,
        channel: str | None = None,
    ) -> models.Collection | None:
        rows = _visible_collections(info, channel)
        if id is not None:
            return ids.find(rows, id, "Collection")
        found: models.Collection | None = rows.filter(slug=slug).first()
        return found

    @staticmethod
    def resolve_collections(_root: Any, info: Info, channel: str | None = None, **page: Any) -> Any:
        return paginate(info, _visible_collections(info, channel), **page)


def _visible_collections(info: Info, channel: str | None) -> Any:
    rows = models.Collection.objects.all()
    if context_of(info).may("MANAGE_PRODUCTS"):
        return rows
    return rows.filter(channel_listings__channel__slug=channel, channel_listings__is_published=True)


class CategoryMutations:
    """Writes about categories and collections."""

    category_create = CategoryCreate.Field()
    category_update = CategoryUpdate.Field()
    category_delete = CategoryDelete.Field()
    collection_create = CollectionCreate.Field()
