"""Enums whose Python values are strings; those that several domains share."""

from enum import StrEnum
from typing import Any

import graphene
from babel import Locale

from marketplace.embedded.countries import COUNTRY_NAMES


def string_enum(name: str, *values: str) -> Any:
    """Return a GraphQL enum whose values arrive in resolvers as the strings themselves."""
    return graphene.Enum.from_enum(StrEnum(name, {value: value for value in values}))


CountryCode = string_enum("CountryCode", *sorted(COUNTRY_NAMES))

# The languages that programmes of the region use, and their regional variants.
_LANGUAGES = """
    ar ar_AE ar_BH ar_DJ ar_DZ ar_EG ar_IQ ar_JO ar_KM ar_KW ar_LB ar_LY ar_MA ar_MR ar_OM
    ar_PS ar_QA ar_SA ar_SD ar_SO ar_SY ar_TN ar_YE de en en_GB en_US es es_ES fr fr_BE
    fr_BF fr_BJ fr_CA fr_CH fr_CI fr_CM fr_DZ fr_FR fr_GN fr_MA fr_ML fr_MR fr_NE fr_SN
    fr_TD fr_TG fr_TN ha it nl pt pt_BR pt_PT sw wo
""".split()  # noqa: SIM905
LANGUAGE_NAMES = {code: Locale.parse(code).get_display_name("en") or code for code in _LANGUAGES}
LanguageCodeEnum = string_enum("LanguageCodeEnum", *(code.upper() for code in LANGUAGE_NAMES))

OrderDirection = string_enum("OrderDirection", "ASC", "DESC")
WeightUnitsEnum = string_enum("WeightUnitsEnum", "G", "LB", "OZ", "KG", "TONNE")
JobStatusEnum = string_enum("JobStatusEnum", "PENDING", "SUCCESS", "FAILED", "DELETED")
AllocationStrategyEnum = string_enum(
    "AllocationStrategyEnum", "PRIORITIZE_SORTING_ORDER", "PRIORITIZE_HIGH_STOCK"
)
TransactionFlowStrategyEnum = string_enum("TransactionFlowStrategyEnum", "AUTHORIZATION", "CHARGE")
MarkAsPaidStrategyEnum = string_enum("MarkAsPaidStrategyEnum", "TRANSACTION_FLOW", "PAYMENT_FLOW")
ThumbnailFormatEnum = string_enum("ThumbnailFormatEnum", "ORIGINAL", "AVIF", "WEBP")
