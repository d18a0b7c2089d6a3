"""Removes Saleor's descriptions from the generated client: names are kept, texts are not.

Run it after generating the client: ``uv run python -m marketplace.saleor.bare_client``.
"""

import ast
from pathlib import Path

CLIENT = Path(__file__).parent / "client"
FILES = ("input_types.py", "enums.py")


def without_texts(source: str) -> str:
    """Python source without stand-alone strings (descriptions of classes and fields)."""
    drop: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            texts = [statement for statement in node.body if _is_text(statement)]
            if len(texts) == len(node.body):
                raise ValueError(f"nothing but text in {node.name}")
            for text in texts:
                drop.update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    lines = source.splitlines(keepends=True)
    return "".join(line for number, line in enumerate(lines, start=1) if number not in drop)


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


if __name__ == "__main__":
    for name in FILES:
        path = CLIENT / name
        path.write_text(without_texts(path.read_text(encoding="utf-8")), encoding="utf-8")
