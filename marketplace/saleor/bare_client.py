"""Makes the generated client small: names without Saleor's descriptions, models built when used.

A process uses few of its hundreds of models, and building them all took a third of its start.
Run it after generating the client: ``uv run python -m marketplace.saleor.bare_client``.
"""

import ast
import re
from pathlib import Path

CLIENT = Path(__file__).parent / "client"
FILES = ("input_types.py", "enums.py")
_BUILT_AT_ONCE = re.compile(r"^\w+\.model_rebuild\(\)\n", re.MULTILINE)
_CONFIGURED = "model_config = ConfigDict(\n"


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


def built_when_used(source: str) -> str:
    """Python source whose pydantic models are built when they are first used."""
    lazy = _BUILT_AT_ONCE.sub("", source).rstrip("\n") + "\n"
    if _CONFIGURED in lazy and "defer_build" not in lazy:
        lazy = lazy.replace(_CONFIGURED, f"{_CONFIGURED}        defer_build=True,\n")
    return lazy


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
    for path in CLIENT.glob("*.py"):
        path.write_text(built_when_used(path.read_text(encoding="utf-8")), encoding="utf-8")
