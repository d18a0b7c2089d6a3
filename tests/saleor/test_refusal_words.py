"""The engine's refusals by code and field: in three languages, and never in its own sentences."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLObjectType,
    OperationDefinitionNode,
    build_schema,
    get_named_type,
    parse,
)

from marketplace.core.logs import request_id
from marketplace.orders.address import Address
from marketplace.orders.models import CheckoutAttempt
from marketplace.orders.services.checkout.refusals import in_buyers_words
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from marketplace.saleor.kept_refusals import kept_reason, reason_in_words
from marketplace.saleor.refusal_words import CODES, FIELDS

OPERATIONS = Path("marketplace/saleor/operations")
LANGUAGES = ("ar", "fr", "en")
# What an engine writes; none of its words may be read by anybody.
ENGINE = "Zorblatt: this value is invalid for the address"
FIELD_NAMES = ("postalCode", "phone", "input.name", "somethingNew", "", None)


def documents() -> Iterator[DocumentNode]:
    for path in sorted(OPERATIONS.glob("*.graphql")):
        yield parse(path.read_text("utf-8"))


def codes_of(sdl: str) -> set[str]:
    """The error codes of all mutations that we use."""
    schema = build_schema(sdl, assume_valid=True)
    assert schema.mutation_type is not None
    found: set[str] = set()
    for document in documents():
        for operation in document.definitions:
            if not isinstance(operation, OperationDefinitionNode):
                continue
            if operation.operation.value != "mutation":
                continue
            for chosen in operation.selection_set.selections:
                assert isinstance(chosen, FieldNode)
                field = schema.mutation_type.fields.get(chosen.name.value)
                if field is not None:
                    found |= set(_codes_below(get_named_type(field.type), 3))
    return found


def _codes_below(kind: object, depth: int) -> Iterator[str]:
    if not isinstance(kind, GraphQLObjectType) or not depth:
        return
    code = kind.fields.get("code")
    if kind.name.endswith("Error") and code is not None:
        values = get_named_type(code.type)
        if isinstance(values, GraphQLEnumType):
            yield from values.values
    for name, field in kind.fields.items():
        if name.lower().endswith("errors") or name == "results":
            yield from _codes_below(get_named_type(field.type), depth - 1)


@pytest.fixture(scope="module")
def codes() -> list[str]:
    folder = os.environ.get("TWIZA_SALEOR_SDL")
    if not folder:
        pytest.skip("TWIZA_SALEOR_SDL does not name a folder with Saleor's official schemas")
    sdls = [path.read_text("utf-8") for path in Path(folder).glob("schema-*.graphql")]
    every = set().union(*(codes_of(sdl) for sdl in sdls))
    assert len(every) > 100
    return sorted(every | {"PermissionDenied", "", "SOMETHING_NEW"})


def attempt() -> CheckoutAttempt:
    address = Address(name="A", line1="1 rue", city="Tunis", country_code="TN")
    return CheckoutAttempt(address_json=address.model_dump_json(), lines=[])


def told(code: str, field: str | None) -> list[str]:
    """All that people could read of a refusal, wherever it comes from."""
    refused = EngineRefused([{"code": code, "field": field, "message": ENGINE}])
    buyers = in_buyers_words(refused, attempt())
    return [
        str(refused),
        kept_reason(refused),
        reason_in_words(kept_reason(refused)),
        str(buyers),
        *(str(text) for text in getattr(buyers, "errors", {}).values()),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_no_sentence_of_the_engine_is_read_by_anybody(codes: list[str], language: str) -> None:
    with translation.override(language):
        for code in codes:
            for field in FIELD_NAMES:
                for text in told(code, field):
                    assert text
                    assert "Zorblatt" not in text
                    assert "invalid for" not in text
                    if code and code != "INVALID" and "|" not in text:
                        assert code not in text


def test_each_language_has_its_own_words(codes: list[str]) -> None:
    for code in [*codes, *CODES]:
        refused = EngineRefused([{"code": code, "field": "postalCode", "message": ENGINE}])
        words = []
        for language in LANGUAGES:
            with translation.override(language):
                words.append(str(refused))
        assert len(set(words)) == len(LANGUAGES), code
        assert any("\u0600" <= sign <= "\u06ff" for sign in words[0])


def test_what_has_no_words_has_the_requests_number() -> None:
    refused = EngineRefused([{"code": "SOMETHING_NEW", "field": None, "message": ENGINE}])
    token = request_id.set("3fa2b1c4d5e6")
    try:
        kept = kept_reason(refused)
        assert "3fa2b1c4d5e6" in str(refused)
    finally:
        request_id.reset(token)
    assert "3fa2b1c4d5e6" in reason_in_words(kept)  # read later, in another request


def test_the_log_has_the_engines_own_words() -> None:
    refused = EngineRefused([{"code": "INVALID", "field": "name", "message": ENGINE}])
    assert ENGINE in repr(refused)
    assert any(ENGINE in note for note in refused.__notes__)
    unavailable = EngineUnavailable("HTTP 502")
    assert "502" in repr(unavailable)
    assert "502" not in str(unavailable)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_stored_in_any_form_shows_no_sentence_of_the_engine(language: str) -> None:
    with translation.override(language):
        assert reason_in_words("") == ""
        assert "Zorblatt" not in reason_in_words(f"The engine rejected this. (INVALID: {ENGINE})")
        assert reason_in_words(kept_reason(EngineUnavailable("x"))) == str(EngineUnavailable())
        assert reason_in_words(kept_reason(None))
    assert FIELDS
