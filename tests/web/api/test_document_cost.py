"""What a document may cost before it is refused: counted in nodes and comparisons, not in time."""

from typing import Any

import pytest
from django.test import Client
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    get_introspection_query,
    parse,
    validate,
    visit,
)
from graphql.language import Visitor
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.errors import TwizaError
from marketplace.web.api import document_shape, documents
from marketplace.web.api.documents import Unreadable, read_document
from marketplace.web.api.schema import build_schema
from tests.web.api.asking import ADDRESS, ask, codes

FIELDS = ["sectors", "regions", "code", "name", "cooperatives", "edges", "node", "__typename"]
NAMES = ["A", "B", "C", "D"]
LONGEST = 4_000


def fields(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    name = st.sampled_from(FIELDS)
    alias = st.sampled_from(["", "", "x: ", "y: "])
    directive = st.sampled_from(["", "", " @include(if: true)", " @skip(if: false)"])
    nested = st.builds("{}{}{} {{ {} }}".format, alias, name, directive, inner)
    inline = st.builds("... on Query {{ {} }}".format, inner)
    spread = st.sampled_from([f"...{one}" for one in NAMES])
    leaf = st.builds("{}{}{}".format, alias, name, directive)
    return st.one_of(leaf, nested, inline, spread)


def repeated(selection: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Selections next to each other, many of them the same.

    What repeats within what repeats stays short: it would grow to gigabytes of text.
    """

    def again(text: str, times: int) -> str:
        return f"{text} " * max(1, min(times, LONGEST // (len(text) + 1)))

    once = st.builds(again, selection, st.sampled_from([1, 1, 40]))
    return st.lists(once, min_size=1, max_size=4).map(" ".join)


SELECTIONS = st.recursive(
    st.sampled_from(FIELDS), lambda inner: repeated(fields(inner)), max_leaves=20
)
FRAGMENTS = st.dictionaries(st.sampled_from(NAMES), SELECTIONS, max_size=len(NAMES))


@st.composite
def texts(draw: st.DrawFn) -> str:
    named = draw(FRAGMENTS)
    own = [f"fragment {name} on Query {{ {inner} }}" for name, inner in named.items()]
    return " ".join([f"{{ {draw(SELECTIONS)} }}", *own])


class _Nodes(Visitor):
    """Counts the selections of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def enter(self, node: Any, *_args: Any) -> None:
        self.count += isinstance(node, FieldNode | FragmentSpreadNode | InlineFragmentNode)


def selections_of(document: DocumentNode) -> int:
    counter = _Nodes()
    visit(document, counter)
    return counter.count


@given(texts())
def test_measuring_visits_each_node_at_most_twice(text: str) -> None:
    try:
        document_shape.check_tokens(text)
        document = parse(text)
        measured = document_shape.check_shape(document)
    except TwizaError:
        return
    spreads = text.count("...") - text.count("... on")
    assert measured.visited <= selections_of(document) + 2 * spreads
    assert measured.written_out <= document_shape.MOST_FIELDS_WRITTEN_OUT


@given(texts())
def test_what_is_validated_compares_a_bounded_number_of_fields(text: str) -> None:
    spent = []

    class Counted(documents.FewComparisons):
        def __init__(self, context: Any) -> None:
            super().__init__(context)
            spent.append(self.rule_context)

    try:
        document_shape.check_tokens(text)
        document = parse(text)
        document_shape.check_shape(document)
    except TwizaError:
        return
    validate(build_schema().graphql_schema, document, [Counted])
    # The last comparison may be the one that exceeds it.
    assert spent[0].remaining_complexity_budget >= -document_shape.MOST_FIELDS_WRITTEN_OUT


@given(texts())
def test_the_second_time_nothing_is_read_again(text: str) -> None:
    def outcome() -> str:
        try:
            read_document(text)
        except TwizaError as error:
            return error.code
        except Unreadable as unreadable:
            return str(unreadable.errors)
        return "read"

    first = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "_read", lambda _text: pytest.fail("it is read again"))
        assert outcome() == first


def many(count: int, text: str) -> str:
    return " ".join(text.format(n=n) for n in range(count))


REFUSED = {
    "a field repeated": (f"{{ {'sectors { code } ' * 400} }}", "TOO_MANY_FIELDS"),
    "a field repeated less often": (f"{{ {'sectors { code } ' * 100} }}", "TOO_MANY_FIELDS"),
    "a leaf repeated": (f"{{ sectors {{ {'code ' * 240} }} }}", "TOO_MANY_FIELDS"),
    "through inline fragments": (
        f"{{ {'... on Query { sectors { code } } ' * 120} }}",
        "TOO_MANY_FIELDS",
    ),
    "through the same fragment": (
        "{ " + "...A " * 59 + "} fragment A on Query { " + "sectors { code } " * 60 + "}",
        "TOO_MANY_FIELDS",
    ),
    "fragments of fragments": (
        "{ ...F0 } "
        + many(18, "fragment F{n} on Query {{ ...F{n}a ...F{n}a }} ").replace("a", "")
        + "fragment F18 on Query { sectors { code } }",
        "INVALID_DOCUMENT",
    ),
    "a fragment in itself": ("{ ...A } fragment A on Query { ...A }", "INVALID_DOCUMENT"),
    "two fragments in each other": (
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "INVALID_DOCUMENT",
    ),
    "many fragments": (
        f"{{ {many(40, '...F{n}')} }} " + many(40, "fragment F{n} on Query {{ regions }}"),
        "TOO_MANY_FRAGMENTS",
    ),
    "fragments of one name": (
        "{ ...A } " + "fragment A on Query { sectors { code } } " * 30,
        "TOO_MANY_FRAGMENTS",
    ),
    "many operations": (many(9, "query Q{n} {{ sectors {{ code }} }}"), "TOO_MANY_FRAGMENTS"),
    "many directives": (
        "{ sectors " + "@include(if: true) " * 30 + "{ code } }",
        "TOO_MANY_FRAGMENTS",
    ),
    "directives on an operation": (
        "query " + "@a " * 30 + "{ sectors { code } }",
        "TOO_MANY_FRAGMENTS",
    ),
    "questions about the schema": (
        "{ " + many(3, "a{n}: __schema {{ types {{ name }} }}") + "}",
        "TOO_MANY_FRAGMENTS",
    ),
    "many tokens": ("{ sectors(a: [" + "1 " * 2_000 + "]) { code } }", "TOO_MANY_FIELDS"),
    "brackets": ("{ sectors(a: " + "[" * 200 + "]" * 200 + ") { code } }", "TOO_DEEP"),
    "braces": ("{ a " * 100 + "}" * 100, "TOO_DEEP"),
    "inline fragments inside": ("{ ... on Query " * 100 + "{ a }" + "}" * 100, "TOO_DEEP"),
    "a schema": ("type A { a: Int }", "INVALID_DOCUMENT"),
    "a mutation": ("mutation { a }", "INVALID_DOCUMENT"),
    "unknown fields": ("{ " + many(200, "abcdefgh{n}") + " }", "INVALID_DOCUMENT"),
    "a number of many digits": (
        "{ cooperatives(first: " + "9" * 5_000 + ") { totalCount } }",
        "INVALID_DOCUMENT",
    ),
    "a default of many digits": (
        "query($n: Int = " + "9" * 5_000 + ") { cooperatives(first: $n) { totalCount } }",
        "INVALID_DOCUMENT",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", REFUSED)
def test_costly_documents_are_refused_before_they_cost(kind: str) -> None:
    document, code = REFUSED[kind]
    found = ask(document)
    assert set(codes(found)) == {code}
    assert "data" not in found


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["too_many_values"])
@pytest.mark.parametrize(
    "variables",
    [
        {"a": list(range(600))},
        {"a": {str(n): n for n in range(600)}},
        {"a": [[[[[[[[[[[1]]]]]]]]]]]},
        {str(n): 1 for n in range(600)},
        {"a": [[1] * 20] * 40},
    ],
)
def test_variables_have_an_end(variables: dict[str, Any], code: str) -> None:
    found = ask("{ sectors { code } }", **variables)
    assert codes(found) == [code.upper()]


@pytest.mark.django_db
def test_numbers_of_many_digits_in_the_variables_are_refused() -> None:
    body = '{"query": "{ sectors { code } }", "variables": {"n": ' + "9" * 5_000 + "}}"
    response = Client().post(ADDRESS, body, content_type="application/json")
    assert (response.status_code, codes(response.json())) == (400, ["BAD_REQUEST"])


@pytest.mark.django_db
def test_the_usual_question_about_the_schema_fits() -> None:
    assert codes(ask(get_introspection_query())) == []


@pytest.mark.django_db
def test_a_body_that_says_it_is_large_is_not_read() -> None:
    response = Client().generic(
        "POST", ADDRESS, "{}", content_type="application/json", CONTENT_LENGTH="9" * 5_000
    )
    assert response.status_code == 413
