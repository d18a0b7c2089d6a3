"""Slugs: making one from a name, and refusing one that is taken."""

import secrets
from typing import Any

from django.db import models
from django.utils.text import slugify

from marketplace.embedded.errors import refuse

# Leaves room for a number within the 255 characters of the slug columns.
_MAX_LENGTH = 230


def unique_slug(model: type[models.Model], text: str, **scope: Any) -> str:
    """Return a slug made from `text` that no row of `model` (within `scope`) has."""
    base = slugify(text, allow_unicode=True)[:_MAX_LENGTH] or secrets.token_hex(4)
    rows = model._default_manager.filter(slug__startswith=base, **scope)  # noqa: SLF001
    taken = set(rows.values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def ensure_unique_slug(row: Any, name: str, *, kind: str) -> None:
    """Give a row without a slug one made from `name`; refuses UNIQUE for a slug that is taken.

    `kind` is what the message calls the row.
    """
    model = type(row)
    row.slug = row.slug or unique_slug(model, name)
    if model.objects.filter(slug=row.slug).exclude(pk=row.pk).exists():
        raise refuse("UNIQUE", f"{kind} with this Slug already exists.", field="slug")
