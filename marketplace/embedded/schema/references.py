"""Fields to types of other domains, found when the schema is built: domains refer both ways."""

from collections.abc import Callable
from typing import Any

from marketplace.embedded.schema.base import TYPES


def type_of(model: type) -> Callable[[], Any]:
    """Return a lazy reference to the GraphQL type that shows `model`."""
    return lambda: TYPES[model]
