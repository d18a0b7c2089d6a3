"""Print how the house stands: circles, import contracts, retired words, sizes.

    uv run --group dev python -m tests.rules.house

Ends with status 1 when one of the rules is broken.
"""

import subprocess
import sys
from collections.abc import Callable

from tests.rules.house import exceptions
from tests.rules.house.circles import circles, describe
from tests.rules.house.glossary import names_with_retired_words, retired_words, stale_exceptions
from tests.rules.house.imports import import_graph
from tests.rules.house.names import defined_names
from tests.rules.house.sizes import LARGE_FILE, LONGEST_FILE, Sized, file_sizes, long_functions
from tests.rules.house.sources import ROOT, sources

LARGEST = 10


def main() -> int:
    """Print every rule; 1 if any is broken."""
    broken = [name for name, check in CHECKS.items() if not _printed(name, check)]
    print(f"\nBroken: {', '.join(broken)}" if broken else "\nThe house is in order.")
    return 1 if broken else 0


def _printed(name: str, check: Callable[[], bool]) -> bool:
    print(f"\n== {name}")
    return check()


def print_circles() -> bool:
    """Files that reach each other by imports, wherever those stand."""
    graph = import_graph(sources(), set(exceptions.NOT_IMPORTS))
    print(f"{len(graph)} files")
    print(*describe(graph) or ["no two of them reach each other"], sep="\n")
    return not circles(graph)


def print_contracts() -> bool:
    """Which room may use which: the contracts of `pyproject.toml`."""
    ended = subprocess.run(["lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    contracts = [line for line in ended.stdout.splitlines() if "KEPT" in line or "BROKEN" in line]
    print(*(contracts if ended.returncode == 0 else [ended.stdout, ended.stderr]), sep="\n")
    return ended.returncode == 0


def print_glossary() -> bool:
    """Names with a word that the glossary retired."""
    names, rows = defined_names(), retired_words()
    found = names_with_retired_words(names, rows)
    use = {", ".join(sorted(row.words)): row.use for row in rows}
    for words, wrong in found.items():
        print(f"{words} -> {use[words]}: {len(wrong)}", *wrong, sep="\n    ")
    stale = stale_exceptions(names, rows)
    for pattern in stale:
        print(f"no longer needed: {pattern}")
    if not found:
        print(f"none of {sum(len(row.words) for row in rows)} is in one of {len(names)} names")
    return not found and not stale


def print_sizes() -> bool:
    """Files over 400 and 250 lines, functions over 30, and the largest of each."""
    files, functions = file_sizes(), long_functions()
    product = [sized for sized in files if not sized.name.startswith("tests/")]
    longest = [sized for sized in files if sized.lines > LONGEST_FILE]
    large = [sized for sized in product if sized.lines > LARGE_FILE]
    unnamed = [sized for sized in large if sized.name not in exceptions.LARGE_FILES]
    unexplained = [sized for sized in functions if not sized.has_reason]
    stale = set(exceptions.LARGE_FILES) - {sized.name for sized in large}
    print(f"{len(longest)} files over {LONGEST_FILE} lines")
    print(f"{len(large)} files of the product over {LARGE_FILE}, {len(unnamed)} without a reason;")
    print(f"{len(stale)} exceptions no longer needed. The largest:")
    _print_largest(product)
    print(f"{len(functions)} functions over 30 lines, {len(unexplained)} without a reason:")
    _print_largest(unexplained or functions)
    return not (longest or unnamed or stale or unexplained)


def _print_largest(found: list[Sized]) -> None:
    print(*found[:LARGEST], sep="\n")


CHECKS = {
    "Circles": print_circles,
    "Import contracts": print_contracts,
    "Retired words": print_glossary,
    "Sizes": print_sizes,
}

if __name__ == "__main__":
    sys.exit(main())
