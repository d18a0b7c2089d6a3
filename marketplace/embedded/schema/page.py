"""Pages and page types: a cooperative's public face is a page."""

from typing import Any

import graphene
from django.utils import timezone

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.base import forget_relations, related_many, related_one
from marketplace.embedded.products import attribute_assignment
from marketplace.embedded.schema.attribute import (
    Attribute,
    AttributeFields,
    ObjectWithAttributes,
    SelectedAttribute,
    attributes_by_ids,
)
from marketplace.embedded.schema.attribute_writes import AttributeValueInput
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.filters import (
    GlobalIDFilterInput,
    StringFilterInput,
    by_global_id,
    by_ids,
    by_text,
)
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    stored_code,
    translation_field,
)
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.texts import unique_slug
from marketplace.embedded.webhooks import emit

PageError = error_type(
    "PageError",
    *("INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE", "DUPLICATED_INPUT_ITEM"),
    "ATTRIBUTE_ALREADY_ASSIGNED",
    attributes=list_of(graphene.ID),
    values=list_of(graphene.ID),
)


class PageType(ModelType):
    """What pages of a kind have in common."""

    class Meta:
        model = models.PageType
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    attributes = list_of(Attribute)

    @staticmethod
    def resolve_attributes(root: models.PageType, _info: Info) -> list[Any]:
        return [related_one(link, "attribute") for link in related_many(root, "attribute_links")]


class PageTranslation(TranslationType, ModelType):
    """A page's texts in a language."""

    class Meta:
        model = models.PageTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    seo_title = graphene.String()
    seo_description = graphene.String()
    slug = graphene.String()
    title = graphene.String()
    content = graphene.Field(JSONString)


class Page(Translated, AttributeFields, ModelType):
    """A page of content."""

    class Meta:
        model = models.Page
        interfaces = (Node, ObjectWithMetadata, ObjectWithAttributes)

    seo_title = graphene.String()
    seo_description = graphene.String()
    title = graphene.String(required=True)
    content = graphene.Field(JSONString)
    published_at = graphene.DateTime()
    is_published = graphene.Boolean(required=True)
    slug = graphene.String(required=True)
    page_type = graphene.Field(PageType, required=True)
    created = graphene.DateTime(required=True)
    translation = translation_field(PageTranslation)
    attribute = graphene.Field(SelectedAttribute, slug=graphene.String(required=True))
    attributes = list_of(SelectedAttribute, required=True)

    @staticmethod
    def resolve_page_type(root: models.Page, _info: Info) -> Any:
        return related_one(root, "page_type")

    @staticmethod
    def resolve_created(root: models.Page, _info: Info) -> Any:
        return root.created_at


class SeoInput(graphene.InputObjectType):
    """What search engines are told."""

    title = graphene.String()
    description = graphene.String()


class PageTypeCreateInput(graphene.InputObjectType):
    """A new kind of page."""

    name = graphene.String()
    slug = graphene.String()
    add_attributes = list_of(graphene.ID)


class PageTypeCreate(EngineMutation):
    """Create a kind of page."""

    class Meta:
        error_type = PageError
        permissions = ("MANAGE_PAGE_TYPES_AND_ATTRIBUTES",)

    class Arguments:
        input = PageTypeCreateInput(required=True)

    page_type = graphene.Field(PageType)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "PageTypeCreate":
        if not input.get("name"):
            raise refuse("REQUIRED", "This field is required.", field="name")
        slug = input.get("slug") or unique_slug(models.PageType, input["name"])
        if models.PageType.objects.filter(slug=slug).exists():
            raise refuse("UNIQUE", "Page type with this Slug already exists.", field="slug")
        attributes = attributes_by_ids(input.get("add_attributes"))
        wrong = [each for each in attributes if each.type != "PAGE_TYPE"]
        if wrong:
            named = [ids.to_global_id("Attribute", each.pk) for each in wrong]
            message = "Only page attributes can be assigned."
            raise refuse("INVALID", message, field="addAttributes", attributes=named)
        row = models.PageType.objects.create(name=input["name"], slug=slug)
        models.AttributeOfPageType.objects.bulk_create(
            models.AttributeOfPageType(page_type=row, attribute=attribute, sort_order=order)
            for order, attribute in enumerate(attributes)
        )
        return cls(page_type=row)


class PageInput(graphene.InputObjectType):
    """Changes of a page."""

    slug = graphene.String()
    title = graphene.String()
    content = graphene.InputField(JSONString)
    attributes = list_of(AttributeValueInput)
    is_published = graphene.Boolean()
    published_at = graphene.DateTime()
    seo = graphene.InputField(SeoInput)


class PageCreateInput(PageInput):
    """A new page."""

    page_type = graphene.ID(required=True)


