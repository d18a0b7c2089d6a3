"""Writing pages and page types."""

from datetime import datetime
from typing import Any, Required, TypedDict

from django.utils import timezone

from marketplace.embedded import ids
from marketplace.embedded.attributes import attributes_of_type
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import SeoData, set_given, set_if_present, set_seo
from marketplace.embedded.models import AttributeOfPageType, Page, PageType
from marketplace.embedded.models.base import delete_row, forget_relations
from marketplace.embedded.products.attribute_assignment import assign_values, match_attributes
from marketplace.embedded.products.attribute_values import AttributeValueData
from marketplace.embedded.slugs import ensure_unique_slug
from marketplace.embedded.webhooks import emit


class PageData(TypedDict, total=False):
    """A page's own fields."""

    slug: str | None
    title: str | None
    content: Any
    attributes: list[AttributeValueData] | None
    is_published: bool | None
    published_at: datetime | None
    seo: SeoData | None


class PageCreateData(PageData):
    """A new page; `page_type` is a global id."""

    page_type: Required[str]


class PageTypeData(TypedDict, total=False):
    """A new page type; `add_attributes` are global ids."""

    name: str | None
    slug: str | None
    add_attributes: list[str] | None


def create_page_type(data: PageTypeData) -> PageType:
    """Create a page type with its attributes; refuses REQUIRED, UNIQUE, NOT_FOUND and INVALID."""
    name = data.get("name")
    if not name:
        raise refuse("REQUIRED", "This field is required.", field="name")
    row = PageType(name=name, slug=data.get("slug") or "")
    ensure_unique_slug(row, name, kind="Page type")
    attributes = attributes_of_type(
        data.get("add_attributes"),
        "PAGE_TYPE",
        message="Only page attributes can be assigned.",
        field="addAttributes",
    )
    row.save()
    AttributeOfPageType.objects.bulk_create(
        AttributeOfPageType(page_type=row, attribute=attribute, sort_order=order)
        for order, attribute in enumerate(attributes)
    )
    return row


def create_page(data: PageCreateData) -> Page:
    """Create a page.

    Refuses NOT_FOUND, REQUIRED, UNIQUE and what `match_attributes` refuses.
    """
    types = PageType.objects.all()
    page = Page(page_type=ids.fetch(types, data["page_type"], "PageType", field="pageType"))
    _save(page, data, new=True)
    emit("PAGE_CREATED", page)
    return page


def update_page(page: Page, data: PageData) -> None:
    """Change a page; refuses as `create_page` does."""
    _save(page, data, new=False)
    emit("PAGE_UPDATED", page)


def _save(page: Page, data: PageData, *, new: bool) -> None:
    set_given(page, data, "title", "slug", "is_published", "published_at")
    set_if_present(page, data, "content")
    set_seo(page, data)
    if not page.title.strip():
        raise refuse("REQUIRED", "This field is required.", field="title")
    ensure_unique_slug(page, page.title, kind="Page")
    if page.is_published and page.published_at is None:
        page.published_at = timezone.now()
    links = page.page_type.attribute_links.select_related("attribute")
    attributes = [link.attribute for link in links]
    pairs = match_attributes(attributes, data.get("attributes"), complete=new)
    page.save()
    assign_values(page, pairs)
    forget_relations(page)


def delete_page(page: Page) -> None:
    """Delete a page."""
    emit("PAGE_DELETED", page, immediately=True)
    delete_row(page)
