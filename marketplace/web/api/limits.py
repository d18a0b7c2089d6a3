"""The cost of a valid operation, and its limit (``document_shape`` has those of the text).

The cost: every field is 1; a field that takes arguments (it queries the database) is 50 more.
Fields under ``edges`` or ``hits`` count once for each row that the page may have (``first``), under
another list ten times. Introspection costs 500; its depth is limited by the library.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from marketplace.web.api.errors import TooCostly
from marketplace.web.api.paging import MOST, USUAL

LONGEST_BODY = 65_536
HIGHEST_COST = 10_000
FIELD_WITH_ARGUMENTS = 50
LIST = 10
# A request counts as one against the rate limit for each so many points of its cost.
COST_OF_ONE = 250
ABOUT_THE_SCHEMA = 500
_PAGED = {"edges", "hits"}
_INTROSPECTION = {"__schema", "__type"}


def check_weight(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> int:
    """The cost of a valid operation; raises TooCostly."""
    assert schema.query_type is not None
    scale = _Scale(schema, document, operation, variables)
    cost = scale.selections(operation.selection_set, schema.query_type, page=1)
    if cost > HIGHEST_COST:
        raise TooCostly(cost=cost, most=HIGHEST_COST)
    return cost


class _Scale:
    """Weighs selections; a fragment is weighed once for each type and page that uses it."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._variables = dict(variables)
        for definition in operation.variable_definitions:
            name, usual = definition.variable.name.value, definition.default_value
            if name not in self._variables and isinstance(usual, IntValueNode):
                self._variables[name] = int(usual.value)
        self._weighed: dict[tuple[str, str, int], int] = {}

    def selections(self, node: SelectionSetNode, of: GraphQLObjectType, *, page: int) -> int:
        total = 0
        for selection in node.selections:
            if isinstance(selection, FieldNode):
                total += self._field(selection, of, page)
            elif isinstance(selection, InlineFragmentNode):
                total += self.selections(selection.selection_set, of, page=page)
            elif isinstance(selection, FragmentSpreadNode):
                total += self._fragment(selection.name.value, of, page)
        return total

    def _fragment(self, name: str, of: GraphQLObjectType, page: int) -> int:
        place = (name, of.name, page)
        if place not in self._weighed:
            inner = self._fragments[name].selection_set
            self._weighed[place] = self.selections(inner, of, page=page)
        return self._weighed[place]

    def _field(self, node: FieldNode, of: GraphQLObjectType, page: int) -> int:
        name = node.name.value
        if name in _INTROSPECTION:
            return ABOUT_THE_SCHEMA
        known = of.fields.get(name)
        if known is None:  # __typename
            return 1
        inner, own = 0, 1 + (FIELD_WITH_ARGUMENTS if known.args else 0)
        kind = get_named_type(known.type)
        if node.selection_set is not None and isinstance(kind, GraphQLObjectType):
            asked = self._page(node) if "first" in known.args else page
            inner = self.selections(node.selection_set, kind, page=asked)
        return own + self._times(name, known, page) * inner

    def _times(self, name: str, known: GraphQLField, page: int) -> int:
        outer: Any = known.type
        a_list = is_list_type(get_nullable_type(outer))
        if not a_list or not is_composite_type(get_named_type(known.type)):
            return 1
        return page if name in _PAGED else LIST

    def _page(self, node: FieldNode) -> int:
        for argument in node.arguments:
            if argument.name.value == "first":
                value: Any = argument.value
                if isinstance(value, VariableNode):
                    asked = self._variables.get(value.name.value)
                else:
                    asked = int(value.value) if isinstance(value, IntValueNode) else None
                if isinstance(asked, float):  # JSON's 100.0 is an Int for the library too
                    asked = MOST
                return min(max(asked, 1), MOST) if isinstance(asked, int) else USUAL
        return USUAL
