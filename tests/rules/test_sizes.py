"""Files and functions stay short; a long one says why."""

import ast

import pytest

from tests.rules.house.exceptions import LARGE_FILES
from tests.rules.house.sizes import (
    LARGE_FILE,
    LONGEST_FILE,
    file_sizes,
    length,
    long_functions,
    outermost_functions,
    says_why,
)

# One process reads all sources, once.
pytestmark = pytest.mark.xdist_group("house")


def test_no_file_is_over_the_limit() -> None:
    assert [str(sized) for sized in file_sizes() if sized.lines > LONGEST_FILE] == []


def test_a_large_file_is_named_with_its_reason() -> None:
    large = {
        sized.name
        for sized in file_sizes()
        if sized.lines > LARGE_FILE and not sized.name.startswith("tests/")
    }
    assert large == set(LARGE_FILES)
    assert all(LARGE_FILES.values())


def test_a_long_function_says_why() -> None:
    assert [str(sized) for sized in long_functions() if not sized.has_reason] == []


FUNCTION = '''
def outer(
    first,
):
    """Two lines
    of docstring."""
    def inner():
        return 1
    return inner
'''


def test_a_docstring_does_not_count_and_what_is_inside_does() -> None:
    (function,) = outermost_functions(ast.parse(FUNCTION))
    assert length(function) == 6


@pytest.mark.parametrize(
    ("text", "has_reason"),
    [
        ("# long: one table\ndef f():\n    pass", True),
        ("# long: one table\n@cache\ndef f():\n    pass", True),
        ("def f():  # long: one table\n    pass", True),
        ("# a table\ndef f():\n    pass", False),
        ("# long: one table\n\ndef f():\n    pass", False),
    ],
)
def test_a_reason_stands_beside_the_function(text: str, has_reason: bool) -> None:
    (function,) = outermost_functions(ast.parse(text))
    assert says_why(function, text.splitlines()) is has_reason
