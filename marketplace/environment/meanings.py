"""What each variable means: the text below its field in the table, as operators read it.

Read from the table's own source, and only by whoever writes the page: pydantic would read it at the
start of every command, which takes a third of a second.
"""

import ast
import inspect

from marketplace.environment import mail_variables, variables

TABLES = (variables, mail_variables)


def meanings() -> dict[tuple[str, str], str]:
    """(class, field) -> text on one line."""
    nodes = [node for each in TABLES for node in ast.parse(inspect.getsource(each)).body]
    found = {}
    for table in (node for node in nodes if isinstance(node, ast.ClassDef)):
        for field, after in zip(table.body, table.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                said = _text(after)
                if said:
                    found[table.name, field.target.id] = " ".join(said.split())
    return found


def _text(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value)
    return ""
