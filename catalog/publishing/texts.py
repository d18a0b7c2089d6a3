"""A listing's texts as the engine's inputs take them."""

import html
import json

from django.conf import settings

from catalog.content import ListingText, RevisionContent
from catalog.materials import as_attribute
from catalog.publishing.engine_names import TEXT_ATTRIBUTES
from marketplace.saleor.client import LanguageCodeEnum, TranslationInput

_LANGUAGES = {
    "ar": LanguageCodeEnum.AR,
    "fr": LanguageCodeEnum.FR,
    "en": LanguageCodeEnum.EN,
}


def rich_text(text: str) -> str:
    """Plain text as the engine's rich text (Editor.js blocks), a paragraph for each line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    blocks = [
        {"type": "paragraph", "data": {"text": html.escape(line, quote=False)}} for line in lines
    ]
    return json.dumps({"blocks": blocks}, ensure_ascii=False)


def text_values(content: RevisionContent) -> dict[str, str]:
    """The plain text attributes of a product."""
    return {
        **{slug: getattr(content, field) for slug, field in TEXT_ATTRIBUTES.items() if field},
        "materials": as_attribute(content.material_codes, content.own_materials()),
        "quality-marks": "|".join(content.quality_marks),
    }


def translations(content: RevisionContent) -> dict[LanguageCodeEnum, TranslationInput]:
    """The texts of every language except that of the plain fields."""
    base = settings.BASE_LANGUAGE
    texts = {code: text for code, text in content.texts.items() if text.name.strip()}
    return {
        _LANGUAGES[code]: _translation(text)
        for code, text in texts.items()
        if code != base and code in _LANGUAGES
    }


def _translation(text: ListingText) -> TranslationInput:
    return TranslationInput(name=text.name.strip(), description=rich_text(text.description))
