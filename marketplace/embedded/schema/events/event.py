"""The base of the event types, and the subscription that selects from them."""

from collections.abc import Callable
from typing import Any

import graphene

from marketplace.embedded.context import VERSION
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.apps.app import App
from marketplace.embedded.schema.base import Info, ResolvesByModel
from marketplace.embedded.webhooks.events import Occurrence, type_name_of

EVENT_TYPES: dict[str, type[graphene.ObjectType]] = {}


class IssuingPrincipal(ResolvesByModel, graphene.Union):
    """Who caused an event."""

    class Meta:
        types = (App, User)


class Event(graphene.Interface):
    """An event that Apps are told or asked about."""

    issued_at = graphene.DateTime()
    version = graphene.String()
    issuing_principal = graphene.Field(IssuingPrincipal)
    recipient = graphene.Field(App)

    @classmethod
    def resolve_type(cls, root: Occurrence, _info: Info) -> Any:
        return EVENT_TYPES[type_name_of(root.name)]

    @staticmethod
    def resolve_version(_root: Occurrence, _info: Info) -> str:
        return VERSION

    @staticmethod
    def resolve_issuing_principal(root: Occurrence, _info: Info) -> Any:
        return root.principal


Getter = Callable[..., Any]


def _resolver(getter: Getter) -> Callable[..., Any]:
    def resolve(root: Occurrence, _info: Info, **arguments: Any) -> Any:
        return getter(root, **arguments)

    return resolve


def event_type(name: str, **fields: tuple[Any, Getter]) -> type[graphene.ObjectType]:
    """Create and register the event type `name`.

    Each field is ``(graphene field, getter)``; the getter takes the `Occurrence` and the field's
    arguments: ``event_type("OrderPaid", order=(graphene.Field(Order), lambda o: o.subject))``.
    """
    body: dict[str, Any] = {
        "__doc__": "An event.",
        "Meta": type("Meta", (), {"interfaces": (Event,)}),
    }
    for field_name, (field, getter) in fields.items():
        body[field_name] = field
        body[f"resolve_{field_name}"] = staticmethod(_resolver(getter))
    made: type[graphene.ObjectType] = type(name, (graphene.ObjectType,), body)
    EVENT_TYPES[name] = made
    return made


def subject_of(occurrence: Occurrence) -> Any:
    """Getter of the subject itself."""
    return occurrence.subject


def part_of_subject(name: str) -> Getter:
    """Return the getter of an attribute of the subject."""
    return lambda occurrence: getattr(occurrence.subject, name)


class Subscription(graphene.ObjectType):
    """The root of a webhook's subscription query."""

    event = graphene.Field(Event)

    @staticmethod
    def resolve_event(root: Occurrence | None, _info: Info) -> Occurrence | None:
        return root
