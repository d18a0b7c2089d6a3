"""Documents read and validated, or refused; each text is judged once while it is remembered."""

import hashlib
import threading
from collections import OrderedDict
from typing import Any, Generic, TypeVar

from graphql import DocumentNode, GraphQLError, parse, specified_rules, validate
from graphql.validation import OverlappingFieldsCanBeMergedRule, ValidationContext

from marketplace.core.errors import TwizaError
from marketplace.web.api import document_shape
from marketplace.web.api.errors import TooDeep, TooManyFields
from marketplace.web.api.schema import build_schema

Value = TypeVar("Value")
# A document with its tokens takes up to a megabyte, a refusal next to nothing.
DOCUMENTS_KEPT, REFUSALS_KEPT = 64, 2_000
MOST_ERRORS = 10
# Units in which the library counts comparisons of fields: two for a pair. Its own limit of 500,000
# takes a second. A screen's query of a hundred fields spends a few hundred.
MOST_COMPARED = 5_000
# What the library says when that is spent.
ABORTED = "Validation aborted."


class Unreadable(Exception):
    """A document that is no valid GraphQL; ``errors`` as the response shows them."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("the document is not valid")
        self.errors = errors


class FewComparisons(OverlappingFieldsCanBeMergedRule):
    """The library's rule, which gives up sooner."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = MOST_COMPARED


RULES = [
    FewComparisons if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules
]


class _Kept(Generic[Value]):
    """The most recently used values by their key, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._values: OrderedDict[bytes, Value] = OrderedDict()

    def get(self, key: bytes) -> Value | None:
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, key: bytes, value: Value) -> None:
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._most:
                self._values.popitem(last=False)


_documents = _Kept[DocumentNode](DOCUMENTS_KEPT)
_refusals = _Kept[TwizaError | Unreadable](REFUSALS_KEPT)


def read_document(text: str) -> DocumentNode:
    """The valid document of a text. Raises Unreadable, or the limit that the text exceeds."""
    key = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    if known := _documents.get(key):
        return known
    refusal = _refusals.get(key)
    if refusal is None:
        try:
            document = _read(text)
        except (TwizaError, Unreadable) as error:
            refusal = error.with_traceback(None)
            refusal.__context__ = refusal.__cause__ = None
            _refusals.keep(key, refusal)
        else:
            _documents.keep(key, document)
            return document
    # A new one each time: an exception that is raised again keeps every frame it came through.
    if isinstance(refusal, Unreadable):
        raise Unreadable(refusal.errors)
    raise type(refusal)(**refusal.params)


def _read(text: str) -> DocumentNode:
    try:
        document_shape.check_tokens(text)
        document = parse(text, max_tokens=document_shape.MOST_TOKENS)
        document_shape.check_shape(document)
    except GraphQLError as error:
        raise Unreadable([error_json(error, "INVALID_DOCUMENT")]) from error
    except RecursionError as error:
        raise TooDeep(most=document_shape.DEEPEST) from error
    schema = build_schema().graphql_schema
    errors = validate(schema, document, RULES, max_errors=MOST_ERRORS)
    if any(error.message == ABORTED for error in errors):
        raise TooManyFields(most=document_shape.MOST_FIELDS)
    if errors:
        raise Unreadable([error_json(error, "INVALID_DOCUMENT") for error in errors])
    return document


def error_json(error: GraphQLError, code: str) -> dict[str, Any]:
    """An error of the library in the form of the response."""
    formatted: dict[str, Any] = {"message": error.message, "extensions": {"code": code}}
    if error.locations:
        formatted["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        formatted["path"] = error.path
    return formatted
