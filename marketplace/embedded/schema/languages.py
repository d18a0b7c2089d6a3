"""Languages, and the translations of objects."""

from typing import Any

import graphene

from marketplace.embedded.language_codes import enum_code, stored_code
from marketplace.embedded.models.base import EngineModel, related_many
from marketplace.embedded.schema.base import Info
from marketplace.embedded.schema.enums import LANGUAGE_NAMES, LanguageCodeEnum


class LanguageDisplay(graphene.ObjectType):
    """A language: its code and English name (the root value is the stored code)."""

    code = LanguageCodeEnum(required=True)
    language = graphene.String(required=True)

    @staticmethod
    def resolve_code(root: str, _info: Info) -> str:
        return enum_code(root)

    @staticmethod
    def resolve_language(root: str, _info: Info) -> str:
        language, _, territory = root.partition("-")
        key = f"{language}_{territory.upper()}" if territory else language
        return LANGUAGE_NAMES.get(key, root)


def translation_of(row: EngineModel, language_code: str) -> Any:
    """Return the row's translation in a language, or None."""
    wanted = stored_code(language_code)
    found = related_many(row, "translations")
    return next((each for each in found if each.language_code == wanted), None)


def translation_field(translation_type: Any) -> graphene.Field:
    """Return the ``translation(languageCode)`` field; mix in `Translated` for its resolver."""
    return graphene.Field(translation_type, language_code=LanguageCodeEnum(required=True))


class Translated:
    """Mixin: resolves ``translation`` from the relation ``translations``."""

    @staticmethod
    def resolve_translation(root: EngineModel, _info: Info, language_code: str) -> Any:
        return translation_of(root, language_code)


class TranslationType:
    """Mixin: resolves ``language`` of a translation."""

    @staticmethod
    def resolve_language(root: Any, _info: Info) -> str:
        code: str = root.language_code
        return code
