"""The schema explains itself and stays within what it promises."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import override
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_introspection_query,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from marketplace.web.api.schema import build_schema
from tests.web.api.asking import ask

SCHEMA = build_schema().graphql_schema
OURS = {name: kind for name, kind in SCHEMA.type_map.items() if not name.startswith("__")}


def undescribed() -> Iterator[str]:
    for name, kind in OURS.items():
        if not kind.description:
            yield name
        if isinstance(kind, GraphQLEnumType):
            yield from (f"{name}.{key}" for key, v in kind.values.items() if not v.description)
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType):
            for key, field in kind.fields.items():
                if not field.description:
                    yield f"{name}.{key}"
                for argument, asked in getattr(field, "args", {}).items():
                    if not asked.description:
                        yield f"{name}.{key}({argument})"


def test_everything_in_the_schema_is_described() -> None:
    assert list(undescribed()) == []


def test_there_is_nothing_but_reading() -> None:
    assert SCHEMA.mutation_type is None
    assert SCHEMA.subscription_type is None


def test_no_database_is_asked_below_a_list() -> None:
    """What asks the database takes arguments; below a list it would ask once for each row."""
    faults = []

    def walk(kind: GraphQLObjectType, path: str, *, within: bool) -> None:
        for name, field in kind.fields.items():
            inner = get_named_type(field.type)
            many = is_list_type(get_nullable_type(field.type)) and is_composite_type(inner)
            # A statement's movements are read with it; there are as many statements as currencies.
            if within and field.args and f"{path}.{name}" != "Query.statement.movements":
                faults.append(f"{path}.{name}")
            if isinstance(inner, GraphQLObjectType):
                walk(inner, f"{path}.{name}", within=within or many)

    assert SCHEMA.query_type is not None
    walk(SCHEMA.query_type, "Query", within=False)
    assert faults == []


def test_the_usual_tools_can_read_the_schema() -> None:
    found = ask(get_introspection_query())
    assert "errors" not in found
    assert found["data"]["__schema"]["queryType"]["name"] == "Query"


def test_a_refusal_has_words_in_every_language() -> None:
    document = '{ balances(cooperative: "anything") { currency } }'
    said = {
        language: ask(document, language=language)["errors"][0]["message"]
        for language, _name in settings.LANGUAGES
    }
    with override("en"):
        assert said["en"].startswith("Sign in first")
    assert len(set(said.values())) == 3
