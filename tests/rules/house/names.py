"""Every name that our code defines: modules, templates, classes, functions, variables, addresses.

A name is split into words at underscores, hyphens and capitals: `BankReport_id` is bank, report
and id.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.rules.house.sources import PACKAGES, ROOT, is_generated, shown, sources

FOLDERS = (*PACKAGES, "tests")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True)
class Name:
    """A name and the file that defines it (for a module or template: the file itself)."""

    name: str
    file: str

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a name in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(name))


@cache
def defined_names(root: Path = ROOT, folders: tuple[str, ...] = FOLDERS) -> frozenset[Name]:
    """Every name defined below the folders, once for each file."""
    return frozenset({*_python_names(root, folders), *_path_names(root, folders)})


def _path_names(root: Path, folders: tuple[str, ...]) -> Iterator[Name]:
    """Names of packages, modules and templates."""
    for folder in folders:
        for suffix in ("*.py", "*.html", "*.txt", "*.typ"):
            for path in (root / folder).rglob(suffix):
                if not is_generated(path.relative_to(root)):
                    yield Name(path.stem, shown(path, root))
                    yield Name(path.parent.name, shown(path.parent, root))


def _python_names(root: Path, folders: tuple[str, ...]) -> Iterator[Name]:
    for source in sources(root, folders).values():
        file = shown(source.path, root)
        for node in ast.walk(source.tree):
            yield from (Name(name, file) for name in _names_at(node))


def _names_at(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.arg():
            yield node.arg
        case ast.Name(ctx=ast.Store()):
            yield node.id
        case ast.Attribute(ctx=ast.Store()):
            yield node.attr
        case ast.alias(asname=str(name)):
            yield name
        case ast.Call(func=ast.Name(id="path" | "re_path")):
            yield from _address_names(node)


def _address_names(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
            yield str(keyword.value.value)
