"""References to types of other domains, resolved when the schema is built.

Domains refer to each other in both directions, their modules cannot."""

from collections.abc import Callable
from typing import Any

from marketplace.embedded.schema.base import TYPES


def type_of(model: type) -> Callable[[], Any]:
    """Return a lazy reference to the GraphQL type that shows `model`."""
    return lambda: TYPES[model]
