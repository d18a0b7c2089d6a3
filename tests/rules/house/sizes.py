"""How long hand-written files and functions are.

A file's length is its number of lines. A function's is that from `def` to its end, without its
docstring; what is defined inside counts with it and is not measured again. One over `LONG_FUNCTION`
says why in a comment `# long: …`, on the line of its `def` or right above it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.rules.house.sources import PACKAGES, ROOT, is_generated, shown, sources

LONGEST_FILE = 400
LARGE_FILE = 250
LONG_FUNCTION = 30
REASON = "# long: "
# What people write by hand, apart from texts and data.
KINDS = {".py", ".html", ".css", ".js", ".graphql", ".sql", ".typ", ".sh"}
# Where they write it.
FOLDERS = (*PACKAGES, "tests", "deploy")
MINIFIED = ".min."

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Sized:
    """A file or a function and its number of lines."""

    name: str
    lines: int
    has_reason: bool = False

    def __str__(self) -> str:
        return f"{self.lines:5}  {self.name}"


def file_sizes(root: Path = ROOT, folders: tuple[str, ...] = FOLDERS) -> list[Sized]:
    """Hand-written files, longest first; tests count, migrations and the client do not."""
    found = [
        Sized(shown(path, root), len(path.read_text().splitlines()))
        for folder in folders
        for path in (root / folder).rglob("*")
        if path.suffix in KINDS
        and MINIFIED not in path.name
        and not is_generated(path.relative_to(root))
    ]
    return sorted(found, key=lambda sized: (-sized.lines, sized.name))


def long_functions(root: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> list[Sized]:
    """Functions over the limit, longest first; those of tests do not count."""
    found = [
        Sized(f"{shown(source.path, root)}:{function.name}", length(function), has_reason)
        for source in sources(root, packages).values()
        for function in outermost_functions(source.tree)
        if length(function) > LONG_FUNCTION
        for has_reason in [says_why(function, source.text.splitlines())]
    ]
    return sorted(found, key=lambda sized: (-sized.lines, sized.name))


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def outermost_functions(node: ast.AST) -> Iterator[Function]:
    """Functions and methods that are not inside another one."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        elif not isinstance(child, ast.expr):
            yield from outermost_functions(child)


def says_why(function: Function, lines: list[str]) -> bool:
    """Whether a comment gives the reason, on the line of `def` or right above the function."""
    first = min([function.lineno, *(d.lineno for d in function.decorator_list)])
    above = lines[first - 2] if first > 1 else ""
    return any(REASON in line for line in (lines[function.lineno - 1], above.strip()))
