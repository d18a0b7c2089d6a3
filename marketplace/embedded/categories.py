"""Writing categories and collections."""

from typing import Any, TypedDict

from marketplace.embedded import ids
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import SeoData, set_given, set_if_present, set_seo
from marketplace.embedded.metadata import MetadataItem, merge_metadata
from marketplace.embedded.models import Category, Collection
from marketplace.embedded.models.base import delete_row
from marketplace.embedded.slugs import ensure_unique_slug, unique_slug
from marketplace.embedded.webhooks import emit


class CategoryData(TypedDict, total=False):
    """A category's own fields."""

    name: str | None
    slug: str | None
    description: Any
    seo: SeoData | None
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None


class CollectionData(TypedDict, total=False):
    """A new collection; `products` are global ids."""

    name: str | None
    slug: str | None
    description: Any
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None
    products: list[str] | None


def create_category(data: CategoryData, *, parent_id: str | None) -> Category:
    """Create a category, below a parent when one is given.

    Refuses NOT_FOUND, REQUIRED and UNIQUE.
    """
    rows = Category.objects.all()
    parent = ids.fetch(rows, parent_id, "Category", field="parent") if parent_id else None
    category = Category(parent=parent)
    _save(category, data)
    emit("CATEGORY_CREATED", category)
    return category


def update_category(category: Category, data: CategoryData) -> None:
    """Change a category; refuses REQUIRED and UNIQUE."""
    _save(category, data)
    emit("CATEGORY_UPDATED", category)


def _save(category: Category, data: CategoryData) -> None:
    set_given(category, data, "name", "slug")
    set_if_present(category, data, "description")
    set_seo(category, data)
    if not category.name:
        raise refuse("REQUIRED", "This field is required.", field="name")
    ensure_unique_slug(category, category.name, kind="Category")
    merge_metadata(category, data)
    category.level = category.parent.level + 1 if category.parent else 0
    category.save()


def delete_category(category: Category) -> None:
    """Delete a category with those below it; their products are left without a category."""
    emit("CATEGORY_DELETED", category, immediately=True)
    delete_row(category)


def create_collection(data: CollectionData) -> Collection:
    """Create a collection; refuses REQUIRED without a name."""
    name = data.get("name")
    if not name:
        raise refuse("REQUIRED", "This field is required.", field="name")
    slug = data.get("slug") or unique_slug(Collection, name)
    collection = Collection(name=name, slug=slug, description=data.get("description"))
    merge_metadata(collection, data)
    collection.save()
    collection.products.add(*ids.pks(data.get("products"), "Product"))
    emit("COLLECTION_CREATED", collection)
    return collection
