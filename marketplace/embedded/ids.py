"""Global ids: base64 of ``Type:pk``, as Saleor writes them."""

import base64
import binascii
import uuid
from typing import Any, NamedTuple, TypeVar

from django.db import models

from marketplace.embedded.errors import refuse


class GlobalId(NamedTuple):
    """A decoded global id."""

    type_name: str
    pk: str


def to_global_id(type_name: str, pk: object) -> str:
    """Return the global id of an object of GraphQL type `type_name`."""
    return base64.b64encode(f"{type_name}:{pk}".encode()).decode()


def from_global_id(global_id: str) -> GlobalId | None:
    """Decode a global id; None when it is not one."""
    try:
        type_name, _, pk = base64.b64decode(global_id, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return GlobalId(type_name, pk) if type_name and pk else None


M = TypeVar("M", bound=models.Model)


def find(queryset: models.QuerySet[M], global_id: str | None, *type_names: str) -> M | None:
    """Return the row with this global id, or None: of another type, malformed, or absent."""
    decoded = from_global_id(global_id) if global_id else None
    if decoded is None or decoded.type_name not in type_names:
        return None
    if not valid_pk(queryset.model, decoded.pk):
        return None
    return queryset.filter(pk=decoded.pk).first()


def fetch(
    queryset: models.QuerySet[M],
    global_id: str | None,
    *type_names: str,
    field: str = "id",
    code: str = "NOT_FOUND",
) -> M:
    """Return the row with this global id; refuses `code` on `field` when there is none."""
    found = find(queryset, global_id, *type_names)
    if found is None:
        raise refuse(code, f"Couldn't resolve to a node: {global_id}", field=field)
    return found


def pks(global_ids: list[str] | None, type_name: str) -> list[Any]:
    """Return the primary keys in global ids, leaving out those of another type."""
    decoded = (from_global_id(each) for each in global_ids or [])
    return [each.pk for each in decoded if each and each.type_name == type_name]


def valid_pk(model: type[models.Model], pk: str) -> bool:
    """Tell whether `pk` can be a primary key of `model` (a number, or a UUID)."""
    if isinstance(model._meta.pk, models.UUIDField):  # noqa: SLF001
        try:
            uuid.UUID(pk)
        except ValueError:
            return False
        return True
    return pk.isascii() and pk.isdigit() and len(pk) < 19  # noqa: PLR2004 -- fits a bigint
