"""The size of a document, measured in one walk before it is validated.

Validation compares fields with each other, and fragments with fragments: its work grows faster than
the document. What is measured here grows with the document only, each node is visited once, and
what is too large is refused before anything is compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    ExecutableDefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    Lexer,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Source,
    TokenKind,
)

from marketplace.web.api.errors import (
    FragmentsInCircle,
    TooDeep,
    TooLong,
    TooManyAliases,
    TooManyFields,
    TooManyFragments,
    TooManyValues,
)

LONGEST_DOCUMENT = 10_000
MOST_TOKENS = 1_500
DEEPEST_BRACKETS = 24
DEEPEST = 10
MOST_FIELDS = 250
# With each fragment written out where it is used.
MOST_FIELDS_WRITTEN_OUT = 500
MOST_ALIASES = 20
MOST_FRAGMENTS = 20
MOST_SPREADS = 60
MOST_OPERATIONS = 5
MOST_DIRECTIVES = 20
MOST_INTROSPECTIONS = 2
MOST_VALUES = 500
DEEPEST_VALUE = 10
_INTROSPECTION = frozenset({"__schema", "__type"})
_OPEN = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSE = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


@dataclass
class Spread:
    """A fragment used by a definition, below so many fields."""

    name: str
    depth: int


@dataclass
class Shape:
    """What one definition holds itself, without the fragments that it uses."""

    is_operation: bool
    fields: int = 0
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    introspections: int = 0
    visited: int = 0
    spreads: list[Spread] = field(default_factory=list)


@dataclass(frozen=True)
class Measured:
    """What was measured of a whole document."""

    visited: int
    fields: int
    written_out: int


def check_tokens(text: str) -> int:
    """Read the tokens of a document once; returns how many.

    Raises TooLong for too many characters or tokens, TooDeep for brackets inside one another, and
    GraphQLSyntaxError for what is no token.
    """
    if len(text) > LONGEST_DOCUMENT:
        raise TooLong(most=LONGEST_DOCUMENT)
    lexer = Lexer(Source(text))
    count = depth = 0
    while (token := lexer.advance()).kind != TokenKind.EOF:
        count += 1
        depth += (token.kind in _OPEN) - (token.kind in _CLOSE)
        if depth > DEEPEST_BRACKETS:
            raise TooDeep(most=DEEPEST)
        if count > MOST_TOKENS:
            raise TooManyFields(most=MOST_FIELDS)
    return count


def check_shape(document: DocumentNode) -> Measured:
    """Refuse a document whose validation or execution could cost much.

    Raises TooManyFields, TooManyAliases, TooManyFragments, FragmentsInCircle and TooDeep.
    """
    shapes: list[Shape] = []
    fragments: dict[str, Shape] = {}
    for definition in document.definitions:
        is_query = getattr(definition, "operation", None) == OperationType.QUERY
        if not (is_query or isinstance(definition, FragmentDefinitionNode)):
            raise GraphQLError("Only queries and fragments are allowed.", [definition])
        assert isinstance(definition, ExecutableDefinitionNode)
        shapes.append(_shape(definition))
        if isinstance(definition, FragmentDefinitionNode):
            fragments[definition.name.value] = shapes[-1]
    _check_counts(shapes)
    written_out = _WrittenOut(fragments)
    sizes = [written_out.of(shape) for shape in shapes]
    if any(size > MOST_FIELDS_WRITTEN_OUT for size, _ in sizes):
        raise TooManyFields(most=MOST_FIELDS_WRITTEN_OUT)
    # A fragment's depth counts where it is used: not below a question about the schema.
    operations = (written_out.of(shape) for shape in shapes if shape.is_operation)
    if any(depth > DEEPEST for _, depth in operations):
        raise TooDeep(most=DEEPEST)
    return Measured(
        visited=sum(shape.visited for shape in shapes) + written_out.visited,
        fields=sum(shape.fields for shape in shapes),
        written_out=max((size for size, _ in sizes), default=0),
    )


def _check_counts(shapes: list[Shape]) -> None:
    operations = sum(shape.is_operation for shape in shapes)
    fields = sum(shape.fields for shape in shapes)
    if fields > MOST_FIELDS:
        raise TooManyFields(most=MOST_FIELDS)
    if sum(shape.aliases for shape in shapes) > MOST_ALIASES:
        raise TooManyAliases(most=MOST_ALIASES)
    if (
        operations > MOST_OPERATIONS
        or len(shapes) - operations > MOST_FRAGMENTS
        or sum(len(shape.spreads) for shape in shapes) > MOST_SPREADS
        or sum(shape.directives for shape in shapes) > MOST_DIRECTIVES
        or sum(shape.introspections for shape in shapes) > MOST_INTROSPECTIONS
    ):
        raise TooManyFragments(
            fragments=MOST_FRAGMENTS, spreads=MOST_SPREADS, directives=MOST_DIRECTIVES
        )


def check_values(variables: Mapping[str, Any]) -> int:
    """Refuse variables that hold too many values, or too deep ones; returns how many they hold."""
    waiting: list[tuple[Any, int]] = [(variables, 1)]
    count = 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if count > MOST_VALUES or depth > DEEPEST_VALUE:
            raise TooManyValues(most=MOST_VALUES)
        inner = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list):
            if count + len(value) > MOST_VALUES:
                raise TooManyValues(most=MOST_VALUES)
            waiting += [(one, depth + 1) for one in inner]
    return count


def _shape(definition: ExecutableDefinitionNode) -> Shape:
    """One walk over a definition's own nodes."""
    shape = Shape(
        isinstance(definition, OperationDefinitionNode), directives=len(definition.directives)
    )
    if isinstance(definition, OperationDefinitionNode):
        shape.directives += sum(len(one.directives) for one in definition.variable_definitions)
    # Selections, the fields around them, and whether they ask about the schema: the depth of that
    # is limited by the library.
    waiting: list[tuple[SelectionSetNode, int, bool]] = [(definition.selection_set, 0, False)]
    while waiting:
        selections, depth, about_schema = waiting.pop()
        for node in selections.selections:
            shape.visited += 1
            shape.directives += len(node.directives)
            below, inside = depth, about_schema
            if isinstance(node, FieldNode):
                shape.fields += 1
                shape.aliases += node.alias is not None
                if node.name.value in _INTROSPECTION:
                    shape.introspections += 1
                    inside = True
                below = depth if about_schema else depth + 1
                shape.depth = max(shape.depth, below)
            elif isinstance(node, FragmentSpreadNode):
                shape.spreads.append(Spread(node.name.value, -1 if about_schema else depth))
                continue
            inner: SelectionSetNode | None = getattr(node, "selection_set", None)
            if inner is not None:
                waiting.append((inner, below, inside))
    return shape


class _WrittenOut:
    """Fields and depth of definitions with their fragments; each fragment is reckoned once."""

    def __init__(self, fragments: Mapping[str, Shape]) -> None:
        self.visited = 0
        self._fragments = fragments
        self._known: dict[str, tuple[int, int]] = {}
        self._open: set[str] = set()

    def of(self, shape: Shape) -> tuple[int, int]:
        """Fields written out, and the depth; raises FragmentsInCircle."""
        size, depth = shape.fields, shape.depth
        for spread in shape.spreads:
            self.visited += 1
            inner_size, inner_depth = self._fragment(spread.name)
            size += inner_size
            if spread.depth >= 0:
                depth = max(depth, spread.depth + inner_depth)
        return size, depth

    def _fragment(self, name: str) -> tuple[int, int]:
        if name in self._known or name not in self._fragments:
            return self._known.get(name, (0, 0))
        if name in self._open:
            raise FragmentsInCircle(name=name)
        self._open.add(name)
        self._known[name] = self.of(self._fragments[name])
        self._open.remove(name)
        return self._known[name]
