"""Writing texts of many products, in several languages, in one call."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, unit_of_work
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.error_policy import ErrorPolicyEnum
from marketplace.embedded.schema.languages import stored_code
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.translation import TranslationInput
from marketplace.embedded.webhooks import emit_many

ProductTranslateErrorCode = string_enum(
    "ProductTranslateErrorCode", "GRAPHQL_ERROR", "INVALID", "NOT_FOUND", "REQUIRED"
)


class ProductBulkTranslateInput(graphene.InputObjectType):
    """The texts of one product, named by its id or its reference, in one language."""

    id = graphene.ID()
    external_reference = graphene.String()
    language_code = LanguageCodeEnum(required=True)
    translation_fields = TranslationInput(required=True)


class ProductBulkTranslateError(graphene.ObjectType):
    """Why a row was refused."""

    path = graphene.String()
    message = graphene.String()
    code = ProductTranslateErrorCode(required=True)


class ProductBulkTranslateResult(graphene.ObjectType):
    """What became of a row."""

    errors = list_of(ProductBulkTranslateError)


class ProductBulkTranslate(EngineMutation):
    """Write many translations; the policy says what a faulty row does to the others."""

    class Meta:
        permissions = ("MANAGE_TRANSLATIONS",)

    class Arguments:
        translations = list_of(ProductBulkTranslateInput, required=True)
        error_policy = ErrorPolicyEnum()

    atomic = False
    count = graphene.Int(required=True)
    results = list_of(ProductBulkTranslateResult, required=True)
    errors = list_of(ProductBulkTranslateError, required=True)

    @classmethod
    def perform(
        cls, _info: Info, translations: list[dict[str, Any]], error_policy: str | None = None
    ) -> "ProductBulkTranslate":
        with unit_of_work.write():
            products = _products_of(translations)
            problems = [None if product else _not_found() for product in products]
            keeps = (error_policy or "REJECT_EVERYTHING") != "REJECT_EVERYTHING"
            good = [
                (product, row)
                for product, row in zip(products, translations, strict=True)
                if product is not None and (keeps or not any(problems))
            ]
            _store(good)
        return cls(
            count=len(good),
            results=[{"errors": [problem] if problem else None} for problem in problems],
            errors=[problem for problem in problems if problem],
        )


def _products_of(rows: list[dict[str, Any]]) -> list[Any]:
    """The product of each row, or None."""
    products: Any = models.Product.objects
    known = products.in_bulk(ids.pks([row["id"] for row in rows if row.get("id")], "Product"))
    by_id = {ids.to_global_id("Product", pk): product for pk, product in known.items()}
    references = [row["external_reference"] for row in rows if row.get("external_reference")]
    found = products.filter(external_reference__in=references)
    by_reference = {product.external_reference: product for product in found}
    return [
        by_id.get(row.get("id") or "") or by_reference.get(row.get("external_reference"))
        for row in rows
    ]


def _store(good: list[tuple[models.Product, dict[str, Any]]]) -> None:
    """Make or change the translations, and tell of each."""
    rows = models.ProductTranslation.objects.filter(product__in=[p for p, _ in good])
    known = {(row.product_id, row.language_code): row for row in rows}
    made, changed = [], []
    for product, item in good:
        code = stored_code(str(getattr(item["language_code"], "value", item["language_code"])))
        row = known.get((product.pk, code))
        if row is None:
            row = models.ProductTranslation(product=product, language_code=code)
            known[product.pk, code] = row
            made.append(row)
        elif row not in made:
            changed.append(row)
        for name, value in item["translation_fields"].items():
            setattr(row, name, value)
    models.ProductTranslation.objects.bulk_create(made)
    models.ProductTranslation.objects.bulk_update(
        changed, ["slug", "name", "description", "seo_title", "seo_description"]
    )
    emit_many("TRANSLATION_CREATED", made)
    emit_many("TRANSLATION_UPDATED", changed)


def _not_found() -> dict[str, str]:
    return {"path": "id", "message": "Couldn't resolve to an object.", "code": "NOT_FOUND"}


class TranslationBulkMutations:
    """Writes of many translations."""

    product_bulk_translate = ProductBulkTranslate.Field()
