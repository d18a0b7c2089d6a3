"""Which engine a demo's world was made at, and where its pages are: kept in its folder."""

import json
from pathlib import Path

FILE = "engine.json"


def load_world(folder: Path) -> dict[str, str]:
    """The environment variables of a folder's world; empty when none was begun there."""
    path = folder / FILE
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return known


def remember_world(folder: Path, environment: dict[str, str]) -> None:
    """Keep them for later starts, and for commands typed beside the demo."""
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(environment, indent=2))
    fresh.rename(folder / FILE)
