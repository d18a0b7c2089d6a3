"""Reading a mutation's payload: a result or errors."""

from typing import Protocol, TypeVar

from pydantic import BaseModel

from marketplace.saleor.errors import EngineRefused


class _Payload(Protocol):
    @property
    def errors(self) -> object: ...


P = TypeVar("P", bound=_Payload)


def accepted(payload: P | None) -> P:
    """The payload if the engine accepted; raises EngineRefused with its errors otherwise."""
    if payload is None:
        raise EngineRefused([{"field": None, "message": "No answer", "code": "NO_ANSWER"}])
    if payload.errors:
        raise EngineRefused([_told(error) for error in payload.errors])  # type: ignore[attr-defined]
    return payload


def _told(error: BaseModel) -> dict[str, object]:
    told = error.model_dump(mode="json")
    told.setdefault("field", told.get("path"))
    return told
