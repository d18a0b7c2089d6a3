"""Every room says what it owns, every public door says what it does, nothing is left undone."""

import ast
import re

import pytest

from marketplace.core.messages import check
from tests.rules.house.sources import ROOT, Source, shown, sources


def rooms() -> list[Source]:
    return [source for source in sources().values() if source.is_package and source.text]


@pytest.mark.parametrize("source", rooms(), ids=lambda source: shown(source.path))
def test_a_package_says_what_it_is_for(source: Source) -> None:
    assert ast.get_docstring(source.tree)


def public_doors() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for source in sources().values():
        path, relative = source.path, source.path.relative_to(ROOT)
        if path.stem in {"services", "queries"} or {"services", "queries"} & set(relative.parts):
            found += [
                (f"{relative}:{node.name}", node)
                for node in source.tree.body
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
        shown(source.path)
        for source in sources().values()
        if source.path.name != "messages.py" and marks.search(source.text)
    ]
    assert found == []


def test_every_string_is_translated() -> None:
    assert [str(finding) for finding in check()] == []


def test_no_file_names_a_place_of_one_machine() -> None:
    places = re.compile(r"(?<![\w.])/(?:work|root|home)/\w")
    texts = {source.path: source.text for source in sources().values()}
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    texts |= {page: page.read_text() for page in pages}
    found = [shown(path) for path, text in texts.items() if places.search(text)]
    assert found == []
