"""Every room says what it owns, every public door says what it does, nothing is left undone."""

import ast
import re
from pathlib import Path

import pytest

from marketplace.core.messages import check

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("marketplace", "catalog", "vendors", "search")
GENERATED = {"client", "migrations"}


def python_files() -> list[Path]:
    return [
        path
        for source in SOURCES
        for path in sorted((ROOT / source).rglob("*.py"))
        if not GENERATED & set(path.parts)
    ]


def rooms() -> list[Path]:
    return [path for path in python_files() if path.name == "__init__.py" and path.stat().st_size]


@pytest.mark.parametrize("path", rooms(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def public_doors() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for path in python_files():
        relative = path.relative_to(ROOT)
        if path.stem in {"services", "queries"} or {"services", "queries"} & set(relative.parts):
            found += [
                (f"{relative}:{node.name}", node)
                for node in ast.parse(path.read_text()).body
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            ]
    return found


@pytest.mark.parametrize(
    ("name", "door"), [pytest.param(*found, id=found[0]) for found in public_doors()]
)
def test_a_public_service_or_query_says_what_it_does(name: str, door: ast.FunctionDef) -> None:
    assert ast.get_docstring(door), name


def test_nothing_is_marked_as_left_undone() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.name != "messages.py" and marks.search(path.read_text())
    ]
    assert found == []


def test_every_string_is_translated() -> None:
    assert [str(finding) for finding in check()] == []


def test_no_file_names_a_place_of_one_machine() -> None:
    places = re.compile(r"(?<![\w.])/(?:work|root|home)/\w")
    found = [
        str(path.relative_to(ROOT))
        for path in [*python_files(), *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        if places.search(path.read_text())
    ]
    assert found == []
