"""Slugs, plain text of rich texts, and the folding that search compares by."""

import secrets
import unicodedata
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import slugify

from marketplace.embedded.models import Product, ProductVariant


def unique_slug(model: type[models.Model], text: str, **scope: Any) -> str:
    """Return a slug made from `text` that no row of `model` (within `scope`) has."""
    base = slugify(text, allow_unicode=True)[:230] or secrets.token_hex(4)
    rows = model._default_manager.filter(slug__startswith=base, **scope)  # noqa: SLF001
    taken = set(rows.values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def plain_text(rich: Any) -> str:
    """Return the words of an EditorJS document."""
    blocks = rich.get("blocks", []) if isinstance(rich, dict) else []
    words = []
    for block in blocks:
        data = block.get("data", {})
        items = data.get("items") or []
        words += [data.get("text", ""), *(item for item in items if isinstance(item, str))]
    return " ".join(strip_tags(word) for word in words if word)


def fold(text: str) -> str:
    """Fold case, accents and hamza (as Saleor's search does; not ta marbuta, not tatweel)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def search_text_of(product: Product, skus: list[str]) -> str:
    """Return what a product is found by: name, description, stock-keeping units."""
    return fold(" ".join([product.name, plain_text(product.description), *skus]))


def index_products(products: list[Product]) -> None:
    """Recompute the search column of products (two queries for all of them)."""
    skus: dict[int, list[str]] = {product.pk: [] for product in products}
    variants = ProductVariant.objects.filter(product_id__in=skus)
    for product_id, sku in variants.values_list("product_id", "sku"):
        skus[product_id].append(sku or "")
    for product in products:
        product.search_text = search_text_of(product, skus[product.pk])
    Product.objects.bulk_update(products, ["search_text"])
    vector = SearchVector("search_text", config="simple")
    Product.objects.filter(pk__in=skus).update(search_vector=vector)
