"""No two files reach each other by imports, wherever the imports stand."""

from pathlib import Path

import pytest

from tests.rules.house.circles import circles, describe, shortest_circle
from tests.rules.house.exceptions import NOT_IMPORTS
from tests.rules.house.imports import Graph, import_graph
from tests.rules.house.sources import sources

# One process reads all sources, once.
pytestmark = pytest.mark.xdist_group("house")


def made(folder: Path, **files: str) -> Graph:
    """The graph of a package `shop` with these files; `a__b` is written to `a/b.py`."""
    for name, text in {"__init__": "", **files}.items():
        path = folder / "shop" / f"{name.replace('__x__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return import_graph(sources(folder, ("shop",)))


def test_no_file_reaches_itself() -> None:
    graph = import_graph(sources(), set(NOT_IMPORTS))
    assert circles(graph) == [], "\n\n".join(describe(graph))


def test_every_exception_opens_a_circle() -> None:
    graphs = {
        exception: import_graph(sources(), set(NOT_IMPORTS) - {exception})
        for exception in NOT_IMPORTS
    }
    assert [exception for exception, graph in graphs.items() if not circles(graph)] == []
    assert all(NOT_IMPORTS.values())


CLOSING = {
    "inside a function": "def total():\n    from shop.orders import Order\n",
    "below TYPE_CHECKING": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.orders import Order\n"
    ),
    "by a string": "HANDLERS = ('shop.orders.Order',)\n",
    "relative": "from .orders import Order\n",
    "the submodule": "from shop import orders\n",
    "plain": "import shop.orders as known\n",
}


@pytest.mark.parametrize("closing", CLOSING.values(), ids=CLOSING)
def test_a_circle_is_found_however_it_closes(tmp_path: Path, closing: str) -> None:
    graph = made(tmp_path, orders="import shop.money\nclass Order: ...\n", money=closing)

    assert circles(graph) == [["shop.money", "shop.orders"]]


def test_the_shortest_way_round_is_told_file_by_file(tmp_path: Path) -> None:
    graph = made(
        tmp_path,
        a="import shop.b\nimport shop.c",
        b="import shop.c",
        c="import shop.d",
        d="import shop.a",
    )

    (group,) = circles(graph)
    assert group == ["shop.a", "shop.b", "shop.c", "shop.d"]
    assert shortest_circle(graph, group) == ["shop.a", "shop.c", "shop.d", "shop.a"]
    assert "4 files reach each other" in describe(graph)[0]


def test_a_package_is_entered_by_whoever_imports_what_is_in_it(tmp_path: Path) -> None:
    files = {"money": "import shop.orders.totals\n", "orders__x__totals": ""}
    graph = made(tmp_path, orders__x____init__="import shop.money\n", **files)

    assert circles(graph) == [["shop.money", "shop.orders"]]


def test_a_package_may_import_its_own_files(tmp_path: Path) -> None:
    files = {"orders__x____init__": "from shop.orders import totals", "orders__x__totals": ""}

    assert circles(made(tmp_path, **files)) == []


@pytest.mark.parametrize(
    "text", ["shop.orders.unknown", "shop.order", "a shop.orders.Order", "orders.Order"]
)
def test_a_string_that_names_nothing_of_ours_is_no_import(tmp_path: Path, text: str) -> None:
    graph = made(
        tmp_path, orders="import shop.money\nclass Order: ...\n", money=f"NAME = {text!r}\n"
    )

    assert circles(graph) == []
