"""The search columns of products."""

from django.contrib.postgres.search import SearchVector

from marketplace.embedded.models import Product, ProductVariant
from marketplace.embedded.texts import normalize, plain_text


def index_products(products: list[Product]) -> None:
    """Recompute the search columns from name, description and SKUs, in a few queries for all."""
    skus: dict[int, list[str]] = {product.pk: [] for product in products}
    variants = ProductVariant.objects.filter(product_id__in=skus)
    for product_id, sku in variants.values_list("product_id", "sku"):
        skus[product_id].append(sku or "")
    for product in products:
        texts = [product.name, plain_text(product.description), *skus[product.pk]]
        product.search_text = normalize(" ".join(texts))
    Product.objects.bulk_update(products, ["search_text"])
    vector = SearchVector("search_text", config="simple")
    Product.objects.filter(pk__in=skus).update(search_vector=vector)
