"""The engine and the address of a demo's world, stored in its folder."""

import json
from pathlib import Path

FILE = "engine.json"


def load_world(folder: Path) -> dict[str, str]:
    """The environment variables of a folder's world; empty when there is none."""
    path = folder / FILE
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return known


def remember_world(folder: Path, environment: dict[str, str]) -> None:
    """Store them for later starts, and for commands run beside the demo."""
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(environment, indent=2))
    fresh.rename(folder / FILE)
