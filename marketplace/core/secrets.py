"""Secrets of an embedded world: generated once, stored beside it, readable by its owner only."""

import base64
import json
import os
import secrets
from pathlib import Path

FILE = "secrets.json"


def load_secrets(folder: Path) -> dict[str, str]:
    """The environment variables stored at an earlier start; empty if there are none."""
    path = folder / FILE
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return known


def ensure_secrets(folder: Path) -> dict[str, str]:
    """The world's secrets, generated at its first start."""
    if known := load_secrets(folder):
        return known
    made = {
        "TWIZA_SECRET_KEY": secrets.token_urlsafe(48),
        "TWIZA_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    fresh = folder / f"{FILE}.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        json.dump(made, handle)
    fresh.rename(folder / FILE)
    return made
