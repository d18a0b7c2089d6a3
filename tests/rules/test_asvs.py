"""The table of OWASP ASVS: complete, and whatever it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/developer/asvs.md").read_text("utf-8")
# The requirements of levels 1 and 2 in version 5.0: section and numbers in it.
SECTIONS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6
3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12
6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2
8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2
10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1
13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7
16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
"""
ROW = re.compile(r"^\| (\d[\d., ]*) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(
    r"`((?:tests|docs|deploy|marketplace|catalog|vendors|search|\.ci)/[^`]*|uv\.lock)`"
)
STATES = {"held", "partly", "not held", "operator", "n/a"}


def required() -> list[str]:
    found = []
    for section in SECTIONS.split():
        name, _, numbers = section.partition(":")
        first, _, last = numbers.partition("-")
        found += [f"{name}.{n}" for n in range(int(first), int(last or first) + 1)]
    return found


@cache
def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_of_two_levels_has_its_row_once() -> None:
    wanted = required()
    assert len(wanted) == 253

    rows = [number for row in ROW.findall(TABLE) for number in row[0].split(", ")]

    assert rows == sorted(rows, key=lambda number: (int(number.split(".")[0]), rows.index(number)))
    assert sorted(rows) == sorted(wanted)


def test_every_row_has_a_state_and_a_reason() -> None:
    for numbers, _what, state, shown in ROW.findall(TABLE):
        assert state in STATES, numbers
        assert shown.strip(), numbers
    held = [row for row in ROW.findall(TABLE) if row[2] == "held"]
    assert any("`tests/" in row[3] for row in held)


def test_every_test_and_file_that_it_names_exists() -> None:
    named = NAMED.findall(TABLE)
    assert len(named) > 100
    for name in named:
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        if test:
            assert test in names_in(ROOT / path), name
