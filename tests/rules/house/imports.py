"""Which of our files imports which, wherever the import stands.

What counts as an import of a module by a file:
- `import` and `from … import`, at the top, inside a function or below `TYPE_CHECKING`;
- `from package import submodule` imports the submodule, any other name imports the package's
  `__init__`;
- entering a package from outside imports the `__init__` of that package too;
- a dotted string that names a module of ours, or something defined in one, as `import_string`,
  `include` and the tables of the settings use them.

The typed client of Saleor and the migrations are left out: a program wrote them, and they import
nothing of ours but each other. `NOT_IMPORTS` in `exceptions.py` lists the strings that do not
count.
"""

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

from tests.rules.house.sources import Source

Graph = dict[str, set[str]]
DOTTED = re.compile(r"[a-z_]\w*(\.\w+)+")


def import_graph(sources: dict[str, Source], ignored: set[tuple[str, str]] | None = None) -> Graph:
    """The imports of each file; `ignored` pairs a file's module with a string not to count."""
    return {
        module: {
            entered
            for target in imported_modules(source, sources, ignored or set())
            for entered in entered_modules(module, target, sources)
        }
        - {module}
        for module, source in sources.items()
    }


def imported_modules(
    source: Source, sources: dict[str, Source], ignored: set[tuple[str, str]]
) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in sources)
        elif isinstance(node, ast.ImportFrom):
            yield from _imported_from(node, source, sources)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            module = named_module(node.value, sources)
            if module and (source.module, node.value) not in ignored:
                yield module


def _imported_from(
    node: ast.ImportFrom, source: Source, sources: dict[str, Source]
) -> Iterator[str]:
    base = _absolute(node, source)
    for alias in node.names:
        name = f"{base}.{alias.name}"
        if name in sources:
            yield name
        elif base in sources:
            yield base


def _absolute(node: ast.ImportFrom, source: Source) -> str:
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    up = node.level - 1 if source.is_package else node.level
    kept = parts[: len(parts) - up]
    return ".".join([*kept, node.module] if node.module else kept)


def entered_modules(importer: str, target: str, sources: dict[str, Source]) -> Iterator[str]:
    """The target, and each package around it that the importer is not inside of."""
    yield target
    for package in _packages_around(target):
        if package in sources and not f"{importer}.".startswith(f"{package}."):
            yield package


def _packages_around(module: str) -> Iterator[str]:
    while "." in module:
        module = module.rpartition(".")[0]
        yield module


def named_module(text: str, sources: dict[str, Source]) -> str | None:
    """The module that a dotted string names, itself or by something that it defines."""
    if not DOTTED.fullmatch(text):
        return None
    if text in sources:
        return text
    for module in _packages_around(text):
        if module in sources:
            first_name = text[len(module) + 1 :].split(".", 1)[0]
            return module if first_name in defined_names(sources[module]) else None
    return None


def defined_names(source: Source) -> set[str]:
    """What a module defines or brings in at its top level."""
    names: set[str] = set()
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(
                name.id
                for target in targets
                for name in ast.walk(target)
                if isinstance(name, ast.Name)
            )
    return names


def _is_assigned(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
