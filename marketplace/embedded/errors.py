"""The errors of the embedded engine.

`CommandError` becomes a mutation's ``errors`` list; the others become top-level GraphQL errors,
whose ``extensions.exception.code`` is `code`.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class EngineError(Exception):
    """Base of the engine's own errors."""

    code = "EngineError"


class EngineCalledInTransaction(EngineError):
    """The engine was called while the caller had an open transaction of its own.

    A remote Saleor could not be part of that transaction either: store the intent first, call
    after the commit, then record the response.
    """

    code = "EngineCalledInTransaction"


class PermissionDenied(EngineError):
    """The caller lacks every permission that would allow the field or mutation."""

    code = "PermissionDenied"

    def __init__(self, permissions: Iterable[str] = (), message: str = "") -> None:
        wanted = ", ".join(permissions)
        text = "You need one of the following permissions: " + wanted
        super().__init__(message or (text if wanted else "You do not have permission."))


class InvalidToken(EngineError):
    """A user's access token is malformed or not signed by this engine."""

    code = "InvalidTokenError"


class ExpiredToken(EngineError):
    """A user's access token has expired."""

    code = "ExpiredSignatureError"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a mutation refused.

    `field` is the argument at fault, by the API's name. `extra` holds the further fields of the
    mutation's own error type (``warehouse``, ``lines``…).
    """

    code: str
    message: str
    field: str | None = None
    extra: dict[str, Any] = dataclasses.field(default_factory=dict)

    def as_payload(self) -> dict[str, Any]:
        """Return the problem with the fields of the mutation's error type."""
        return {"code": self.code, "message": self.message, "field": self.field, **self.extra}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row of a bulk mutation, or a part of it, is refused; `path` leads into its input."""

    path: str
    code: str
    message: str


class CommandError(EngineError):
    """A mutation refused, for one or more problems."""

    code = "CommandError"

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = list(problems)


def refuse(code: str, message: str = "", *, field: str | None = None, **extra: Any) -> CommandError:
    """Return the error of one refusal: `raise refuse("NOT_FOUND", "No such order.", field="id")`.

    `extra` fills the further fields of the mutation's own error type.
    """
    return CommandError(Problem(code, message or code, field, extra))
