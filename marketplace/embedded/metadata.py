"""Metadata in inputs: the API's list of keys and values, a dictionary in the tables."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict


class MetadataItem(TypedDict):
    """One key with its value, as the API's MetadataInput has it."""

    key: str
    value: str


def metadata_dict(items: Sequence[MetadataItem] | None) -> dict[str, str]:
    """Turn a list of MetadataInput into the dictionary that a model keeps."""
    return {item["key"]: item["value"] for item in items or ()}


def merge_metadata(row: Any, data: Mapping[str, Any]) -> None:
    """Add an input's ``metadata`` and ``private_metadata`` to those of a row, unsaved."""
    row.metadata.update(metadata_dict(data.get("metadata")))
    row.private_metadata.update(metadata_dict(data.get("private_metadata")))
