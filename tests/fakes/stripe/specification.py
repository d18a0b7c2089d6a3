"""Stripe's own specification: stripe-mock's program and the OpenAPI file that it carries.

``TWIZA_STRIPE_MOCK`` names the program, else it is looked for on PATH and where ``go install``
puts it. ``TWIZA_STRIPE_SPEC`` names the OpenAPI file (``spec3.json``), else it is looked for among
Go's modules, where ``go install github.com/stripe/stripe-mock@latest`` leaves it.
"""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

HOW = (
    "stripe-mock is not here: go install github.com/stripe/stripe-mock@latest, "
    "or name it in TWIZA_STRIPE_MOCK (its spec3.json in TWIZA_STRIPE_SPEC)"
)
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}


def mock_program() -> str | None:
    """Where stripe-mock is, if it is here."""
    named = os.environ.get("TWIZA_STRIPE_MOCK") or shutil.which("stripe-mock")
    built = _go_path() / "bin" / "stripe-mock"
    return named or (str(built) if built.exists() else None)


@cache
def schemas() -> dict[str, Any] | None:
    """Stripe's objects by name, if the specification is here."""
    named = os.environ.get("TWIZA_STRIPE_SPEC")
    modules = _go_path() / "pkg/mod/github.com/stripe"
    found = sorted(modules.glob("stripe-mock@*/embedded/openapi/spec3.json"))
    path = Path(named) if named else (found[-1] if found else None)
    if path is None:
        return None
    read: dict[str, Any] = json.loads(path.read_text())["components"]["schemas"]
    return read


def differences(  # noqa: PLR0911 -- one way out for each kind of schema
    value: Any, schema: dict[str, Any], at: str = ""
) -> list[str]:
    """Where a value is not what the schema says; empty when it is."""
    all_schemas = schemas() or {}
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return differences(value, all_schemas[name], at or name)
    if value is None:
        return [] if schema.get("nullable") else [f"{at}: null"]
    if choices := schema.get("anyOf"):
        tried = [differences(value, choice, at) for choice in choices]
        return [] if any(not found for found in tried) else min(tried, key=len)
    if enum := schema.get("enum"):
        return [] if value in enum else [f"{at}: {value!r} is none of {enum}"]
    kind = schema.get("type")
    if kind and not isinstance(value, TYPES[kind]):
        return [f"{at}: {type(value).__name__} instead of {kind}"]
    if isinstance(value, bool) and kind in {"integer", "number"}:
        return [f"{at}: bool instead of {kind}"]
    if isinstance(value, list):
        items = schema.get("items", {})
        return [d for n, item in enumerate(value) for d in differences(item, items, f"{at}[{n}]")]
    return _of_object(value, schema, at) if isinstance(value, dict) else []


def _of_object(value: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
    properties = schema.get("properties", {})
    found = [f"{at}.{name}: missing" for name in schema.get("required", []) if name not in value]
    if properties and not schema.get("additionalProperties"):
        found += [f"{at}.{name}: unknown" for name in value if name not in properties]
    for name, item in value.items():
        if name in properties:
            found += differences(item, properties[name], f"{at}.{name}")
    return found


@cache
def _go_path() -> Path:
    if named := os.environ.get("GOPATH"):
        return Path(named)
    go = shutil.which("go") or "/usr/local/go/bin/go"
    if not Path(go).exists():
        return Path.home() / "go"
    asked = subprocess.run([go, "env", "GOPATH"], capture_output=True, text=True, check=False)
    return Path(asked.stdout.strip() or Path.home() / "go")
