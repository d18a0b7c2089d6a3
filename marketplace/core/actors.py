"""The actor of a change: every service takes it as ``by``."""

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["user", "buyer", "system", "saleor"]


@dataclass(frozen=True)
class Actor:
    """A person or a machine that acts. ``id`` is the user's id as text, empty for machines.

    ``acts_for`` is the id of the cooperative for which somebody who is not its member acts.
    """

    kind: ActorKind
    id: str
    name: str
    acts_for: str = ""

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A job, a sweep or a command of ours, by its name."""
        return cls("system", "", name)

    @classmethod
    def saleor(cls) -> "Actor":
        """The commerce engine, through a webhook."""
        return cls("saleor", "", "saleor")

    @classmethod
    def buyer(cls, link_of: object) -> "Actor":
        """Whoever holds the link of an order or a conversation; no personal data."""
        return cls("buyer", str(link_of), "buyer")
