"""The table of variables is complete: for operators, and for the code that reads them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from marketplace.environment.page import PAGE, names, render_page

ROOT = Path(__file__).resolve().parents[2]
# Modules that use the process's environment themselves, and why.
READERS = {
    "marketplace/cli.py": "names Django's settings module; --data sets TWIZA_DATA_DIR",
    "marketplace/wsgi.py": "names Django's settings module",
    "marketplace/process.py": "finds a demo's database and secrets before settings are read",
    "marketplace/demo/run.py": "sets what the demo's own processes read",
    "marketplace/demo/on_saleor.py": "takes an administrator's password, and removes it",
    "marketplace/saleor/management/commands/saleor.py": "takes an administrator's password",
    "marketplace/core/tracing.py": "OpenTelemetry's own variables",
    "marketplace/core/backup/programs.py": "hands the environment on to pg_dump",
    "marketplace/core/postgres_versions.py": "finds programs on the path",
    "marketplace/core/postgres.py": "hands the environment on to PostgreSQL, without secrets",
    "marketplace/core/management/commands/doctor.py": "bounds how long PostgreSQL is waited for",
    "marketplace/core/sign_of_life.py": "the file that a container's check looks at",
    "marketplace/core/temporary_files.py": "Python's own variable for temporary files",
    "marketplace/core/processes.py": "names the database to a new process",
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in ("marketplace", "catalog", "vendors", "search"):
        for path in (ROOT / package).rglob("*.py"):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def uses_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}


def test_the_page_is_current() -> None:
    """When not: ``python -m marketplace.environment.page``."""
    assert PAGE.read_text(encoding="utf-8") == render_page()


def test_no_name_stands_twice() -> None:
    assert len(names()) == len(set(names()))


def test_nothing_else_reads_the_environment() -> None:
    found = {path for path, tree in sources() if any(map(uses_environment, ast.walk(tree)))}
    assert found == set(READERS)


def test_each_variable_that_is_read_is_in_the_table() -> None:
    # PG_VERSION is a file of PostgreSQL's folder.
    libpq = {"PGPASSWORD", "PGCONNECT_TIMEOUT", "PG_VERSION"}
    known = {*names(), "DJANGO_SETTINGS_MODULE", *libpq}
    named = {
        node.value
        for path, tree in sources()
        if path in READERS
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.isupper()
        and node.value.replace("_", "").isalpha()
        and node.value.startswith(("TWIZA_", "SALEOR_", "OTEL_", "DATABASE_", "DJANGO_", "PG"))
    }
    assert named <= known
