"""The names, in every language, of what a listing has a code for."""

from functools import cache

from catalog.categories import find_category
from catalog.materials import materials
from vendors import geography

LANGUAGES = ("ar", "fr", "en")


@cache
def region_names(code: str) -> tuple[str, ...]:
    """The names of a region in every language."""
    return tuple(geography.region_name(code, language) for language in LANGUAGES)


@cache
def category_names(slug: str) -> tuple[str, ...]:
    """The names of a category in every language; none of an unknown one."""
    found = find_category(slug)
    return tuple(found.written_name(language) for language in LANGUAGES) if found else ()


@cache
def material_names(code: str) -> tuple[str, ...]:
    """The names of a known material in every language; of another its code."""
    found = materials().get(code)
    return tuple(found.names.values()) if found else (code,)
