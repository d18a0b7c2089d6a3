"""Writing the texts of objects in a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Required, TypedDict

from marketplace.embedded import ids
from marketplace.embedded.errors import RowProblem, refuse
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.models import Product, ProductTranslation
from marketplace.embedded.models.base import forget_relations
from marketplace.embedded.webhooks import emit, emit_many


def translate(
    row: Any, translation_model: Any, owner: str, language_code: str, data: Mapping[str, Any]
) -> None:
    """Write an object's texts in a language; `owner` is the translation's field for the object.

    Emits the translation's event only, as Saleor does. Refuses UNIQUE for a slug that another
    object has in that language.
    """
    code = stored_code(language_code)
    slug = data.get("slug")
    if slug:
        others = translation_model.objects.filter(slug=slug, language_code=code)
        if others.exclude(**{owner: row}).exists():
            raise refuse("UNIQUE", "Translation with this slug already exists.", field="slug")
    found, created = translation_model.objects.update_or_create(
        **{owner: row}, language_code=code, defaults=dict(data)
    )
    emit("TRANSLATION_CREATED" if created else "TRANSLATION_UPDATED", found)
    forget_relations(row)


class ProductTranslationData(TypedDict, total=False):
    """The texts of one product, identified by id or external reference, in one language."""

    id: str | None
    external_reference: str | None
    language_code: Required[Any]
    translation_fields: Required[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class BulkTranslation:
    """How many rows were written, and the problem of each row, None for the good ones."""

    count: int
    problems: list[RowProblem | None]


def translate_products(
    rows: Sequence[ProductTranslationData], *, error_policy: str
) -> BulkTranslation:
    """Write texts of many products within the open write.

    REJECT_EVERYTHING writes nothing if any row has a problem; the other policies leave it out.
    """
    products = _find_products(rows)
    not_found = RowProblem("id", "NOT_FOUND", "Couldn't resolve to an object.")
    problems = [None if product else not_found for product in products]
    if error_policy == "REJECT_EVERYTHING" and any(problems):
        return BulkTranslation(0, problems)
    good = [
        (product, row) for product, row in zip(products, rows, strict=True) if product is not None
    ]
    _store(good)
    return BulkTranslation(len(good), problems)


def _find_products(rows: Sequence[ProductTranslationData]) -> list[Product | None]:
    """Return the product of each row, or None."""
    given = [key for row in rows if (key := row.get("id"))]
    known = Product.objects.in_bulk(ids.pks(given, "Product"))
    by_id = {ids.to_global_id("Product", pk): product for pk, product in known.items()}
    references = [key for row in rows if (key := row.get("external_reference"))]
    found = Product.objects.filter(external_reference__in=references)
    by_reference = {product.external_reference: product for product in found}
    return [
        by_id.get(row.get("id") or "") or by_reference.get(row.get("external_reference"))
        for row in rows
    ]


def _store(good: Sequence[tuple[Product, ProductTranslationData]]) -> None:
    """Create or change the translations, and emit an event for each."""
    rows = ProductTranslation.objects.filter(product__in=[product for product, _ in good])
    known = {(row.product_id, row.language_code): row for row in rows}
    created: list[ProductTranslation] = []
    changed: list[ProductTranslation] = []
    for product, item in good:
        code = stored_code(str(getattr(item["language_code"], "value", item["language_code"])))
        row = known.get((product.pk, code))
        if row is None:
            row = ProductTranslation(product=product, language_code=code)
            known[product.pk, code] = row
            created.append(row)
        elif row not in created:
            changed.append(row)
        for name, value in item["translation_fields"].items():
            setattr(row, name, value)
    ProductTranslation.objects.bulk_create(created)
    ProductTranslation.objects.bulk_update(
        changed, ["slug", "name", "description", "seo_title", "seo_description"]
    )
    emit_many("TRANSLATION_CREATED", created)
    emit_many("TRANSLATION_UPDATED", changed)
