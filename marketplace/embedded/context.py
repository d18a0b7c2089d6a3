"""The caller of the running operation, and the schema that it runs against."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import GraphQLSchema

from marketplace.embedded.errors import EngineError, PermissionDenied

if TYPE_CHECKING:
    from marketplace.embedded.models import App, User

VERSION = "3.23.28"
SCHEMA_VERSION = "3.23"


@dataclass
class RequestContext:
    """The caller of one GraphQL operation: an App, a user, or nobody.

    `recipient` is the App for which a webhook's
    payload is being computed, and `principal` whoever caused the event. `cache` keeps what the
    operation has loaded.
    """

    app: "App | None" = None
    user: "User | None" = None
    recipient: "App | None" = None
    principal: "App | User | None" = None
    cache: dict[Any, Any] = field(default_factory=dict)

    @property
    def permissions(self) -> frozenset[str]:
        if self.app is not None:
            return frozenset(self.app.permissions) if self.app.is_active else frozenset()
        if self.user is not None and self.user.is_staff and self.user.is_active:
            return self.user.effective_permissions
        return frozenset()

    @property
    def caller(self) -> "App | User | None":
        """The App or else the user that is calling."""
        return self.app or self.user

    def may(self, *permissions: str) -> bool:
        """Tell whether the caller holds at least one of `permissions`."""
        return not self.permissions.isdisjoint(permissions)

    @property
    def is_staff_or_app(self) -> bool:
        return self.app is not None or bool(self.user and self.user.is_staff)

    def require(self, *permissions: str) -> None:
        """Raise PermissionDenied unless the caller holds one of `permissions`."""
        if not self.may(*permissions):
            raise PermissionDenied(permissions)

    def owns(self, user_id: int | None, *permissions: str) -> bool:
        """Tell whether the caller is this customer, or holds one of `permissions`."""
        if self.may(*permissions):
            return True
        return self.user is not None and self.user.pk == user_id

    def require_staff_or_app(self) -> None:
        """Raise PermissionDenied for anonymous callers and customers."""
        if not self.is_staff_or_app:
            raise PermissionDenied(("AUTHENTICATED_STAFF_USER", "AUTHENTICATED_APP"))


current_context: ContextVar[RequestContext | None] = ContextVar("engine_context", default=None)
current_schema: ContextVar[GraphQLSchema | None] = ContextVar("engine_schema", default=None)


def current_principal() -> "App | User | None":
    """Return the App or user on whose behalf the running operation acts, if any."""
    context = current_context.get()
    return context.caller if context else None


def running_schema() -> GraphQLSchema:
    """Return the schema of the running operation; raises EngineError outside of one."""
    schema = current_schema.get()
    if schema is None:
        raise EngineError("No operation is running, so there is no schema to execute against.")
    return schema
