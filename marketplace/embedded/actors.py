"""The columns that record who did something."""

from typing import TypedDict

from marketplace.embedded.models import App, User


class ActorFields(TypedDict):
    """The App or the user that did something; both None for nobody."""

    app: App | None
    user: User | None


def actor_fields(by: App | User | None) -> ActorFields:
    """Return the columns of a row that records what `by` did."""
    return {
        "app": by if isinstance(by, App) else None,
        "user": by if isinstance(by, User) else None,
    }
