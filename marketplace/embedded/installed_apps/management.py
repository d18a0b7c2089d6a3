"""Creating local Apps, and changing what an App may do."""

from marketplace.embedded import ids
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.installed_apps.tokens import new_token, save_token
from marketplace.embedded.models import App, AppToken
from marketplace.embedded.models.base import delete_row


def check_grantable(context: RequestContext, permissions: list[str]) -> None:
    """Refuse OUT_OF_SCOPE_PERMISSION for permissions that the caller does not have."""
    missing = sorted(set(permissions) - context.permissions)
    if missing:
        message = "You can't add permission that you don't have."
        raise refuse("OUT_OF_SCOPE_PERMISSION", message, field="permissions", permissions=missing)


def _check_in_scope(context: RequestContext, app: App, field: str) -> None:
    """Refuse OUT_OF_SCOPE_APP for an App that may do more than the caller."""
    if not set(app.permissions) <= context.permissions:
        raise refuse("OUT_OF_SCOPE_APP", "You can't manage this app.", field=field)


def create_local_app(
    context: RequestContext, *, name: str | None, identifier: str | None, permissions: list[str]
) -> tuple[App, str]:
    """Create a local App with a token; return both, the only time that the token is shown.

    Raises PermissionDenied for Apps; refuses REQUIRED and OUT_OF_SCOPE_PERMISSION.
    """
    if context.app is not None:
        raise PermissionDenied(message="Only staff can create Apps.")
    if not name:
        raise refuse("REQUIRED", "This field is required.", field="name")
    check_grantable(context, permissions)
    app = App.objects.create(
        name=name, identifier=identifier or "", permissions=permissions, type="LOCAL"
    )
    token = new_token()
    save_token(app, token)
    return app, token


def update_app(
    context: RequestContext, app: App, *, name: str | None, permissions: list[str] | None
) -> None:
    """Change an App's name, and its permissions unless they are None.

    Refuses OUT_OF_SCOPE_APP and OUT_OF_SCOPE_PERMISSION.
    """
    _check_in_scope(context, app, "id")
    check_grantable(context, permissions or [])
    if permissions is not None:
        app.permissions = sorted(permissions)
    app.name = name or app.name
    app.save(update_fields=["name", "permissions"])


def set_active(app: App, *, is_active: bool) -> None:
    """Activate an App, or stop it: then its token is not accepted, its webhooks not called."""
    app.is_active = is_active
    app.save(update_fields=["is_active"])


def create_token(context: RequestContext, app_id: str, *, name: str | None) -> tuple[AppToken, str]:
    """Create another token of an App; return its row and the token.

    Refuses NOT_FOUND and OUT_OF_SCOPE_APP.
    """
    app = ids.fetch(App.objects.all(), app_id, "App", field="app")
    _check_in_scope(context, app, "app")
    token = new_token()
    return save_token(app, token, name or ""), token


def delete_token(context: RequestContext, token_id: str) -> AppToken:
    """Delete a token of an App; refuses NOT_FOUND and OUT_OF_SCOPE_APP."""
    token = ids.fetch(AppToken.objects.select_related("app"), token_id, "AppToken")
    _check_in_scope(context, token.app, "id")
    delete_row(token)
    return token
