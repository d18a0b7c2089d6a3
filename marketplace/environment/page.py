"""Writes docs/operator/settings.md from the table: ``python -m marketplace.environment.page``."""

from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo

from marketplace.environment.kinds import about, describe_values
from marketplace.environment.read_where_needed import READ_WHERE_NEEDED
from marketplace.environment.variables import ROOT, Variables, subjects

PAGE = ROOT / "docs" / "operator" / "settings.md"
HEAD = """\
# Settings

Everything a deployment chooses comes from the environment. A wrong value stops every command \
before it starts anything, with the name of the variable and what is expected. *For* names the \
processes that use a variable: `web` is `twiza serve`, `worker` is `twiza worker`; all includes \
the commands.

This page is written by `python -m marketplace.environment.page` from \
`marketplace/environment/variables.py`.
"""
COLUMNS = "| variable | value | default | what it does | for |\n|---|---|---|---|---|"


def names() -> list[str]:
    """Every variable that the code reads."""
    settings = [str(field.alias) for _, field in _variables()]
    return [*settings, *(one.name for one in READ_WHERE_NEEDED)]


def render_page() -> str:
    """The page as Markdown, with a table for each subject."""
    tables: dict[str, list[str]] = {}
    for variables, field in _variables():
        accepts, default, said = describe_values(field), _default(field), field.description or ""
        cells = [f"`{field.alias}`", accepts, default, " ".join(said.split()), about(field).by]
        tables.setdefault(variables.__name__, [f"## {variables.__doc__}\n", COLUMNS])
        tables[variables.__name__].append(_row(cells))
    for one in READ_WHERE_NEEDED:
        cells = [f"`{one.name}`", one.accepts, one.default, one.meaning, one.by]
        tables[one.subject].append(_row(cells))
    return "\n".join([HEAD, *("\n".join([*rows, ""]) for rows in tables.values())])


def _row(cells: list[str]) -> str:
    escaped = [cell.replace("|", r"\|") for cell in cells]
    return f"| {' | '.join(escaped)} |"


def _variables() -> Iterator[tuple[type[Variables], FieldInfo]]:
    for variables in subjects().values():
        for field in variables.model_fields.values():
            yield variables, field


def _default(field: FieldInfo) -> str:
    shown, value = about(field).shown, field.default
    if shown is not None:
        return shown
    if isinstance(value, bool):
        return f"`{int(value)}`"
    if isinstance(value, list):
        value = ",".join(value)
    return f"`{value}`" if value != "" else ""


def write_page(path: Path = PAGE) -> None:
    """Write the page where operators read it."""
    path.write_text(render_page(), encoding="utf-8")


if __name__ == "__main__":
    write_page()