def _save(page: models.Page, data: dict[str, Any], *, new: bool) -> None:
    for name in ("title", "slug", "is_published", "published_at"):
        if data.get(name) is not None:
            setattr(page, name, data[name])
    if "content" in data:
        page.content = data["content"]
    for name, value in (data.get("seo") or {}).items():
        setattr(page, f"seo_{name}", value)
    if not page.title.strip():
        raise refuse("REQUIRED", "This field is required.", field="title")
    page.slug = page.slug or unique_slug(models.Page, page.title)
    if models.Page.objects.filter(slug=page.slug).exclude(pk=page.pk).exists():
        raise refuse("UNIQUE", "Page with this Slug already exists.", field="slug")
    if page.is_published and page.published_at is None:
        page.published_at = timezone.now()
    links = page.page_type.attribute_links.select_related("attribute")
    attributes = [link.attribute for link in links]
    pairs = attribute_assignment.match(attributes, data.get("attributes"), complete=new)
    page.save()
    attribute_assignment.assign(page, pairs)
    forget_relations(page)


class PageCreate(EngineMutation):
    """Create a page."""

    class Meta:
        error_type = PageError
        permissions = ("MANAGE_PAGES",)

    class Arguments:
        input = PageCreateInput(required=True)

    page = graphene.Field(Page)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "PageCreate":
        types = models.PageType.objects.all()
        page_type = ids.fetch(types, input["page_type"], "PageType", field="pageType")
        page = models.Page(page_type=page_type)
        _save(page, input, new=True)
        emit("PAGE_CREATED", page)
        return cls(page=page)


class PageUpdate(EngineMutation):
    """Change a page."""

    class Meta:
        error_type = PageError
        permissions = ("MANAGE_PAGES",)

    class Arguments:
        id = graphene.ID(required=True)
        input = PageInput(required=True)

    page = graphene.Field(Page)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> "PageUpdate":
        page = ids.fetch(models.Page.objects.all(), id, "Page")
        _save(page, input, new=False)
        emit("PAGE_UPDATED", page)
        return cls(page=page)


class PageDelete(EngineMutation):
    """Delete a page."""

    class Meta:
        error_type = PageError
        permissions = ("MANAGE_PAGES",)

    class Arguments:
        id = graphene.ID(required=True)

    page = graphene.Field(Page)

    @classmethod
    def perform(cls, info: Info, id: str) -> "PageDelete":
        page = ids.fetch(models.Page.objects.all(), id, "Page")
        emit("PAGE_DELETED", page, immediately=True)
        pk = page.pk
        page.delete()
        page.pk = pk
        return cls(page=page)


class PageFilterInput(graphene.InputObjectType):
    """Which pages."""

    search = graphene.String()
    page_types = list_of(graphene.ID)
    ids = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class PageWhereInput(graphene.InputObjectType):
    """Which pages."""

    ids = list_of(graphene.ID)
    slug = graphene.InputField(StringFilterInput)
    page_type = graphene.InputField(GlobalIDFilterInput)


def visible_pages(info: Info) -> Any:
    """Return the pages the caller may see: published ones, all for MANAGE_PAGES."""
    rows = models.Page.objects.all()
    if context_of(info).may("MANAGE_PAGES"):
        return rows
    return rows.filter(is_published=True, published_at__lte=timezone.now())


class PageQueries:
    """Reads about pages."""

    page = graphene.Field(
        Page,
        id=graphene.ID(),
        slug=graphene.String(),
        slug_language_code=LanguageCodeEnum(),
    )
    pages = connection_field(
        Page, filter=PageFilterInput(), where=PageWhereInput(), search=graphene.String()
    )
    page_type = graphene.Field(PageType, id=graphene.ID(required=True))
    page_types = connection_field(PageType)

    @staticmethod
    def resolve_page(
        _root: Any,
        info: Info,
        id: str | None = None,
        slug: str | None = None,
        slug_language_code: str | None = None,
    ) -> models.Page | None:
        rows = visible_pages(info)
        if id is not None:
            return ids.find(rows, id, "Page")
        if slug_language_code:
            code = stored_code(slug_language_code)
            rows = rows.filter(translations__slug=slug, translations__language_code=code)
        else:
            rows = rows.filter(slug=slug)
        found: models.Page | None = rows.first()
        return found

    @staticmethod
    def resolve_pages(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        where: dict[str, Any] | None = None,
        search: str | None = None,
        **page: Any,
    ) -> Any:
        wanted = {**(filter or {}), **(where or {})}
        rows = visible_pages(info).filter(by_text("slug", wanted.get("slug")))
        rows = rows.filter(by_global_id("page_type", "PageType", wanted.get("page_type")))
        if wanted.get("ids") is not None:
            rows = rows.filter(by_ids("pk", "Page", wanted["ids"]))
        if wanted.get("page_types") is not None:
            rows = rows.filter(by_ids("page_type", "PageType", wanted["page_types"]))
        if wanted.get("slugs") is not None:
            rows = rows.filter(slug__in=wanted["slugs"])
        text = search or wanted.get("search")
        if text:
            rows = rows.filter(title__icontains=text)
        return paginate(info, rows, [("slug", False)], **page)

    @staticmethod
    def resolve_page_type(_root: Any, _info: Info, id: str) -> models.PageType | None:
        return ids.find(models.PageType.objects.all(), id, "PageType")

    @staticmethod
    def resolve_page_types(_root: Any, info: Info, **page: Any) -> Any:
        return paginate(info, models.PageType.objects.all(), [("slug", False)], **page)


class PageMutations:
    """Writes about pages."""

    page_type_create = PageTypeCreate.Field()
    page_create = PageCreate.Field()
    page_update = PageUpdate.Field()
    page_delete = PageDelete.Field()
