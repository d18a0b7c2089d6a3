"""Writing public and private metadata of any object, under a lock of its row."""

from collections.abc import Sequence
from typing import Any

from marketplace.embedded import ids
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import CommandError, PermissionDenied, refuse
from marketplace.embedded.metadata import MetadataItem, metadata_dict
from marketplace.embedded.metadata_kinds import KINDS
from marketplace.embedded.webhooks import emit


def set_metadata(
    context: RequestContext, global_id: str, items: Sequence[MetadataItem], *, private: bool
) -> Any:
    """Set keys of an object's metadata and return its row.

    Raises PermissionDenied; refuses REQUIRED for an empty key, and NOT_FOUND.
    """
    if any(not item["key"].strip() for item in items):
        raise refuse("REQUIRED", "Metadata key cannot be empty.", field="input")
    row, event = _lock(context, global_id, private=private)
    _metadata_of(row, private=private).update(metadata_dict(items))
    return _save(row, event, private=private)


def delete_metadata(
    context: RequestContext, global_id: str, keys: Sequence[str], *, private: bool
) -> Any:
    """Remove keys of an object's metadata and return its row.

    Raises PermissionDenied; refuses NOT_FOUND.
    """
    row, event = _lock(context, global_id, private=private)
    for key in keys:
        _metadata_of(row, private=private).pop(key, None)
    return _save(row, event, private=private)


def _lock(context: RequestContext, global_id: str, *, private: bool) -> tuple[Any, str | None]:
    """Return the locked row that may be written, and the event that tells of it."""
    decoded = ids.from_global_id(global_id)
    kind = KINDS.get(decoded.type_name) if decoded else None
    if decoded is None or kind is None:
        raise _not_found(global_id)
    permissions = kind.private if private else kind.permissions
    row: Any = ids.find(kind.model._default_manager.all(), global_id, decoded.type_name)  # noqa: SLF001
    is_self = row is not None and row in {context.app, context.user} and not private
    if permissions and not is_self and not context.may(*permissions):
        raise PermissionDenied(permissions)
    if row is None:
        raise _not_found(global_id)
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk), kind.event


def _not_found(global_id: str) -> CommandError:
    return refuse("NOT_FOUND", f"Couldn't resolve to an item: {global_id}", field="id")


def _metadata_of(row: Any, *, private: bool) -> dict[str, str]:
    found: dict[str, str] = row.private_metadata if private else row.metadata
    return found


def _save(row: Any, event: str | None, *, private: bool) -> Any:
    columns = ["private_metadata" if private else "metadata"]
    if any(field.name == "updated_at" for field in row._meta.fields):  # noqa: SLF001
        columns.append("updated_at")
    row.save(update_fields=columns)
    if event:
        emit(event, row)
    return row
