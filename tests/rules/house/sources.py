"""The project's own Python files, parsed once."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("marketplace", "catalog", "vendors", "search")
# Written by a program: Django's migrations and the typed client of Saleor.
GENERATED = {"migrations", "client"}


@dataclass(frozen=True)
class Source:
    """One Python file: its dotted name, its text and its syntax tree."""

    module: str
    path: Path

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def module_name(path: Path, root: Path) -> str:
    """`a/b.py` is `a.b`, `a/__init__.py` is `a`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources(root: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> dict[str, Source]:
    """Every hand-written Python file of the packages below the root, by dotted name."""
    return {source.module: source for package in packages for source in _sources_of(root, package)}


@cache
def _sources_of(root: Path, package: str) -> list[Source]:
    return [
        Source(module_name(path, root), path)
        for path in sorted((root / package).rglob("*.py"))
        if not is_generated(path.relative_to(root))
    ]


def is_generated(path: Path) -> bool:
    return bool(GENERATED & set(path.parts))


def shown(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).as_posix()
