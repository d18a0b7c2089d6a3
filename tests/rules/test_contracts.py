"""The import contracts name every room and let nothing pass."""

import re
import tomllib

from tests.rules.house.sources import PACKAGES, ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
# Held by contracts of its own: nobody imports it, and it imports no room.
APART = {"marketplace.embedded"}
# Said before the room is there.
TO_COME = {"marketplace.trade"}


def test_no_contract_ignores_an_import() -> None:
    assert [contract["name"] for contract in CONTRACTS if "ignore_imports" in contract] == []


def test_every_room_has_its_place_among_the_layers() -> None:
    rooms = {f"marketplace.{path.parent.name}" for path in ROOT.glob("marketplace/*/__init__.py")}
    rooms |= set(PACKAGES) - {"marketplace"}
    layers = " ".join(next(contract["layers"] for contract in CONTRACTS if "layers" in contract))
    named = {".".join(name.split(".")[:2]) for name in re.findall(r"[\w.]+", layers)}
    tables = {f"marketplace.{path.stem}" for path in ROOT.glob("marketplace/*.py")}
    assert named - tables == (rooms - APART) | (TO_COME - rooms)
