"""Applying the fields of an API input to a row."""

from collections.abc import Mapping
from typing import Any, TypedDict


class SeoData(TypedDict, total=False):
    """Title and description for search engines."""

    title: str | None
    description: str | None


def set_given(row: Any, data: Mapping[str, Any], *names: str) -> None:
    """Set the named fields of a row, unsaved: those that are given and not null."""
    for name in names:
        if data.get(name) is not None:
            setattr(row, name, data[name])


def set_if_present(row: Any, data: Mapping[str, Any], *names: str) -> None:
    """Set the named fields of a row, unsaved: those that are given, null included."""
    for name in names:
        if name in data:
            setattr(row, name, data[name])


def set_seo(row: Any, data: Mapping[str, Any]) -> None:
    """Set a row's ``seo_title`` and ``seo_description`` from an input, unsaved."""
    for name, value in (data.get("seo") or {}).items():
        setattr(row, f"seo_{name}", value)
