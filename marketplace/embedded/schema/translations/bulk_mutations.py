"""Translating many products in one call."""

from typing import Any

import graphene

from marketplace.embedded import unit_of_work
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.error_policy import ErrorPolicyEnum
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.translations.inputs import TranslationInput
from marketplace.embedded.translations import ProductTranslationData, translate_products

ProductTranslateErrorCode = string_enum(
    "ProductTranslateErrorCode", "GRAPHQL_ERROR", "INVALID", "NOT_FOUND", "REQUIRED"
)


class ProductBulkTranslateInput(graphene.InputObjectType):
    """The texts of one product, identified by id or external reference, in one language."""

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
    """The problems of a row."""

    errors = list_of(ProductBulkTranslateError)


class ProductBulkTranslate(EngineMutation):
    """Write many translations; the policy says what a faulty row does to the others."""

    class Arguments:
        translations = list_of(ProductBulkTranslateInput, required=True)
        error_policy = ErrorPolicyEnum()

    atomic = False
    error_type = ProductBulkTranslateError
    permissions = ("MANAGE_TRANSLATIONS",)
    count = graphene.Int(required=True)
    results = list_of(ProductBulkTranslateResult, required=True)

    @classmethod
    def perform(
        cls,
        _info: Info,
        translations: list[ProductTranslationData],
        error_policy: str | None = None,
    ) -> Any:
        with unit_of_work.write():
            done = translate_products(
                translations, error_policy=error_policy or "REJECT_EVERYTHING"
            )
        return cls(
            count=done.count,
            results=[{"errors": [problem] if problem else None} for problem in done.problems],
            errors=[problem for problem in done.problems if problem],
        )


class TranslationBulkMutations:
    """Mutations of many translations."""

    product_bulk_translate = ProductBulkTranslate.Field()
