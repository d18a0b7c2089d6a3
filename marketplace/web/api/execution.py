"""Execution of a GraphQL request, from its text to the JSON of its result."""

import logging
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    execute,
    get_operation_ast,
    parse,
    validate,
)

from marketplace.core.errors import TwizaError
from marketplace.core.logs import request_id
from marketplace.web.api import limits
from marketplace.web.api.caller import Caller
from marketplace.web.api.errors import NotJson, OurFault, TooDeep, TooLong, as_refusal
from marketplace.web.api.schema import build_schema

logger = logging.getLogger(__name__)
OK, BAD = 200, 400


@dataclass(frozen=True)
class ApiRequest:
    """A GraphQL document with its variables, as a client sends it."""

    document: str
    variables: dict[str, Any] = field(default_factory=dict)
    operation: str | None = None

    @classmethod
    def read(cls, body: Any) -> "ApiRequest":
        """From the request's JSON; raises NotJson."""
        if not isinstance(body, dict):
            raise NotJson
        document = body.get("query")
        variables = body.get("variables") or {}
        operation = body.get("operationName")
        fits = isinstance(document, str) and isinstance(variables, dict)
        if not fits or not (operation is None or isinstance(operation, str)):
            raise NotJson
        return cls(str(document), variables, operation)


def execute_request(request: ApiRequest, caller: Caller) -> tuple[int, dict[str, Any]]:
    """The HTTP status and the JSON of the response: 400 when all is refused, else 200."""
    try:
        document = _read(request.document)
        operation = get_operation_ast(document, request.operation)
        if operation is None:
            raise NotJson
        schema = build_schema().graphql_schema
        limits.check_weight(schema, document, operation, request.variables)
    except RecursionError:
        return BAD, {"errors": [refusal_json(TooDeep(most=limits.DEEPEST))]}
    except TwizaError as refusal:
        return BAD, {"errors": [refusal_json(refusal)]}
    except _Unreadable as unreadable:
        return BAD, {"errors": [_plain(error, "INVALID_DOCUMENT") for error in unreadable.errors]}
    result = execute(
        schema,
        document,
        context_value=caller,
        variable_values=request.variables,
        operation_name=request.operation,
    )
    assert isinstance(result, ExecutionResult)
    found: dict[str, Any] = {}
    if result.errors:
        found["errors"] = [_of_field(error) for error in result.errors]
    if result.data is None and result.errors and not result.errors[0].path:
        return BAD, found
    return OK, {"data": result.data, **found}


def refusal_json(error: TwizaError) -> dict[str, Any]:
    """A refusal in the form of GraphQL errors."""
    refusal = as_refusal(error)
    return {"message": str(refusal), "extensions": {"code": refusal.code.upper()}}


class _Unreadable(Exception):
    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__()
        self.errors = errors


@lru_cache(maxsize=256)
def _read(text: str) -> DocumentNode:
    """Parse and validate a document; the result is cached for identical documents."""
    if len(text) > limits.LONGEST_DOCUMENT:
        raise TooLong(most=limits.LONGEST_DOCUMENT)
    try:
        document = parse(text, max_tokens=limits.MOST_TOKENS)
    except GraphQLError as error:
        raise _Unreadable([error]) from error
    limits.check_aliases(document)
    if errors := validate(build_schema().graphql_schema, document, max_errors=10):
        raise _Unreadable(errors)
    return document


def _of_field(error: GraphQLError) -> dict[str, Any]:
    cause = error.original_error
    if isinstance(cause, TwizaError):
        refused = refusal_json(cause)
        return _plain(error, refused["extensions"]["code"]) | {"message": refused["message"]}
    if cause is None or isinstance(cause, GraphQLError):
        return _plain(error, "BAD_VALUE")
    logger.error("A field of the API failed", exc_info=cause)
    return _plain(error, OurFault.code.upper()) | {
        "message": str(OurFault(number=request_id.get()))
    }


def _plain(error: GraphQLError, code: str) -> dict[str, Any]:
    formatted: dict[str, Any] = {"message": error.message, "extensions": {"code": code}}
    if error.locations:
        formatted["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        formatted["path"] = error.path
    return formatted
