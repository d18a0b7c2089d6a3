"""Execution of a GraphQL request, from its text to the JSON of its result."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, execute, get_operation_ast

from marketplace.core.errors import TwizaError
from marketplace.core.logs import request_id
from marketplace.web.api import document_shape, limits
from marketplace.web.api.caller import Caller
from marketplace.web.api.documents import Unreadable, error_json, read_document
from marketplace.web.api.errors import NotJson, OurFault, TooDeep, as_refusal
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


def execute_request(
    request: ApiRequest, caller: Caller, charge: Callable[[int], None]
) -> tuple[int, dict[str, Any]]:
    """The HTTP status and the JSON of the response: 400 when all is refused, else 200.

    ``charge`` takes the cost before anything is executed; what it raises, this raises.
    """
    schema = build_schema().graphql_schema
    try:
        document_shape.check_values(request.variables)
        document = read_document(request.document)
        operation = get_operation_ast(document, request.operation)
        if operation is None:
            raise NotJson
        cost = limits.check_weight(schema, document, operation, request.variables)
    except RecursionError:
        return BAD, {"errors": [refusal_json(TooDeep(most=document_shape.DEEPEST))]}
    except TwizaError as refusal:
        return BAD, {"errors": [refusal_json(refusal)]}
    except Unreadable as unreadable:
        return BAD, {"errors": unreadable.errors}
    charge(cost)
    return _executed(request, document, caller)


def _executed(
    request: ApiRequest, document: DocumentNode, caller: Caller
) -> tuple[int, dict[str, Any]]:
    result = execute(
        build_schema().graphql_schema,
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


def _of_field(error: GraphQLError) -> dict[str, Any]:
    cause = error.original_error
    if isinstance(cause, TwizaError):
        refused = refusal_json(cause)
        return error_json(error, refused["extensions"]["code"]) | {"message": refused["message"]}
    if cause is None or isinstance(cause, GraphQLError):
        return error_json(error, "BAD_VALUE")
    logger.error("A field of the API failed", exc_info=cause)
    return error_json(error, OurFault.code.upper()) | {
        "message": str(OurFault(number=request_id.get()))
    }
