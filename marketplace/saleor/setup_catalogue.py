"""The product attributes, types and categories that listings need in a store."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from marketplace.saleor import ids, store_plan
from marketplace.saleor.answers import accepted
from marketplace.saleor.changes import Change
from marketplace.saleor.client import (
    AttributeCreateInput,
    CategoryInput,
    LanguageCodeEnum,
    PageTypeCreateInput,
    ProductTypeInput,
    SaleorClient,
    TranslationInput,
)
from marketplace.saleor.client.enums import (
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    ProductTypeKindEnum,
)
from marketplace.saleor.paging import nodes
from marketplace.saleor.store_plan import AttributePlan, CategoryPlan

_TRANSLATED = {"ar": LanguageCodeEnum.AR, "fr": LanguageCodeEnum.FR, "en": LanguageCodeEnum.EN}


def _known(kind: str, found: Iterable[Any]) -> set[str]:
    """The slugs that exist in the engine; all are recorded in the id map."""
    slugs = set()
    for node in found:
        ids.link(kind, ids.of_slug(kind, node.slug), node.id)
        slugs.add(node.slug)
    return slugs


def attribute_changes(client: SaleorClient) -> Iterator[Change]:
    known = _known(ids.ATTRIBUTE, nodes(lambda after: client.attributes_page(after).attributes))
    for wanted in (store_plan.COOPERATIVE_ATTRIBUTE, *store_plan.TEXT_ATTRIBUTES):
        if wanted.slug not in known:
            yield Change(f"attribute {wanted.slug}", lambda w=wanted: _make_attribute(client, w))  # type: ignore[misc]


def _make_attribute(client: SaleorClient, wanted: AttributePlan) -> None:
    refers = wanted is store_plan.COOPERATIVE_ATTRIBUTE
    attribute_input = AttributeCreateInput(
        name=wanted.name,
        slug=wanted.slug,
        type_=AttributeTypeEnum.PRODUCT_TYPE,
        input_type=(
            AttributeInputTypeEnum.SINGLE_REFERENCE if refers else AttributeInputTypeEnum.PLAIN_TEXT
        ),
        value_required=refers,
    )
    if refers:
        attribute_input.entity_type = AttributeEntityTypeEnum.PAGE
    attribute = accepted(client.create_attribute(attribute_input).attribute_create).attribute
    assert attribute is not None
    ids.link(ids.ATTRIBUTE, ids.of_slug(ids.ATTRIBUTE, wanted.slug), attribute.id)


def type_changes(client: SaleorClient) -> Iterator[Change]:
    page_types = nodes(lambda after: client.page_types_page(after).page_types)
    product_types = nodes(lambda after: client.product_types_page(after).product_types)
    if store_plan.PAGE_TYPE.slug not in _known(ids.PAGE_TYPE, page_types):
        yield Change(f"page type {store_plan.PAGE_TYPE.slug}", lambda: _make_page_type(client))
    if store_plan.PRODUCT_TYPE.slug not in _known(ids.PRODUCT_TYPE, product_types):
        yield Change(
            f"product type {store_plan.PRODUCT_TYPE.slug}", lambda: _make_product_type(client)
        )


def _make_page_type(client: SaleorClient) -> None:
    wanted = store_plan.PAGE_TYPE
    page_type_input = PageTypeCreateInput(name=wanted.name, slug=wanted.slug)
    made = accepted(client.create_page_type(page_type_input).page_type_create).page_type
    assert made is not None
    ids.link(ids.PAGE_TYPE, ids.of_slug(ids.PAGE_TYPE, wanted.slug), made.id)


def _make_product_type(client: SaleorClient) -> None:
    wanted = store_plan.PRODUCT_TYPE
    attributes = (store_plan.COOPERATIVE_ATTRIBUTE, *store_plan.TEXT_ATTRIBUTES)
    product_type_input = ProductTypeInput(
        name=wanted.name,
        slug=wanted.slug,
        kind=ProductTypeKindEnum.NORMAL,
        has_variants=True,
        is_shipping_required=True,
        product_attributes=[
            ids.global_id(ids.ATTRIBUTE, ids.of_slug(ids.ATTRIBUTE, a.slug)) for a in attributes
        ],
    )
    made = accepted(client.create_product_type(product_type_input).product_type_create).product_type
    assert made is not None
    ids.link(ids.PRODUCT_TYPE, ids.of_slug(ids.PRODUCT_TYPE, wanted.slug), made.id)


def category_changes(client: SaleorClient) -> Iterator[Change]:
    known = _known(ids.CATEGORY, nodes(lambda after: client.categories_page(after).categories))
    for wanted in store_plan.categories():
        if wanted.slug not in known:
            yield Change(f"category {wanted.slug}", lambda w=wanted: _make_category(client, w))  # type: ignore[misc]


def _make_category(client: SaleorClient, wanted: CategoryPlan) -> None:
    base = settings.BASE_LANGUAGE
    category_input = CategoryInput(name=wanted.name(base), slug=wanted.slug)
    made = accepted(client.create_category(category_input).category_create).category
    assert made is not None
    ids.link(ids.CATEGORY, ids.of_slug(ids.CATEGORY, wanted.slug), made.id)
    for language, code in _TRANSLATED.items():
        if language != base:
            text = TranslationInput(name=wanted.name(language))
            accepted(client.translate_category(made.id, code, text).category_translate)
