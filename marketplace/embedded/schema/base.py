"""Object types of models: ids, metadata, and which GraphQL type shows which model."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from marketplace.embedded.context import RequestContext
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.metadata_kinds import private_readers_of
from marketplace.embedded.models.base import EngineModel
from marketplace.embedded.schema.scalars import Metadata

Info = GraphQLResolveInfo
TYPES: dict[type, type[graphene.ObjectType]] = {}


def context_of(info: Info) -> RequestContext:
    """Return the typed context of the running operation."""
    context: RequestContext = info.context
    return context


def object_type_of(instance: object) -> type[graphene.ObjectType] | None:
    """Return the GraphQL type that shows `instance`, for interfaces and unions."""
    for cls in type(instance).__mro__:
        if cls in TYPES:
            return TYPES[cls]
    return None


def type_name_of(instance: object) -> str:
    """Return the name of the GraphQL type that shows `instance`."""
    found = object_type_of(instance)
    return str(found._meta.name) if found else type(instance).__name__  # noqa: SLF001


def global_id_of(instance: EngineModel) -> str:
    """Return the global id of a row, by the GraphQL type that shows its model."""
    return to_global_id(type_name_of(instance), instance.pk)


class ResolvesByModel:
    """Mixin of interfaces and unions whose types are found by the row's model."""

    @classmethod
    def resolve_type(cls, instance: object, _info: Info) -> Any:
        return (
            type(instance)
            if isinstance(instance, graphene.ObjectType)
            else (object_type_of(instance))
        )


class Node(ResolvesByModel, graphene.Interface):
    """An object with a global id."""

    id = graphene.ID(required=True)


class MetadataItem(graphene.ObjectType):
    """One key with its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class MetadataInput(graphene.InputObjectType):
    """One key with its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class ObjectWithMetadata(ResolvesByModel, graphene.Interface):
    """An object with public and private key-value pairs."""

    private_metadata = graphene.List(graphene.NonNull(MetadataItem), required=True)
    private_metafield = graphene.String(key=graphene.String(required=True))
    private_metafields = graphene.Field(
        Metadata, keys=graphene.List(graphene.NonNull(graphene.String))
    )
    metadata = graphene.List(graphene.NonNull(MetadataItem), required=True)
    metafield = graphene.String(key=graphene.String(required=True))
    metafields = graphene.Field(Metadata, keys=graphene.List(graphene.NonNull(graphene.String)))


def _items(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": values[key]} for key in sorted(values)]


def _picked(values: dict[str, str], keys: list[str] | None) -> dict[str, str]:
    return values if keys is None else {key: values[key] for key in keys if key in values}


def _require_private(root: Any, info: Info) -> None:
    """Raise PermissionDenied unless the caller may read it; an App may read its own."""
    context = context_of(info)
    permissions = private_readers_of(info.parent_type.name)
    if permissions and root != context.app:
        context.require(*permissions)
    else:
        context.require_staff_or_app()


class ModelType(graphene.ObjectType):
    """Base of the types that show a model.

    Meta options: `model` (or `models`) registers the type for interfaces and unions. The types
    that implement `ObjectWithMetadata` get its resolvers from here.
    """

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(
        cls, model: type | None = None, models: tuple[type, ...] = (), **options: Any
    ) -> None:
        for each in (*models, *((model,) if model else ())):
            TYPES[each] = cls
        super().__init_subclass_with_meta__(**options)

    @staticmethod
    def resolve_id(root: EngineModel, info: Info) -> str:
        return to_global_id(info.parent_type.name, root.pk)

    @staticmethod
    def resolve_metadata(root: Any, _info: Info) -> list[dict[str, str]]:
        return _items(root.metadata)

    @staticmethod
    def resolve_metafield(root: Any, _info: Info, key: str) -> str | None:
        value: str | None = root.metadata.get(key)
        return value

    @staticmethod
    def resolve_metafields(root: Any, _info: Info, keys: list[str] | None = None) -> dict[str, str]:
        return _picked(root.metadata, keys)

    @staticmethod
    def resolve_private_metadata(root: Any, info: Info) -> list[dict[str, str]]:
        _require_private(root, info)
        return _items(root.private_metadata)

    @staticmethod
    def resolve_private_metafield(root: Any, info: Info, key: str) -> str | None:
        _require_private(root, info)
        value: str | None = root.private_metadata.get(key)
        return value

    @staticmethod
    def resolve_private_metafields(
        root: Any, info: Info, keys: list[str] | None = None
    ) -> dict[str, str]:
        _require_private(root, info)
        return _picked(root.private_metadata, keys)


def list_of(inner: Any, **options: Any) -> graphene.List:
    """Return ``[inner!]``; with `required=True`, ``[inner!]!``."""
    return graphene.List(graphene.NonNull(inner), **options)
