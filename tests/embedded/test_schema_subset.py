"""The engine's schema is a part of Saleor's: same names, types, nullability, nothing more."""

import os
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    is_required_argument,
    is_required_input_field,
)

from marketplace.embedded.schema import composition
from tests.contract.operations import FOLDER, document

FOLDER_NAME = os.environ.get("TWIZA_SALEOR_SDL", "")
BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}

needs_sdl = pytest.mark.skipif(
    not FOLDER_NAME,
    reason="TWIZA_SALEOR_SDL names no folder with Saleor's schema-3.23.graphql",
)


def _strangers(ours: GraphQLSchema, theirs: GraphQLSchema) -> list[str]:
    found = []
    for name, mine in ours.type_map.items():
        if name.startswith("__") or name in BUILT_IN:
            continue
        other = theirs.type_map.get(name)
        if other is None or type(other) is not type(mine):
            found.append(f"{name}: not a type of Saleor's, or of another kind")
        elif isinstance(mine, GraphQLObjectType | GraphQLInterfaceType):
            assert isinstance(other, GraphQLObjectType | GraphQLInterfaceType)
            found += _strange_fields(mine, other)
        elif isinstance(mine, GraphQLInputObjectType):
            assert isinstance(other, GraphQLInputObjectType)
            found += _strange_inputs(mine, other)
        elif isinstance(mine, GraphQLEnumType):
            assert isinstance(other, GraphQLEnumType)
            found += [f"{name}.{value}" for value in mine.values if value not in other.values]
        elif isinstance(mine, GraphQLUnionType):
            assert isinstance(other, GraphQLUnionType)
            known = {each.name for each in other.types}
            found += [f"{name}: {each.name}" for each in mine.types if each.name not in known]
    return found


def _strange_fields(
    mine: GraphQLObjectType | GraphQLInterfaceType, other: GraphQLObjectType | GraphQLInterfaceType
) -> list[str]:
    known = {each.name for each in other.interfaces}
    found = [f"{mine.name}: {each.name}" for each in mine.interfaces if each.name not in known]
    for name, field in mine.fields.items():
        theirs = other.fields.get(name)
        where = f"{mine.name}.{name}"
        if theirs is None or str(theirs.type) != str(field.type):
            found.append(f"{where}: {field.type} instead of {theirs and theirs.type}")
            continue
        for key, argument in field.args.items():
            their = theirs.args.get(key)
            if their is None or str(their.type) != str(argument.type):
                found.append(f"{where}({key}: {argument.type})")
        needed = {key for key, each in theirs.args.items() if is_required_argument(each)}
        found += [f"{where} lacks {key}" for key in sorted(needed - field.args.keys())]
    return found


def _strange_inputs(mine: GraphQLInputObjectType, other: GraphQLInputObjectType) -> list[str]:
    found = [
        f"{mine.name}.{name}: {field.type}"
        for name, field in mine.fields.items()
        if name not in other.fields or str(other.fields[name].type) != str(field.type)
    ]
    needed = {key for key, each in other.fields.items() if is_required_input_field(each)}
    return found + [f"{mine.name} lacks {key}" for key in sorted(needed - mine.fields.keys())]


@needs_sdl
def test_the_schema_is_a_subset_of_saleors() -> None:
    theirs = build_schema(
        (Path(FOLDER_NAME) / "schema-3.23.graphql").read_text(), assume_valid=True
    )
    # printed and read again, so that both are made of the same classes
    ours = build_schema(str(composition.build_schema()))
    assert _strangers(ours, theirs) == []


def test_a_stranger_would_be_noticed() -> None:
    theirs = build_schema("type Query { a(x: Int!): Int! b: [String!] } enum E { ONE }")
    ours = build_schema("type Query { a: Int c: Int } enum E { ONE TWO } type New { a: Int }")
    assert _strangers(ours, theirs) == [
        "Query.a: Int instead of Int!",
        "Query.c: Int instead of None",
        "E.TWO",
        "New: not a type of Saleor's, or of another kind",
    ]


def test_every_operation_of_ours_is_served() -> None:
    from graphql import OperationDefinitionNode, parse, validate

    names = [
        node.name.value
        for path in sorted(FOLDER.rglob("*.graphql"))
        for node in parse(path.read_text()).definitions
        if isinstance(node, OperationDefinitionNode) and node.name
    ]
    ours = composition.build_schema().graphql_schema
    refused = {
        name: [error.message for error in errors]
        for name in names
        if (errors := validate(ours, parse(document(name))))
    }
    assert refused == {}
