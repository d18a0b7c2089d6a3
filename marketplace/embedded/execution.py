"""Parsing and executing GraphQL documents against a schema that the caller hands over."""

from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute,
    get_operation_ast,
    parse,
    validate,
)

from marketplace.embedded.context import RequestContext, current_context, current_schema
from marketplace.embedded.request_cache import use_cache

MAX_DOCUMENT_LENGTH = 60_000


class InvalidDocument(Exception):
    """The document has a syntax error or does not fit the schema; `errors` say where."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


@lru_cache(maxsize=512)
def parse_document(schema: GraphQLSchema, query: str) -> DocumentNode:
    """Parse and validate a document, once per schema; raises InvalidDocument."""
    if len(query) > MAX_DOCUMENT_LENGTH:
        raise InvalidDocument([GraphQLError("The document is too long.")])
    try:
        document = parse(query)
    except GraphQLError as error:
        raise InvalidDocument([error]) from error
    errors = validate(schema, document)
    if errors:
        raise InvalidDocument(errors)
    return document


def execute_document(
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    context: RequestContext,
    variables: dict[str, Any] | None = None,
    operation_name: str | None = None,
    root: Any = None,
) -> ExecutionResult:
    """Execute one operation synchronously on behalf of `context`."""
    context_token = current_context.set(context)
    schema_token = current_schema.set(schema)
    try:
        with use_cache(context.cache):
            result = execute(
                schema,
                document,
                root_value=root,
                context_value=context,
                variable_values=variables,
                operation_name=operation_name,
            )
    finally:
        current_schema.reset(schema_token)
        current_context.reset(context_token)
    assert isinstance(result, ExecutionResult)
    return result


def is_subscription(document: DocumentNode, operation_name: str | None) -> bool:
    """Tell whether the chosen operation is a subscription (only webhooks may run those)."""
    operation = get_operation_ast(document, operation_name)
    return operation is not None and operation.operation is OperationType.SUBSCRIPTION


def format_error(error: GraphQLError) -> dict[str, Any]:
    """Format a top-level error with ``extensions.exception.code``, as Saleor does."""
    original = error.original_error
    code = getattr(original, "code", None) or type(original or error).__name__
    formatted: dict[str, Any] = {
        "message": error.message,
        "extensions": {"exception": {"code": code}},
    }
    if error.locations:
        formatted["locations"] = [{"line": x.line, "column": x.column} for x in error.locations]
    if error.path:
        formatted["path"] = error.path
    return formatted
