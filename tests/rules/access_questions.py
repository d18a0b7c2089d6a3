"""Every field of the API as a question, made from the schema itself.

A field that takes arguments is a door: it reads something that may not be the caller's. A question
goes through one door and asks for every field behind it, up to the next door. An argument that has
no sample here fails the walk, and so does a door of which nobody has said whose it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_required_argument,
)

from marketplace.web.api.schema import build_schema
from tests.rules.access_addresses import part
from tests.rules.access_world import AccessWorld
from vendors.models import Cooperative, Programme


@dataclass(frozen=True)
class Step:
    """A field on the way to a door."""

    name: str
    field: GraphQLField


@dataclass(frozen=True)
class Door:
    """A field that takes arguments, with the way to it."""

    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        return ".".join(step.name for step in self.steps)

    @property
    def field(self) -> GraphQLField:
        return self.steps[-1].field


@dataclass(frozen=True)
class Asked:
    """Whose objects a question is filled with, and in whose name it is asked."""

    world: AccessWorld
    owner: Cooperative
    cooperative: Cooperative
    programme: Programme


# Whose a door is: everybody's, or that of whoever has the permission.
PUBLIC: set[str] = {
    "cooperatives", "cooperative", "cooperative.listings", "listing", "search", "suggestions",
    "regions", "sectors", "categories",
}  # fmt: skip
MEMBERS_ONLY: dict[str, str] = {
    "vendorOrders": "order:read",
    "vendorOrder": "order:read",
    "statement": "money:read",
    "statement.movements": "money:read",
    "balances": "money:read",
}
STAFF_ONLY: dict[str, str] = {
    "programme": "programme:read",
    "programme.cooperatives": "cooperative:read",
    "programme.vendorOrders": "order:read",
    "programme.vendorOrder": "order:read",
    "programme.indicators": "impact:read",
    "programme.indicators.groups": "impact:read",
}
# These name one object: filled with another's, they find nothing.
OF_ONE_OBJECT = {"vendorOrder", "programme.vendorOrder"}

# Samples by the argument's name, or by its door and name where that says something else.
# None leaves the argument out.
SAMPLES: dict[str, Callable[[Asked], str | None]] = {
    "after": lambda _asked: None,
    "readsPrices": lambda _asked: "true",
    "filter": lambda _asked: "{}",
    "first": lambda _asked: "5",
    "language": lambda _asked: "FR",
    "market": lambda _asked: "MA",
    "number": lambda _asked: None,
    "page": lambda _asked: "1",
    "sort": lambda _asked: "NEWEST",
    "state": lambda _asked: None,
    "status": lambda _asked: None,
    "text": lambda _asked: None,
    "country": lambda _asked: '"MA"',
    "region": lambda _asked: None,
    "sector": lambda _asked: None,
    "by": lambda _asked: "REGION",
    "firstOn": lambda _asked: f'"{timezone.localdate().replace(month=1, day=1)}"',
    "lastOn": lambda _asked: f'"{timezone.localdate().replace(month=12, day=31)}"',
    "month": lambda _asked: f'"{timezone.localdate():%Y-%m}"',
    "id": lambda asked: f'"{part(asked.world, asked.owner).pk}"',
    "cooperative": lambda asked: f'"{asked.cooperative.slug}"',
    "cooperative(slug)": lambda asked: f'"{asked.owner.slug}"',
    "listing(slug)": lambda asked: f'"{asked.world.listing(asked.owner).slug}"',
    "suggestions(text)": lambda _asked: '"mi"',
    "programme(slug)": lambda asked: f'"{asked.programme.slug}"',
}


def query_type() -> GraphQLObjectType:
    found = build_schema().graphql_schema.query_type
    assert found is not None
    return found


def doors() -> list[Door]:
    """Every door of the schema, however far in."""
    return list(_doors(query_type(), ()))


def _doors(kind: GraphQLObjectType, way: tuple[Step, ...]) -> Iterator[Door]:
    for name, field in kind.fields.items():
        steps = (*way, Step(name, field))
        if field.args:
            yield Door(steps)
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLObjectType):
            yield from _doors(inner, steps)


def fields_behind(kind: GraphQLObjectType) -> str:
    """A selection of all fields of a type and below, doors left out."""
    parts = []
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if field.args:
            continue
        below = fields_behind(inner) if isinstance(inner, GraphQLObjectType) else ""
        parts.append(f"{name} {below}" if below else name)
    return "{ " + " ".join(parts) + " }"


def question(door: Door, asked: Asked) -> str:
    """The document that goes through a door; KeyError for an argument without a sample."""
    kind = get_named_type(door.field.type)
    document = fields_behind(kind) if isinstance(kind, GraphQLObjectType) else ""
    for place in range(len(door.steps), 0, -1):
        step = door.steps[place - 1]
        document = f"{{ {step.name}{_arguments(step, asked)} {document} }}"
    return document


def _arguments(step: Step, asked: Asked) -> str:
    given = {name: _sample(step, name, value, asked) for name, value in step.field.args.items()}
    written = ", ".join(f"{name}: {value}" for name, value in given.items() if value is not None)
    return f"({written})" if written else ""


def _sample(step: Step, name: str, argument: GraphQLArgument, asked: Asked) -> str | None:
    own = f"{step.name}({name})"
    found = SAMPLES[own if own in SAMPLES else name](asked)
    assert found is not None or not is_required_argument(argument), own
    return found


def answered(door: Door, data: Any) -> list[Any]:
    """What stands behind a door in the data of an answer: one for each way there, None refused."""
    found = [data]
    for step in door.steps:
        values = [None if value is None else value.get(step.name) for value in found]
        found = [
            inner for value in values for inner in (value if isinstance(value, list) else [value])
        ]
    return found
