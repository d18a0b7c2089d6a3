"""The texts of a listing by language, as its form has them."""

from typing import Any

from django.utils.translation import get_language

from catalog.content import ListingText, RevisionContent
from marketplace.core.word_lists import listed

LANGUAGES = (("ar", "العربية"), ("fr", "Français"), ("en", "English"))


def texts_of(answers: dict[str, Any], before: RevisionContent | None) -> dict[str, ListingText]:
    """Texts in the languages that have a name; unchanged ones stay confirmed."""
    texts = {}
    own_materials = _own_materials(answers)
    for code, _label in LANGUAGES:
        written = {
            "name": answers[f"name_{code}"],
            "description": answers[f"description_{code}"],
            "materials": own_materials[code],
        }
        if any(written.values()):
            known = before.texts.get(code) if before else None
            same = known and known.model_dump(exclude={"confirmed"}) == written
            texts[code] = known if known and same else ListingText(**written, confirmed=True)
    return texts


def _own_materials(answers: dict[str, Any]) -> dict[str, str]:
    """By language the words that no code names; those among the materials are in the reader's."""
    language = get_language() or "ar"
    return {
        code: listed(
            (
                *filter(None, [answers[f"own_materials_{code}"]]),
                *(answers["materials"].others if code == language else ()),
            ),
            language=code,
        )
        for code, _label in LANGUAGES
    }


def source_of(texts: dict[str, ListingText], before: RevisionContent | None) -> str:
    """The original language: as before, else the reader's own, else any with a name."""
    wanted = (before.source_language if before else "", get_language() or "", *texts)
    return next((code for code in wanted if code in texts and texts[code].name), "ar")
