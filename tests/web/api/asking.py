"""Asking the API as somebody, the way a client does."""

from typing import Any

from django.test import Client

from vendors.models import User

ADDRESS = "/api/graphql/"


def client_of(user: User | None = None, **options: Any) -> Client:
    """A client with the user's session, or nobody's."""
    client = Client(**options)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(
    document: str,
    user: User | None = None,
    *,
    language: str = "en",
    client: Client | None = None,
    **variables: Any,
) -> dict[str, Any]:
    """The JSON of the answer."""
    found: dict[str, Any] = (
        (client or client_of(user))
        .post(
            ADDRESS,
            {"query": document, "variables": variables},
            content_type="application/json",
            headers={"Accept-Language": language},
        )
        .json()
    )
    return found


def data(document: str, user: User | None = None, **options: Any) -> dict[str, Any]:
    """The data of an answer without errors."""
    found = ask(document, user, **options)
    assert "errors" not in found, found
    answered: dict[str, Any] = found["data"]
    return answered


def codes(found: dict[str, Any]) -> list[str]:
    """The codes of an answer's errors."""
    return [error["extensions"]["code"] for error in found.get("errors", [])]
